import { createApiFetch } from 'wasm-api-fetch';

export const createApi = (baseURL, showLogin) =>
  createApiFetch({
    baseURL,
    session: {
      attach: { header: 'ContentToken', scheme: '' },
      fields: { accessToken: 'token', refreshToken: 'refreshToken', expiresAt: 'expire_time' },
      refreshBefore: 7200,
      refresh: { url: '/refresh', body: ({ refreshToken }) => ({ refreshToken }) },
      onSignOut: showLogin,
    },
  });
