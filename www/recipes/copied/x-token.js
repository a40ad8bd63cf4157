// As apps carry it: code 1234 asks for a new token with the old one, and sends the request again.

const read = () => JSON.parse(localStorage.getItem('copied.user') ?? '{}');
const setToken = (user) => localStorage.setItem('copied.user', JSON.stringify(user));

let isRefreshing = false;
let requests = [];

export function createApi(baseURL, showLogin) {
  const send = (url, options = {}) =>
    fetch(url, { ...options, headers: { ...options.headers, 'X-Token': read().token } });

  async function api(url, options) {
    const body = await send(baseURL + url, options).then((response) => response.json());
    if (body.code !== 1234) return body.data;
    if (isRefreshing) return new Promise((resolve) => requests.push(() => resolve(api(url, options))));
    isRefreshing = true;
    try {
      const reply = await send(`${baseURL}/refresh`, { method: 'POST' }).then((response) => response.json());
      if (reply.code !== 0) throw new Error(reply.message);
      setToken(reply.data);
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
  return Object.assign(api, { signIn: setToken });
}
