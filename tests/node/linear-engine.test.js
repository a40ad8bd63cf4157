/** However many wait, and however many sessions there are: twice as many are twice the work of the engine, and no more. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { json, settled } from '../support/double.js';
import { countEngine } from '../support/engine-steps.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const stepsTaken = countEngine();
const SIZE = 2000;

/** What is held, until it is opened. */
function gate() {
  let open = () => {};
  const opened = new Promise((/** @type {(_: undefined) => void} */ resolve) => {
    open = () => resolve(undefined);
  });
  return { opened, open };
}

/** @param {Partial<import('../../src/npm/types.js').SessionOptions>} session */
const create = (session) =>
  createApiFetch({
    baseURL: 'https://api.example.com',
    fetch: async () => json({}),
    session: { storage: 'memory', refresh: '/token', queue: { limit: 1e6 }, ...session },
  });

const times = (/** @type {number} */ size, /** @type {() => Promise<unknown>} */ act) =>
  Array.from({ length: size }, () => act().catch(({ code, name }) => code ?? name));

/** Signed in, and a refresh is out until the gate is opened. */
async function refreshing() {
  const { opened, open } = gate();
  const api = create({ refresh: () => opened.then(() => ({ access_token: 'second' })) });
  await api.session.set({ access_token: 'first' });
  void api.session.refresh();
  return { api, open };
}

/** A store that is not read before the gate is opened, and what it holds then. */
function unread(/** @type {string | null} */ record = null) {
  const { opened, open } = gate();
  const storage = {
    getItem: () => opened.then(() => record),
    setItem: async () => {},
    removeItem: async () => {},
  };
  return { api: create({ storage }), open };
}

/** Requests that wait for a refresh, and are given up in this order. */
async function givenUp(
  /** @type {number} */ size,
  /** @type {(all: AbortController[]) => AbortController[]} */ order,
) {
  const { api, open } = await refreshing();
  const controllers = Array.from({ length: size }, () => new AbortController());
  const calls = controllers.map(({ signal }) => api('/x', { signal }).catch(() => {}));
  await settled();
  return () => {
    for (const controller of order(controllers)) controller.abort();
    open();
    return Promise.all(calls);
  };
}

/** @type {Record<string, (size: number) => Promise<() => unknown>>} */
const CROWDS = {
  async 'requests that wait for a refresh'(size) {
    const { api, open } = await refreshing();
    const calls = times(size, () => api('/x'));
    return () => Promise.all([calls, open()].flat());
  },
  async 'requests, and after them wishes for tokens'(size) {
    const { api, open } = await refreshing();
    const calls = [...times(size, () => api('/x')), ...times(size, () => api.session.valid(60))];
    return () => Promise.all([calls, open()].flat());
  },
  async 'requests and wishes for tokens that wait for the store'(size) {
    const { api, open } = unread('{"access_token":"stored"}');
    const calls = [...times(size, () => api('/x')), ...times(size, () => api.session.valid())];
    return () => Promise.all([calls, open()].flat());
  },
  async 'requests past those of whom nobody knows yet whose they are'(size) {
    const { api, open } = unread();
    const calls = times(size, () => api('/x'));
    await settled();
    const set = api.session.set({ access_token: 'first' });
    await settled();
    return async () => {
      await Promise.all(times(size, () => api('/y')));
      open();
      await Promise.all([set, ...calls]);
    };
  },
  'requests that are given up, the first one first': (size) => givenUp(size, (all) => all),
  'requests that are given up, the last one first': (size) => givenUp(size, (all) => all.reverse()),
  async 'sessions of their own, and a child of each'(size) {
    /** @type {unknown[]} */
    const apis = [];
    return () => {
      for (let at = 0; at < size; at += 1) {
        const api = create({});
        assert.equal(api.session.status, 'signed-out');
        const child = api.create({});
        assert.equal(child.session?.status, 'signed-out');
        apis.push(api, child);
      }
    };
  },
};

for (const [what, prepare] of Object.entries(CROWDS)) {
  test(`${what}: twice as many are twice the work, and no more`, async () => {
    const stepsOf = async (/** @type {number} */ size) => {
      const act = await prepare(size);
      const before = stepsTaken();
      await act();
      return stepsTaken() - before;
    };
    // Once for what is done at the first time alone.
    await stepsOf(10);
    const [small, large] = [await stepsOf(SIZE), await stepsOf(2 * SIZE)];
    assert.ok(large / small < 2.2, `${large / small} times as much`);
  });
}

test('sessions that nobody holds any more make way for others', async () => {
  const storage = { getItem: () => null, setItem() {}, removeItem() {} };
  /** Whoever names a storage looks among all sessions for one there. */
  const stepsOf = () => {
    const before = stepsTaken();
    assert.equal(create({ storage: { ...storage } }).session.status, 'signed-out');
    return stepsTaken() - before;
  };
  const comeAndGo = async (/** @type {number} */ rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      for (let at = 0; at < 200; at += 1) assert.equal(create({}).session.status, 'signed-out');
      await settled();
      collect();
      await settled();
    }
    return stepsOf();
  };
  const [early, late] = [await comeAndGo(4), await comeAndGo(16)];
  assert.ok(late < 2 * early, `${late / early} times as much`);
});
