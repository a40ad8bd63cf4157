/** `session.attach` as a function of the app: `(ctx, tokens) => void`, asked at each sending. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

const openApp = useApps();

for (const kind of /** @type {const} */ (['sync', 'async'])) {
  test(`one that is ${kind} is asked at each sending, and the replay carries the new token once`, async (t) => {
    const app = await openApp(t);
    await app.tenant.expire();
    const { asked, sent, before, after } = await app.run(async ({ api, create, recorder, sent }, kind) => {
      /** @type {string[]} */
      const asked = [];
      const own = create(
        {
          attach(ctx, tokens) {
            asked.push(tokens.accessToken);
            const put = () => {
              ctx.options.headers.append('Authorization', `Bearer ${tokens.accessToken}`);
              ctx.request = `${ctx.request}?sending=${asked.length}`;
            };
            return kind === 'sync' ? put() : Promise.resolve().then(put);
          },
        },
        { fetch: recorder },
      );
      const before = api.session?.tokens?.accessToken;
      const reply = await own('/api/echo/1', { method: 'POST', body: { a: 1 } });
      const after = api.session?.tokens?.accessToken;
      return { asked, sent: [...sent, reply], before, after };
    }, kind);
    const [first, second, reply] = sent;
    assert.deepEqual(asked, [before, after]);
    assert.equal(first?.headers.authorization, `Bearer ${before}`);
    assert.equal(second?.headers.authorization, `Bearer ${after}`);
    assert.deepEqual([reply.query, reply.text], [{ sending: '2' }, '{"a":1}']);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

test('it is told of the request as it is sent, and what it does to the headers is not seen by the caller', async (t) => {
  const app = await openApp(t);
  const { contexts, own, reply } = await app.run(async ({ create, base }) => {
    /** @type {unknown[]} */
    const contexts = [];
    const api = create({
      attach({ request, options }, tokens) {
        const { method, headers, body } = options;
        const url = typeof request === 'string' ? request : `a Request: ${request.url}`;
        contexts.push([
          url.replace(location.origin, '').replace(base, ''),
          method,
          headers.get('x-own'),
          body,
        ]);
        headers.set('x-token', tokens.accessToken);
        // Plain objects will do.
        options.headers = /** @type {any} */ ({ ...Object.fromEntries(headers), 'x-more': '1' });
      },
    });
    const own = new Headers({ 'X-Own': '1' });
    const reply = await api('open/echo/1', { method: 'put', headers: own, body: { a: 1 } });
    await api(new Request(`${base}/open/echo/2`, { headers: own }));
    await api.fetch(`${base}/open/echo/3`, { headers: own });
    return { contexts, own: [...own], reply };
  });
  assert.deepEqual(contexts, [
    ['/open/echo/1', 'PUT', '1', '{"a":1}'],
    ['a Request: /open/echo/2', 'GET', '1', undefined],
    ['/open/echo/3', 'GET', '1', undefined],
  ]);
  assert.deepEqual(own, [['x-own', '1']]);
  assert.equal(reply.headers['x-more'], '1');
  assert.equal(reply.headers.authorization, undefined, 'nothing but what it does is attached');
});

test('it may send a Request elsewhere: its method, body and headers travel along', async (t) => {
  const app = await openApp(t);
  const { path, query, text, method } = await app.run(({ create, base }) => {
    const api = create({
      attach(ctx, { accessToken }) {
        ctx.request = `${base}/open/echo/there?token=${accessToken.length}`;
      },
    });
    return api(new Request(`${base}/open/echo/here`, { method: 'PUT', body: 'x' }));
  });
  assert.deepEqual([path, method, text], ['/open/echo/there', 'PUT', 'x']);
  assert.ok(Number(query.token) > 0);
});

for (const kind of /** @type {const} */ (['throws', 'rejects'])) {
  test(`one that ${kind}: the request fails with what it says, is not sent, and disturbs nobody`, async (t) => {
    const app = await openApp(t);
    const { error, bare, good } = await app.run(async ({ create, outcome, base }, kind) => {
      let isBroken = true;
      const api = create({
        attach({ options }, { accessToken }) {
          const fault = new RangeError('no luck');
          if (isBroken && kind === 'throws') throw fault;
          if (isBroken) return Promise.reject(fault);
          return options.headers.set('authorization', `Bearer ${accessToken}`);
        },
      });
      const { error } = await outcome(api('/api/echo/1'));
      const bare = await outcome(api.fetch(`${base}/api/echo/2`));
      isBroken = false;
      return { error, bare, good: await outcome(api('/api/echo/3')) };
    }, kind);
    assert.deepEqual([error?.name, error?.code, error?.cause?.message], ['FetchError', undefined, 'no luck']);
    assert.deepEqual([bare.error?.name, bare.error?.message], ['RangeError', 'no luck']);
    assert.equal(good.value.path, '/api/echo/3');
    const { hits } = await app.tenant.books();
    assert.deepEqual(Object.keys(hits), ['GET /api/echo/3']);
    assert.deepEqual(await app.refreshes(), NO_REFRESH);
  });
}

test('headers that can not be sent: the error says whose they are, and not what is in them', async (t) => {
  const app = await openApp(t);
  const text = await app.run(async ({ create }) => {
    const api = create({
      attach({ options }, { accessToken }) {
        options.headers = /** @type {any} */ ({ authorization: `Bearer\n${accessToken}` });
      },
    });
    const error = /** @type {any} */ (await api('/api/echo/1').catch((error) => error));
    return [error, error.cause].map(({ name, message, stack }) => `${name} ${message} ${stack}`).join();
  });
  assert.match(text, /session\.attach: /);
  const token = await app.run(({ api }) => String(api.session?.tokens?.accessToken));
  assert.ok(!text.includes(token));
});

test('an abort while it is awaited ends the request at once, and it is not sent', async (t) => {
  const app = await openApp(t);
  const { error, pending } = await app.run(async ({ create, outcome }) => {
    /** @type {(value?: unknown) => void} */
    let open = () => {};
    const gate = new Promise((resolve) => {
      open = resolve;
    });
    /** @type {(value?: unknown) => void} */
    let tell = () => {};
    const asked = new Promise((resolve) => {
      tell = resolve;
    });
    const api = create({
      attach() {
        tell();
        return gate;
      },
    });
    const controller = new AbortController();
    const call = outcome(api('/open/echo/1', { signal: controller.signal }));
    await asked;
    controller.abort(new RangeError('enough'));
    const { error } = await call;
    open();
    await api('/open/echo/2');
    return { error, pending: api.session?.pending };
  });
  assert.deepEqual([error?.name, error?.cause?.message, pending], ['FetchError', 'enough', 0]);
  assert.deepEqual(await app.hits('/open/echo/1'), {});
});
