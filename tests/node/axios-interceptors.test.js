/** The interceptors of the facade: which of them run for a call, when, and in which order. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../support/axios-double.js';
import { json } from '../support/double.js';

/** @import { AxiosInterceptorOptions } from '../../dist/axios.js' */

/** @param {object} [config] */
function watched(config) {
  /** @type {string[]} */
  const log = [];
  const { instance, sent } = open(undefined, config);
  const { request, response } = instance.interceptors;
  const told = (/** @type {string} */ name) => (/** @type {any} */ thing) => {
    log.push(name);
    return thing;
  };
  return {
    instance,
    sent,
    log,
    request,
    response,
    told,
    before: (/** @type {string} */ name, /** @type {AxiosInterceptorOptions} */ options = {}) =>
      request.use(told(name), undefined, options),
    after: (/** @type {string} */ name) => response.use(told(name)),
    /** What has been said since it was last asked for. */
    said: () => log.splice(0).join(' '),
  };
}

const throws = (/** @type {string} */ message) => () => {
  throw new Error(message);
};

test('for a request the last one runs first, for a response the first one', async () => {
  const { instance, before, after, said } = watched();
  for (const name of ['a', 'b', 'c']) {
    before(name);
    after(name.toUpperCase());
  }
  await instance.get('/x');
  assert.equal(said(), 'c b a A B C');
});

test('for a request the first one runs first where the app wants that', async () => {
  const { instance, before, said } = watched({ transitional: { legacyInterceptorReqResOrdering: false } });
  for (const name of ['a', 'b', 'c']) before(name);
  await instance.get('/x');
  assert.equal(said(), 'a b c');
});

test('synchronous ones have run when the call returns; one that is not has all of them wait', async () => {
  const { instance, before, said } = watched();
  before('a', { synchronous: true });
  before('b', { synchronous: true });
  const first = instance.get('/x');
  assert.equal(said(), 'b a');
  before('c');
  const second = instance.get('/x');
  assert.equal(said(), '');
  await Promise.all([first, second]);
  assert.equal(said(), 'c b a');
});

test('one runs unless its `runWhen` says `false` of the config', async () => {
  const { instance, before, said } = watched();
  before('post', { runWhen: ({ method }) => method === 'post' });
  before('odd', { runWhen: () => /** @type {any} */ (undefined) });
  await instance.get('/x');
  assert.equal(said(), 'odd');
  await instance.post('/x');
  assert.equal(said(), 'odd post');
});

test('who is ejected runs no more, and the others keep their numbers', async () => {
  const { instance, request, before, said } = watched();
  const [a, b] = [before('a'), before('b')];
  before('c');
  request.eject(a);
  request.eject(a);
  request.eject(99);
  await instance.get('/x');
  assert.equal(said(), 'c b');
  before('d');
  request.eject(b);
  await instance.get('/x');
  assert.equal(said(), 'd c');
});

test('who is ejected while others are asked whether they run shifts nobody', async () => {
  const { instance, request, before, said } = watched();
  const a = before('a', {
    runWhen: () => {
      request.eject(a);
      return true;
    },
  });
  before('b');
  before('c');
  await instance.get('/x');
  assert.equal(said(), 'c b a');
  await instance.get('/x');
  assert.equal(said(), 'c b');
});

test('who comes while others are asked whether they run does not run for that call', async () => {
  const { instance, request, before, said } = watched();
  const a = before('a', {
    runWhen: () => {
      request.eject(a);
      before('late');
      return true;
    },
  });
  await instance.get('/x');
  assert.equal(said(), 'a');
  await instance.get('/x');
  assert.equal(said(), 'late');
});

test('after `clear` none is left, and new ones run', async () => {
  const { instance, request, response, before, after, said } = watched();
  before('a');
  after('A');
  request.clear();
  response.clear();
  await instance.get('/x');
  assert.equal(said(), '');
  before('b');
  await instance.get('/x');
  assert.equal(said(), 'b');
});

test('a list that the app puts in the place of the handlers is the one that counts, and old numbers are nobody’s', async () => {
  const { instance, before, told, said, ...managers } = watched();
  const request = /** @type {any} */ (managers.request);
  const a = before('a');
  request.handlers = [...request.handlers, { fulfilled: told('own'), rejected: undefined }];
  await instance.get('/x');
  assert.equal(said(), 'own a');
  request.eject(a);
  await instance.get('/x');
  assert.equal(said(), 'own a');
});

test('the chain is fixed when the call is made', async () => {
  const { instance, request, response, before, after, said } = watched();
  const ejected = after('ejected');
  const once = request.use((config) => {
    request.eject(once);
    response.eject(ejected);
    before('late');
    after('LATE');
    return config;
  });
  before('first');
  await instance.get('/x');
  assert.equal(said(), 'first ejected');
  await instance.get('/x');
  assert.equal(said(), 'late first LATE');
});

test('what one throws is heard by the next one’s second function, and what that gives goes on', async () => {
  const { instance, response, told, said } = watched();
  response.use(throws('of the first'), told('own'));
  response.use(told('passed over'), (error) => {
    told(error.message)(error);
    return 'mended';
  });
  response.use((thing) => told('third')(thing), told('passed over'));
  assert.equal(await instance.get('/x'), 'mended');
  assert.equal(said(), 'of the first third');
});

test('what one before the request throws is heard by the next one, or by those of the response, and nothing is sent', async () => {
  const { instance, request, response, sent, told, said } = watched();
  request.use(told('passed over'), (error) => {
    throw told('heard')(error);
  });
  request.use(throws('of a request'), told('own'));
  response.use(told('passed over'), (error) => {
    told('after')(error);
    return error.message;
  });
  assert.equal(await instance.get('/x'), 'of a request');
  assert.equal(said(), 'heard after');
  assert.equal(sent.length, 0);
});

test('a synchronous one hears of its own throw, and the request is sent all the same', async () => {
  const { instance, request, sent, before, told, said } = watched();
  before('passed over', { synchronous: true });
  request.use(throws('of a request'), told('own'), { synchronous: true });
  await instance.get('/x');
  assert.equal(said(), 'own');
  assert.equal(sent.length, 1);
});

test('a response interceptor may answer with a new request', async () => {
  const { instance, sent } = open(({ headers }) => json({}, headers['x-again'] ? 200 : 503));
  instance.interceptors.response.use(undefined, (error) => {
    if (error.config.isAgain) throw error;
    return instance({ ...error.config, isAgain: true, headers: { ...error.config.headers, 'X-Again': '1' } });
  });
  const { status, config } = await instance.put('/x', { a: 1 }, { params: { b: 2 } });
  assert.deepEqual([status, Object(config).isAgain], [200, true]);
  const [first, second] = sent.map(({ url, method, body }) => [url, method, body]);
  assert.deepEqual(second, first);
});
