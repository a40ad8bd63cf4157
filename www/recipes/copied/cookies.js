// As apps carry it: an ofetch instance, a flag, a list of those who wait, and the cookies that the browser sends by itself.

import { ofetch } from 'ofetch';

let isRefreshing = false;
let waiting = [];

export function createApi(baseURL, showLogin) {
  const send = ofetch.create({ baseURL, timeout: 30_000, credentials: 'include' });

  async function refresh() {
    if (isRefreshing) return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    isRefreshing = true;
    try {
      await send('/auth/Refresh-Token', { method: 'POST' });
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

  return async function api(url, options) {
    try {
      return await send(url, options);
    } catch (error) {
      if (error.status !== 401) throw error;
      await refresh();
      return send(url, options);
    }
  };
}
