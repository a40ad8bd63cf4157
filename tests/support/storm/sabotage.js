/** Clients that do what must never happen, put between the package and the wire: the judge of the storm has to see it. */

/**
 * @import { Sabotage } from './watch.js'
 * @typedef {{ sabotage: Sabotage, says: RegExp, patience?: number }} Case
 */

const isApi = (/** @type {any} */ input) => String(input?.url ?? input).includes('/api/');
const isToken = (/** @type {any} */ input) => String(input?.url ?? input).endsWith('/token');
const bearerOf = (/** @type {any} */ init) => init?.headers?.get?.('authorization');

/** Once in a while. */
const nowAndThen = (/** @type {number} */ many) => {
  let count = 0;
  return () => ++count % many === 0;
};

/** @type {Record<string, Case>} */
export const SABOTAGES = {
  'a request that goes out as somebody else': {
    says: /was sent as/,
    sabotage: (fetch) => {
      /** @type {{ iss: string, sub: string, bearer: string }[]} */
      const known = [];
      return (input, init) => {
        const bearer = bearerOf(init);
        if (!bearer || !isApi(input)) return fetch(input, init);
        const own = JSON.parse(atob(bearer.split('.')[1]));
        const other = known.find(({ iss, sub }) => iss === own.iss && sub !== own.sub);
        known.push({ ...own, bearer });
        const headers = new Headers(init?.headers);
        if (other) headers.set('authorization', other.bearer);
        return fetch(input, { ...init, headers });
      };
    },
  },
  'a request that goes out bare': {
    says: /was sent bare/,
    sabotage: (fetch) => {
      const isDue = nowAndThen(30);
      return (input, init) => {
        if (!bearerOf(init) || !isApi(input) || !isDue()) return fetch(input, init);
        const headers = new Headers(init?.headers);
        headers.delete('authorization');
        return fetch(input, { ...init, headers });
      };
    },
  },
  'an answer that is another’s': {
    says: /was given the answer of/,
    sabotage: (fetch) => {
      /** @type {((other: Promise<Response>) => Promise<Response>) | undefined} */
      let swap;
      const isDue = nowAndThen(10);
      return async (input, init) => {
        const own = fetch(input, init);
        own.catch(() => {});
        if (!isApi(input) || !isDue()) return own;
        if (swap) {
          const other = swap(own);
          swap = undefined;
          return other;
        }
        return new Promise((resolve, reject) => {
          swap = async (other) => {
            other.then(resolve, reject);
            return own;
          };
          own.then(resolve, reject);
        });
      };
    },
  },
  'a refresh token that is presented twice': {
    says: /presented again though its answer had come/,
    sabotage: (fetch) => {
      /** @type {Map<string, RequestInit['body']>} what was presented first, and answered */
      const spent = new Map();
      return async (input, init) => {
        const place = String(input);
        const body = isToken(input) ? spent.get(place) : undefined;
        const answer = await fetch(input, body ? { ...init, body } : init);
        if (isToken(input) && answer.ok) spent.set(place, init?.body);
        return answer;
      };
    },
  },
  'a body that is changed': {
    says: /came with another body/,
    sabotage: (fetch) => (input, init) =>
      fetch(
        input,
        typeof init?.body === 'string' && isApi(input) ? { ...init, body: init.body.slice(0, -2) } : init,
      ),
  },
  'a call that never settles': {
    says: /promises that never settle/,
    patience: 30,
    sabotage: (fetch) => {
      const isDue = nowAndThen(20);
      return (input, init) => (isApi(input) && isDue() ? new Promise(() => {}) : fetch(input, init));
    },
  },
  'a refresh without a cause': {
    says: /a refresh without a cause/,
    sabotage: (fetch) => async (input, init) => {
      const answer = await fetch(input, init);
      return isApi(input) && answer.ok ? new Response('', { status: 401 }) : answer;
    },
  },
};
