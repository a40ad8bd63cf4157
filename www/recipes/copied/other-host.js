// As apps carry it: the wrapper asks for new tokens itself, and remembers the promise for those who come meanwhile.

let refreshing;

const read = () => JSON.parse(localStorage.getItem('copied.tokens') ?? '{}');
const write = (tokens) => localStorage.setItem('copied.tokens', JSON.stringify(tokens));

export function createApi(baseURL, renewURL, showLogout) {
  const send = (url, options = {}) =>
    fetch(baseURL + url, {
      ...options,
      headers: { ...options.headers, Authorization: `Bearer ${read().access_token}` },
    });

  async function renew() {
    const response = await fetch(renewURL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: read().refresh_token }),
    });
    if (!response.ok) {
      localStorage.removeItem('copied.tokens');
      showLogout({ reason: 'refused' });
      throw new Error(`renewal: ${response.status}`);
    }
    write(await response.json());
  }

  async function api(url, options) {
    let response = await send(url, options);
    if (response.status === 401) {
      refreshing ??= renew().finally(() => {
        refreshing = undefined;
      });
      await refreshing;
      response = await send(url, options);
    }
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }
  return Object.assign(api, { signIn: write });
}
