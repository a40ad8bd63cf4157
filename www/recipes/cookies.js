import { createApiFetch } from 'wasm-api-fetch';

export const createApi = (baseURL, showLogin) =>
  createApiFetch({
    baseURL,
    credentials: 'include',
    timeout: 30_000,
    session: {
      attach: 'none',
      refresh: { url: '/auth/Refresh-Token', credentials: 'include', body: 'none' },
      skip: ['/login'],
      onSignOut: showLogin,
    },
  });

export async function logIn(api, user) {
  await api('/login', { method: 'POST', body: user });
  await api.session.set({});
}

/** Gives the answer instead of throwing. */
export const ask = (api, url) => api.raw(url, { ignoreResponseError: true });
