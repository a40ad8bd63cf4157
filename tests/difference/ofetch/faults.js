/** The known faults of ofetch that this package does not have: each with a probe that tells whether it is done right. */

/**
 * @import { Kit, Probe, Probes } from './kit.js'
 * @typedef {{ what: string, ofetch: string, probes: Probes, isMended?: boolean }} Fault `isMended`: not in the version that is tested
 */

const SHORT_MS = 40;
/** Long enough for what is to happen at once to have happened. */
const PATIENCE_MS = 1_000;

/** @type {(work: (kit: Kit, lib: any) => Promise<boolean>) => Probe} */
const isRight = (work) => (_, kit) => work(kit, kit.lib);

/**
 * How a call ends; `late` if it does not in time.
 *
 * @param {Promise<unknown>} call
 * @param {any} FetchError
 */
async function endOf(call, FetchError) {
  /** @type {any} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, 'late');
  });
  const ended = call.then(
    () => 'value',
    (error) => (error instanceof FetchError ? 'FetchError' : 'another error'),
  );
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @type {(kit: Kit, defaults: any, url: string, options?: any) => Promise<string>} */
async function asked(kit, defaults, url, options) {
  await kit.spied(defaults)(url, options);
  return /** @type {any} */ (kit.log.at(-1)).fetched;
}

/** @type {Fault[]} */
export const faults = [
  {
    what: 'A retry keeps the call’s own query',
    ofetch: 'puts the query of the defaults over it',
    probes: {
      'a retry keeps the call’s own query': isRight(async (kit, { ofetch }) => {
        await kit.answers({ status: 503 }, {});
        await ofetch.create({ query: { page: 1 } })(kit.url(), { query: { page: 2 } });
        const received = await kit.arrived(2);
        return received.every((/** @type {any} */ { url }) => url.endsWith('?page=2'));
      }),
    },
  },
  {
    what: 'A retry after a timeout really goes out',
    ofetch: 'sends it with the signal that has ended the first attempt, so that it ends before it begins',
    probes: {
      'a retry after a timeout goes out': isRight(async (kit, { ofetch, FetchError }) => {
        await kit.answers({ hold: 'head' }, {});
        const call = ofetch(kit.url(), { timeout: SHORT_MS });
        return (await endOf(call, FetchError)) === 'value';
      }),
    },
  },
  {
    what: 'A query goes before the hash',
    ofetch: 'puts it behind the hash in 2.0-alpha, where no server sees it; 1.5.1 does it right',
    isMended: true,
    probes: {
      'a query goes before the hash': isRight(
        async (kit) => (await asked(kit, {}, '/x#top', { query: { a: 1 } })) === '/x?a=1#top',
      ),
    },
  },
  {
    what: 'A base URL matches whole path segments and hosts only',
    ofetch:
      'takes `/api2` for a path below `/api` in 2.0-alpha, and does not know its base again before a hash in 1.5.1',
    probes: {
      'a base is known by whole segments, before a hash too': isRight(async (kit) => {
        const baseURL = '/api';
        const urls = ['/api2/users', '/api/users', '/api#top'];
        const joined = [];
        for (const url of urls) joined.push(await asked(kit, { baseURL }, url));
        return String(joined) === '/api/api2/users,/api/users,/api#top';
      }),
    },
  },
  {
    what: 'A body that fails is a `FetchError`, too',
    ofetch:
      'rejects with the bare error of the platform or the parser, and does not end a body by its `timeout` at all',
    probes: {
      'a body that takes too long is a FetchError': isRight(async (kit, { ofetch, FetchError }) => {
        await kit.answers({ hold: 'body' });
        const call = ofetch(kit.url(), { timeout: SHORT_MS, retry: 0 });
        return (await endOf(call, FetchError)) === 'FetchError';
      }),
      'a body that is aborted is a FetchError': isRight(async (kit, { createFetch, FetchError }) => {
        await kit.answers({ hold: 'body' });
        const controller = new AbortController();
        const api = createFetch({
          async fetch(/** @type {any} */ input, /** @type {any} */ init) {
            const answer = await fetch(input, init);
            setTimeout(() => controller.abort());
            return answer;
          },
        });
        const call = api(kit.url(), { signal: controller.signal });
        return (await endOf(call, FetchError)) === 'FetchError';
      }),
      'a body that is bad JSON for the app’s parser is a FetchError': isRight(
        async (kit, { ofetch, FetchError }) => {
          await kit.answers({ body: '{"a":' });
          const call = ofetch(kit.url(), { parseResponse: JSON.parse });
          return (await endOf(call, FetchError)) === 'FetchError';
        },
      ),
    },
  },
  {
    what: 'An abort during `retryDelay` is noticed at once',
    ofetch: 'waits until the delay is over',
    probes: {
      'an abort during a delay is noticed at once': isRight(async (kit, { ofetch, FetchError }) => {
        await kit.answers({ status: 503 });
        const controller = new AbortController();
        const retryDelay = () => {
          setTimeout(() => controller.abort());
          return 2 * PATIENCE_MS;
        };
        const call = ofetch(kit.url(), { signal: controller.signal, retryDelay });
        return (await endOf(call, FetchError)) === 'FetchError';
      }),
    },
  },
  {
    what: '`Retry-After` is honoured',
    ofetch: 'does not look at it',
    probes: {
      'a retry waits as long as Retry-After says': isRight(async (kit, { ofetch }) => {
        await kit.answers({ status: 503, headers: { 'retry-after': '1' } }, {});
        const began = performance.now();
        await ofetch(kit.url());
        // A timer may fire a little early by another clock.
        return performance.now() - began > 900;
      }),
    },
  },
];
