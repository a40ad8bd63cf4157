// As apps carry it: a flag, a list of those who wait, and the cookies that the browser sends by itself.

let isRefreshing = false;
let waiting = [];

export function createApi(baseURL, showLogin) {
  const send = (url, options) => fetch(baseURL + url, { credentials: 'include', ...options });

  async function refresh() {
    const response = await send('/auth/Refresh-Token', { method: 'POST' });
    if (!response.ok) throw new Error(`refresh: ${response.status}`);
  }

  return async function api(url, options) {
    let response = await send(url, options);
    if (response.status === 401) {
      if (isRefreshing) {
        await new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      } else {
        isRefreshing = true;
        try {
          await refresh();
          for (const { resolve } of waiting) resolve();
        } catch (error) {
          for (const { reject } of waiting) reject(error);
          showLogin({ reason: 'refused' });
          throw error;
        } finally {
          waiting = [];
          isRefreshing = false;
        }
      }
      response = await send(url, options);
    }
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
}
