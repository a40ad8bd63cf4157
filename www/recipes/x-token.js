import { createApiFetch } from 'wasm-api-fetch';

export const createApi = (baseURL, showLogin) =>
  createApiFetch({
    baseURL,
    envelope: { code: 'code', ok: [0], message: 'message', data: 'data' },
    session: {
      key: 'user-token',
      attach: { header: 'X-Token', scheme: '' },
      fields: { accessToken: 'data.token', expiresIn: 'data.expires' },
      refresh: { url: '/refresh', attach: true, body: 'none' },
      expired: { codes: { path: 'code', values: [1234] } },
      replay: 'all',
      skip: ['/login', '/refresh'],
      onSignOut: showLogin,
    },
  });

/** In the place of the app's `setToken`. */
export const logIn = async (api, user) =>
  api.session.set(await api('/login', { method: 'POST', body: user }));
