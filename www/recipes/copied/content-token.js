// As apps carry it, in an interceptor of requests: when the token is near its end, one request refreshes and the others are held.

let tokens = {};
let isRefreshing = false;
let held = [];

const isNearEnd = () => Date.parse(tokens.expire_time) - Date.now() < 7200 * 1000;

export function createApi(baseURL, showLogin) {
  async function refresh() {
    const response = await fetch(`${baseURL}/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken: tokens.refreshToken }),
    });
    if (!response.ok) {
      showLogin({ reason: 'refused' });
      throw new Error(`refresh: ${response.status}`);
    }
    tokens = await response.json();
  }

  async function api(url, options = {}) {
    if (isNearEnd()) {
      if (isRefreshing) {
        await new Promise((resolve) => held.push(resolve));
      } else {
        isRefreshing = true;
        await refresh();
        isRefreshing = false;
        for (const go of held) go();
        held = [];
      }
    }
    const headers = { ...options.headers, ContentToken: tokens.token };
    const response = await fetch(baseURL + url, { ...options, headers });
    if (response.status === 401) showLogin({ reason: 'refused' });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }
  return Object.assign(api, {
    signIn: (reply) => {
      tokens = reply;
    },
  });
}
