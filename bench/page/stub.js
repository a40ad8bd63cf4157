/** Stands in for the network: whoever calls it gets a real `Response`, fresh and at once. */

const BODY = JSON.stringify({ id: 1, name: 'Ada', tags: ['a', 'b'] });
const INIT = { headers: { 'content-type': 'application/json' } };

/**
 * @template T
 * @param {() => Promise<T>} work
 * @param {(...args: Parameters<typeof fetch>) => void} [look] sees what `fetch` is called with
 * @returns {Promise<T>}
 */
export async function withStub(work, look) {
  const { fetch } = globalThis;
  const answer = () => Promise.resolve(new Response(BODY, INIT));
  globalThis.fetch = look
    ? (...args) => {
        look(...args);
        return answer();
      }
    : answer;
  try {
    return await work();
  } finally {
    globalThis.fetch = fetch;
  }
}
