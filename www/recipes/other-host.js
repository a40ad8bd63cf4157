import { createApiFetch } from 'wasm-api-fetch';

export const createApi = (baseURL, renewURL, showLogout) =>
  createApiFetch({
    baseURL,
    session: {
      refresh: ({ refreshToken }, { api, signal }) =>
        refreshToken
          ? api(renewURL, { method: 'POST', body: { refresh_token: refreshToken }, signal })
          : null,
      // Whatever a refresh fails with, the user signs in again.
      refused: { when: () => true },
      onSignOut: showLogout,
    },
  });
