/** What a request rejects with: one family of errors that says enough, and never a token. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';

const openApp = useApps();

test('a FetchError tells of the request, the answer and its body', async (t) => {
  const app = await openApp(t);
  const told = await app.run(async ({ api, lib, base }) => {
    const options = { method: 'PUT', body: { a: 1 } };
    const error = /** @type {any} */ (await api('/api/status/404', options).catch((reason) => reason));
    const { name, message, status, statusCode, statusText, statusMessage, data, code, cause } = error;
    return {
      fields: { name, message, status, statusCode, statusText, statusMessage, data },
      absent: [code, cause],
      given: [error.request === `${base}/api/status/404`, error.options.method, error.options.body],
      response: [error.response instanceof Response, error.response.url.endsWith(`${base}/api/status/404`)],
      classes: [error instanceof Error, error instanceof lib.FetchError, error instanceof lib.AuthError],
      guards: [lib.isFetchError(error), lib.isAuthError(error)],
      stack: String(error.stack).startsWith(`FetchError: ${message}`),
      base,
    };
  });
  assert.deepEqual(told.fields, {
    name: 'FetchError',
    message: `[PUT] "${told.base}/api/status/404": 404 Not Found`,
    status: 404,
    statusCode: 404,
    statusText: 'Not Found',
    statusMessage: 'Not Found',
    data: { status: 404 },
  });
  assert.deepEqual(told.absent, [undefined, undefined]);
  assert.deepEqual(told.given, [true, 'PUT', { a: 1 }]);
  assert.deepEqual(told.response, [true, true]);
  assert.deepEqual(told.classes, [true, true, false]);
  assert.deepEqual(told.guards, [true, false]);
  assert.equal(told.stack, true);
});

test('every status from 400 to 599 is a FetchError, every other answer is not', async (t) => {
  const app = await openApp(t);
  const ends = await app.run(async ({ api, outcome }) => {
    const rows = [];
    for (const status of [200, 201, 204, 299, 400, 403, 404, 409, 422, 429, 500, 503, 599]) {
      const { error } = await outcome(api(`/api/status/${status}`));
      rows.push([status, error?.name, error?.status]);
    }
    return rows;
  });
  for (const [status, name, told] of ends) {
    const fails = Number(status) >= 400;
    assert.deepEqual([name, told], fails ? ['FetchError', status] : [undefined, undefined], String(status));
  }
});

test('a broken connection and a body that breaks off are FetchErrors with a cause', async (t) => {
  const app = await openApp(t);
  await app.tenant.control({ refresh: { mode: 'drop' } });
  const ends = await app.run(async ({ api, create, report }) => {
    const body = new URLSearchParams({ grant_type: 'refresh_token' });
    const breakingOff = new ReadableStream({ pull: (stream) => stream.error(new Error('broke off')) });
    const answer = async () => new Response(breakingOff, { status: 201 });
    const answersBadly = create({}, { fetch: answer, retry: 0 });
    return [
      await api('/oidc/token', { method: 'POST', body }).catch(report),
      await answersBadly('/api/echo/1').catch(report),
    ];
  });
  const [broken, cutOff] = /** @type {any[]} */ (ends);
  assert.deepEqual([broken.name, broken.status, broken.cause.name], ['FetchError', undefined, 'TypeError']);
  assert.match(broken.message, /^\[POST\] "\S+\/oidc\/token": <no response>/);
  assert.deepEqual([cutOff.name, cutOff.status, cutOff.cause.name], ['FetchError', 201, 'TypeError']);
});

test('ignoreResponseError gives the answer’s body whatever its status, the session’s own 401 included', async (t) => {
  const app = await openApp(t);
  const before = await app.run(({ api }) => api('/api/status/500', { ignoreResponseError: true }));
  assert.deepEqual(before, { status: 500 });

  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'invalid_grant' } });
  const own = await app.run(async ({ api }) => {
    const response = await api.raw('/api/echo/1', { ignoreResponseError: true });
    return [response.status, response._data];
  });
  assert.deepEqual(own, [401, { error: 'invalid_token' }]);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['refused']);
});

test('an AuthError is a FetchError with a code, the request’s own 401, and the refresh’s error as its cause', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'invalid_grant' } });
  const told = await app.run(async ({ api, lib, base }) => {
    const options = { method: 'OPTIONS' };
    const error = /** @type {any} */ (await api('/api/echo/1', options).catch((reason) => reason));
    const { name, code, status, cause } = error;
    return {
      fields: { name, code, status },
      given: [
        error.request === `${base}/api/echo/1`,
        error.options.method,
        error.response instanceof Response,
      ],
      classes: [error instanceof Error, error instanceof lib.FetchError, error instanceof lib.AuthError],
      guards: [lib.isFetchError(error), lib.isAuthError(error)],
      foreign: [undefined, null, new Error(), { name: 'FetchError' }].map((value) => lib.isFetchError(value)),
      cause: {
        name: cause.name,
        status: cause.status,
        error: cause.data.error,
        guard: lib.isFetchError(cause),
      },
      answer: await error.response.json(),
      message: error.message.includes(`[OPTIONS] "${base}/api/echo/1"`),
      stack: String(error.stack).startsWith('AuthError: '),
    };
  });
  assert.deepEqual(told, {
    fields: { name: 'AuthError', code: 'REFRESH_REJECTED', status: 401 },
    given: [true, 'OPTIONS', true],
    classes: [true, true, true],
    guards: [true, true],
    foreign: [false, false, false, false],
    cause: { name: 'FetchError', status: 400, error: 'invalid_grant', guard: true },
    answer: { error: 'invalid_token' },
    message: true,
    stack: true,
  });
});

test('who waits without an answer of its own gets an AuthError without a response', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true }, refresh: { mode: 'empty' } });
  await app.begin(({ api }) => api('/api/echo/first'));
  await app.tenant.held('refresh', 1);
  const second = await app.begin(({ api }) => api('/api/echo/second'));
  await second.isPending();
  await app.tenant.release('refresh');
  const { error } = await second.outcome();
  assert.deepEqual([error?.name, error?.code, error?.status], ['AuthError', 'REFRESH_FAILED', undefined]);
  assert.deepEqual([error?.cause?.name, error?.cause?.status], ['FetchError', 200]);
  assert.equal(error?.cause?.cause?.name, 'TypeError');
});

for (const mode of /** @type {const} */ ([
  'invalid_grant',
  'invalid_client',
  '500',
  'empty',
  'drop',
  'hang',
])) {
  test(`no token in anything that an error says (${mode})`, async (t) => {
    const app = await openApp(t, { session: { refreshRetry: 0, refreshTimeout: 300 } });
    await app.tenant.expire();
    await app.tenant.control({ refresh: { mode } });
    const [said, secrets] = await app.run(async ({ api, base }) => {
      const tokens = api.session?.tokens;
      const errors = await Promise.all([
        api('/api/echo/1').catch((error) => error),
        api('/api/echo/1', { method: 'POST', body: { a: 1 } }).catch((error) => error),
        api.session?.refresh().catch((error) => error),
        api.fetch(new Request(`${base}/api/echo/2`)).catch((error) => error),
        api('/api/status/404').catch((error) => error),
      ]);
      /** @type {string[]} */
      const texts = [];
      for (let error of errors) {
        while (error !== undefined) {
          texts.push(error.message, error.stack, String(error), JSON.stringify(error));
          for (const [name, value] of Object.entries(error)) texts.push(`${name} ${JSON.stringify(value)}`);
          texts.push(JSON.stringify([error.options, error.data, error.code]));
          error = error.cause;
        }
      }
      return [texts.join('\n'), [String(tokens?.accessToken), String(tokens?.refreshToken)]];
    });
    assert.ok(String(said).length > 200);
    for (const secret of secrets ?? []) {
      assert.ok(secret.length > 20);
      assert.ok(!String(said).includes(secret));
      // Nor its signature alone.
      assert.ok(!String(said).includes(secret.slice(-20)));
    }
  });
}

test('what a token endpoint says besides the error does not get into an error', async (t) => {
  const app = await openApp(t);
  const said = await app.run(async ({ create, outcome }) => {
    const reply = {
      error: 'server_error',
      error_description: 'down',
      access_token: 'SECRET',
      extra: 'SECRET',
    };
    const fetchDouble = async () => Response.json(reply, { status: 503 });
    const api = create({ key: 'own', refreshRetry: 0 }, { fetch: fetchDouble });
    await api.session?.set({ access_token: 'a', refresh_token: 'r' });
    const error = /** @type {any} */ (await api.session?.refresh().catch((reason) => reason));
    return [JSON.stringify(error.cause?.data), JSON.stringify(await outcome(Promise.reject(error)))];
  });
  assert.equal(said[0], '{"error":"server_error","error_description":"down"}');
  assert.ok(!String(said[1]).includes('SECRET'));
});

test('a token that can not stand in a header is none, and is not told of', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const { names, told, kept } = await app.run(async ({ create, report }) => {
    const reply = { access_token: 'SECRET\u{1f511}' };
    const api = create({ key: 'own', refresh: async () => reply });
    const errors = [await api.session?.set(reply).catch((error) => error)];
    await api.session?.set({ access_token: 'good' });
    errors.push(await api.session?.refresh().catch((error) => error));
    const told = JSON.stringify(errors.map((error) => [report(error), error?.stack]));
    return { names: errors.map((error) => error?.name), told, kept: api.session?.tokens?.accessToken };
  });
  assert.deepEqual(names, ['TypeError', 'AuthError']);
  assert.ok(!told.includes('SECRET'), told);
  assert.equal(kept, 'good');
});
