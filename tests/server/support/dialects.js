/** A client for each dialect, with the same few steps, so that one test can be told in all of them. */

import { newClient } from './client.js';

/**
 * @typedef {ReturnType<typeof newClient>} Client
 * @typedef {any} Held what a client of the dialect keeps
 * @typedef {object} Dialect
 * @property {string} echo the path of its echo
 * @property {(client: Client, username?: string) => Promise<Response>} login
 * @property {(client: Client, held: Held, path: string, init?: RequestInit) => Promise<Response>} send
 * @property {(client: Client, held: Held, init?: RequestInit) => Promise<Response>} refresh
 * @property {(response: Response) => Promise<Held>} keep what a login or refresh has given
 * @property {[status: number, body: unknown]} dead the answer to a dead token
 * @property {[status: number, body: unknown]} refused the answer to a spent refresh token
 * @property {(body: any) => any} echoIn
 */

/**
 * @param {Client} client
 * @param {string} path
 * @param {unknown} [body]
 * @param {RequestInit} [init]
 */
export const post = (client, path, body, init) =>
  fetch(client.url + path, {
    ...init,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...init?.headers },
    body: body === undefined ? null : JSON.stringify(body),
  });

/** @param {Response} response */
export const cookiesOf = (response) =>
  Object.fromEntries(
    response.headers.getSetCookie().map((cookie) => /^(\w+)=([^;]*)/.exec(cookie)?.slice(1) ?? []),
  );

/** @param {{ [name: string]: string }} cookies */
const cookie = (cookies) => ({
  headers: {
    cookie: Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
  },
});
const same = (/** @type {any} */ body) => body;
const inData = (/** @type {any} */ body) => body.data;
/** @param {Response} response */
const body = (response) => response.json();
const SIGN_IN_AGAIN = { message: 'sign in again' };

/** @type {{ [name: string]: Dialect }} */
export const dialects = {
  cookie: {
    echo: '/cookie/api/echo',
    login: (client, username = 'ada') => post(client, '/cookie/login', { username }),
    send: (client, held, path, init) => client.send(path, undefined, { ...cookie(held), ...init }),
    refresh: (client, held, init) =>
      post(client, '/cookie/auth/Refresh-Token', undefined, { ...cookie(held), ...init }),
    keep: async (response) => cookiesOf(response),
    dead: [401, { message: 'session expired' }],
    refused: [401, SIGN_IN_AGAIN],
    echoIn: same,
  },
  envelope: {
    echo: '/envelope/api/echo',
    login: (client, username = 'ada') => post(client, '/envelope/login', { username }),
    send(client, { access_token, app_key }, path, init) {
      const query = new URLSearchParams({ token: access_token, appkey: app_key ?? 'key-of-ada' });
      return client.send(`${path}?${query}`, undefined, init);
    },
    refresh: (client, { refresh_token }, init) => post(client, '/envelope/refresh', { refresh_token }, init),
    keep: async (response) => inData(await response.json()),
    dead: [200, { errcode: 40001, errmsg: 'token expired', data: null }],
    refused: [200, { errcode: 40029, errmsg: 'refresh token is not good', data: null }],
    echoIn: inData,
  },
  dated: {
    echo: '/dated/api/echo',
    login: (client, username = 'ada') => post(client, '/dated/login', { username }),
    send: (client, { token }, path, init) =>
      client.send(path, undefined, { headers: { ContentToken: token }, ...init }),
    refresh: (client, { refreshToken }, init) => post(client, '/dated/refresh', { refreshToken }, init),
    keep: body,
    dead: [401, { message: 'token expired' }],
    refused: [401, SIGN_IN_AGAIN],
    echoIn: same,
  },
  xtoken: xtoken('/xtoken/api/echo', [200, { code: 1234, message: 'token expired' }]),
  'xtoken, strict': xtoken('/xtoken/strict/echo', [401, { code: 401, message: 'token expired' }]),
  spans: {
    echo: '/api/echo',
    login: (client, username = 'ada') => post(client, '/spans/login', { username }),
    send: (client, { access_token }, path, init) => client.send(path, access_token, init),
    refresh: (client, { refresh_token }, init) => post(client, '/spans/renew', { refresh_token }, init),
    keep: body,
    dead: [401, { error: 'invalid_token' }],
    refused: [401, SIGN_IN_AGAIN],
    echoIn: same,
  },
};

/**
 * @param {string} echo
 * @param {Dialect['dead']} dead
 * @returns {Dialect}
 */
function xtoken(echo, dead) {
  const withToken = (/** @type {Held} */ { token }) => ({ headers: { 'X-Token': token } });
  return {
    echo,
    login: (client, username = 'ada') => post(client, '/xtoken/login', { username }),
    send: (client, held, path, init) => client.send(path, undefined, { ...withToken(held), ...init }),
    refresh: (client, held, init) =>
      post(client, '/xtoken/refresh', undefined, { ...withToken(held), ...init }),
    keep: async (response) => inData(await response.json()),
    dead,
    refused: [401, { code: 401, message: 'sign in again' }],
    echoIn: inData,
  };
}
