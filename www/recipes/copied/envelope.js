// As apps carry it, in an interceptor of responses: codes in the body, a flag, and a list of requests to send again.

const DEAD = [30001, 40001, 42001, 40014];

let tokens = {};
let isRefreshing = false;
let requests = [];
let loading = 0;

export function createApi(baseURL, { showLogin, showBar }) {
  const send = async (url, options) => {
    loading += 1;
    showBar(true);
    try {
      const query = new URLSearchParams({ token: tokens.access_token, appkey: tokens.app_key });
      const response = await fetch(`${baseURL + url}?${query}`, options);
      return await response.json();
    } finally {
      loading -= 1;
      if (loading === 0) showBar(false);
    }
  };

  async function api(url, options) {
    const body = await send(url, options);
    if (body.errcode === 0) return body.data;
    if (!DEAD.includes(body.errcode)) throw new Error(body.errmsg);
    if (isRefreshing) return new Promise((resolve) => requests.push(() => resolve(api(url, options))));
    isRefreshing = true;
    try {
      const reply = await fetch(`${baseURL}/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refresh_token: tokens.refresh_token }),
      }).then((response) => response.json());
      if (reply.errcode !== 0) throw new Error(reply.errmsg);
      tokens = { ...tokens, ...reply.data };
      for (const again of requests) again();
      requests = [];
      return await api(url, options);
    } catch (error) {
      showLogin({ reason: 'refused' });
      throw error;
    } finally {
      isRefreshing = false;
    }
  }
  return Object.assign(api, {
    signIn: (reply) => {
      tokens = reply;
    },
  });
}
