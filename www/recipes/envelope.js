import { createApiFetch } from 'wasm-api-fetch';

export function createApi(baseURL, { isLoginPage, showLogin, showBar }) {
  const api = createApiFetch({
    baseURL,
    envelope: { code: 'errcode', ok: [0], message: 'errmsg', data: 'data' },
    session: {
      attach: { query: { token: 'accessToken', appkey: 'app_key' } },
      // The server's code alone says that a token is over: not the clock, nor a status.
      fields: { expiresIn: () => 1e9 },
      expired: {
        status: [],
        codes: { path: 'errcode', values: [30001, 40001, 42001, 40014] },
        when: () => !isLoginPage(),
      },
      replay: 'all',
      refresh: { url: '/refresh', body: 'json' },
      refused: { codes: { path: 'errcode', values: [40029] } },
      skip: ['/login'],
      onSignOut: showLogin,
    },
  });
  api.session.on('busy', showBar);
  return api;
}
