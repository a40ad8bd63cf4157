/** `session.refresh` as a call: what is sent to a token endpoint, and how its reply is read. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { RefreshCall } from '../../src/npm/types.js'
 * @import { App } from '../support/app.js'
 * @import { Kit } from '../support/in-page.js'
 */

const openApp = useApps();

/**
 * What arrives of a refresh that `makeCall` describes, at an endpoint that answers with an echo of it and with new tokens.
 *
 * @param {App} app
 * @param {(kit: Kit) => Partial<RefreshCall>} makeCall
 * @param {string} [session] more of the session
 */
async function presented(app, makeCall, session = '{}') {
  const work = new Function(
    'kit',
    `const { base } = kit;
     let init;
     const double = async (input, given) => {
       init = given;
       const response = await fetch(new Request(input, given));
       kit.arrived = await response.json();
       return Response.json({ access_token: 'new', refresh_token: 'r2' });
     };
     const refresh = { url: '/open/echo/token', ...(${makeCall})(kit) };
     const api = kit.create({ key: 'own', ...(${session}), refresh }, { fetch: double });
     const reply = { access_token: 'old', refresh_token: 'r1', tenant: 'blue', app_key: 'k' };
     return api.session.set(reply).then(() => api.session.refresh()).then(
       (tokens) => ({ ...kit.arrived, credentials: init.credentials, tokens }));`,
  );
  return app.run(/** @type {(kit: Kit) => Promise<any>} */ (work));
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const OAUTH = 'grant_type=refresh_token&refresh_token=r1';

/** @type {[what: string, makeCall: (kit: Kit) => Partial<RefreshCall>, expected: { [name: string]: unknown }][]} */
const CALLS = [
  ['as by default', () => ({}), { method: 'POST', text: OAUTH, contentType: FORM }],
  [
    "'oauth' with a client and a scope",
    () => ({ body: 'oauth', clientId: 'app', scope: 'a b' }),
    { text: `${OAUTH}&client_id=app&scope=a+b`, contentType: FORM },
  ],
  ["'json'", () => ({ body: 'json' }), { text: '{"refresh_token":"r1"}', contentType: JSON_TYPE }],
  [
    "'json' with a client",
    () => ({ body: 'json', clientId: 'app' }),
    { text: '{"refresh_token":"r1","client_id":"app"}', contentType: JSON_TYPE },
  ],
  ["'none'", () => ({ body: 'none' }), { method: 'POST', length: 0, contentType: null }],
  ['an object', () => ({ body: { a: [1], b: 'é' } }), { text: '{"a":[1],"b":"é"}', contentType: JSON_TYPE }],
  [
    'an object as a form',
    () => ({
      body: { a: 'b c', d: 1, e: undefined },
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }),
    { text: 'a=b+c&d=1', contentType: FORM },
  ],
  [
    'a body by a function',
    () => ({ body: ({ refreshToken, tenant }) => ({ token: refreshToken, tenant }) }),
    { text: '{"token":"r1","tenant":"blue"}', contentType: JSON_TYPE },
  ],
  [
    'a text by a function',
    () => ({
      body: ({ refreshToken }) => `<${refreshToken}/>`,
      headers: { 'content-type': 'application/xml' },
    }),
    { text: '<r1/>', contentType: 'application/xml' },
  ],
  ['no body by a function', () => ({ body: () => undefined }), { length: 0, contentType: null }],
  [
    'a URL by a function, joined to the base',
    () => ({ url: ({ tenant }) => `/open/echo/${tenant}?a=1` }),
    { path: '/open/echo/blue', query: { a: '1' } },
  ],
  [
    'a whole URL by a function',
    ({ base }) => ({ url: () => `${location.origin}${base}/open/echo/whole` }),
    { path: '/open/echo/whole', text: OAUTH },
  ],
  ['another method', () => ({ method: 'PUT' }), { method: 'PUT', text: OAUTH }],
  ['GET', () => ({ method: 'GET', body: 'none' }), { method: 'GET', length: 0 }],
  ['credentials', () => ({ credentials: 'include' }), { credentials: 'include' }],
  ['no credentials named', () => ({}), { credentials: undefined }],
];

for (const [what, makeCall, expected] of CALLS) {
  test(`the call, ${what}`, async (t) => {
    const app = await openApp(t);
    const got = await presented(app, makeCall);
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(got[name], value, name);
    assert.deepEqual([got.tokens.accessToken, got.tokens.tenant], ['new', 'blue']);
    assert.equal(got.headers.authorization, undefined, 'it carries no access token');
    assert.match(got.headers.accept, /json/);
  });
}

/** @type {[how: string, makeCall: (kit: Kit) => Partial<RefreshCall>, app: string, accept: string][]} */
const HEADERS = [
  ['given', () => ({ headers: { 'X-App': '1', Accept: 'text/plain' } }), '1', 'text/plain'],
  [
    'by a function of the tokens',
    () => ({ headers: ({ tenant, accessToken }) => [['X-App', `${tenant} ${accessToken}`]] }),
    'blue old',
    JSON_TYPE,
  ],
];

for (const [how, makeCall, header, accept] of HEADERS) {
  test(`headers of its own, ${how}`, async (t) => {
    const { headers, contentType, text } = await presented(await openApp(t), makeCall);
    assert.deepEqual([headers['x-app'], headers.accept, contentType, text], [header, accept, FORM, OAUTH]);
  });
}

/** @type {[what: string, attach: string, expected: { headers?: object, query?: object }][]} */
const ATTACHED = [
  ['as a bearer', `'bearer'`, { headers: { authorization: 'Bearer old' } }],
  ['in a header', `{ header: 'X-Token', scheme: '' }`, { headers: { 'x-token': 'old' } }],
  [
    'in a query',
    `{ query: { token: 'accessToken', appkey: 'app_key' } }`,
    { query: { a: '1', token: 'old', appkey: 'k' } },
  ],
  [
    'by a function',
    `async (ctx, { accessToken }) => {
       ctx.options.headers.set('x-token', accessToken);
       ctx.request += '&token=' + accessToken;
     }`,
    { headers: { 'x-token': 'old' }, query: { a: '1', token: 'old' } },
  ],
];

for (const [what, attach, { headers = {}, query = { a: '1' } }] of ATTACHED) {
  test(`attach: true sends the access token as requests do: ${what}`, async (t) => {
    const app = await openApp(t);
    const makeCall = () =>
      /** @type {const} */ ({
        url: '/open/echo/token?a=1',
        attach: true,
        body: 'json',
        headers: { 'X-App': '1' },
      });
    const got = await presented(app, makeCall, `{ attach: ${attach} }`);
    assert.deepEqual(got.query, query);
    for (const [name, value] of Object.entries({ ...headers, 'x-app': '1' }))
      assert.equal(got.headers[name], value);
    assert.deepEqual([got.text, got.contentType], ['{"refresh_token":"r1"}', JSON_TYPE]);
  });
}

/** @type {[what: string, call: string][]} */
const BROKEN = [
  ['url', `{ url: broken }`],
  ['headers', `{ url: '/oidc/token', clientId: 'app', headers: broken }`],
  ['body', `{ url: '/oidc/token', clientId: 'app', body: broken }`],
];

/** What each function gives when it does not throw. */
const MENDED = `({ url: '/oidc/token', headers: {}, body: new URLSearchParams({
  grant_type: 'refresh_token', client_id: 'app', refresh_token: String(tokens.refreshToken) }) })`;

for (const [what, call] of BROKEN) {
  test(`a function for ${what} that throws is a failure, and the next request tries again`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const login = await app.tenant.login();
    const work = new Function(
      'kit',
      'login',
      `kit.asked = 0;
       const broken = (tokens) => {
         kit.asked += 1;
         if (kit.asked === 1) throw new RangeError('no luck');
         return ${MENDED}.${what};
       };
       kit.api.session.dispose();
       kit.own = kit.create({ refresh: { clientId: 'app', ...${call} } });
       return kit.own.session.set(login);`,
    );
    await app.run(/** @type {(kit: Kit, login: unknown) => Promise<void>} */ (work), login);
    await app.tenant.expire();
    const ends = await app.run(async (/** @type {any} */ { own, outcome }) => {
      const first = await Promise.all([outcome(own('/api/echo/1')), outcome(own('/api/echo/2'))]);
      return { first, next: await outcome(own('/api/echo/3')) };
    });
    for (const { error } of ends.first)
      assert.deepEqual([error?.code, error?.cause?.name], ['REFRESH_FAILED', 'RangeError']);
    assert.equal(ends.next.value?.user, 'ada', ends.next.error?.message);
    assert.equal(await app.run((/** @type {any} */ { asked }) => asked), 2, 'once each');
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
  });
}

test('a URL is joined to the base of the session’s creator, whatever a child has', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const { user } = await app.run(({ api, base }) => api.create({ baseURL: `${base}/api` })('/echo/1'));
  assert.equal(user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

/** @type {[what: string, url: string][]} */
const LOOSE_URLS = [
  ['can not be fetched', "({ refreshToken }) => 'https://u:' + refreshToken + '@here.example/renew'"],
  ['can not be read', "({ refreshToken }) => 'https://[' + refreshToken"],
  ['is not answered', "({ refreshToken }) => '/renew/' + refreshToken"],
];

for (const [what, url] of LOOSE_URLS) {
  test(`a URL made of a token that ${what} is shown in no error and in no trace`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    await app.page.route('**/renew/**', (route) => route.abort('internetdisconnected'));
    const work = new Function(
      'kit',
      'login',
      `kit.api.session.dispose();
       const own = kit.create({ refresh: { url: ${url}, body: 'none' }, refreshRetry: 0 });
       const traces = [];
       own.session.on('trace', (record) => traces.push(record));
       return own.session.set(login)
         .then(() => fetch(kit.base + '/expire', { method: 'POST' }))
         .then(() => own('/api/echo/1').catch((error) => error))
         .then((error) => {
           const texts = [];
           for (let one = error; one; one = one.cause) texts.push(one.name, one.message, one.stack, { ...one });
           return { code: error.code, text: JSON.stringify([texts, traces]) };
         });`,
    );
    const login = await app.tenant.login();
    const { code, text } = await app.run(/** @type {any} */ (work), login);
    assert.equal(code, 'REFRESH_FAILED');
    assert.ok(!text.includes(String(login.refresh_token)), text);
  });
}
