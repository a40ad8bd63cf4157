/** A `fetch` that the test answers, and what it was asked to send. */

/**
 * @typedef {{ url: string, method: string, headers: Record<string, string>, body: string, signal: AbortSignal | null }} Sent
 * @typedef {(sent: Sent, number: number) => Response | Promise<Response>} Answer
 */

/**
 * @param {unknown} value
 * @param {number} [status]
 * @param {Record<string, string>} [headers]
 */
export const json = (value, status = 200, headers = {}) => Response.json(value, { status, headers });

/** @param {Answer} answer what throws is a failure of the network */
export function server(answer) {
  /** @type {Sent[]} */
  const sent = [];
  const fetch = async (
    /** @type {RequestInfo | URL} */ input,
    /** @type {RequestInit | undefined} */ init,
  ) => {
    const request = new Request(input, init);
    const { url, method } = request;
    const one = {
      ...{ url, method, headers: Object.fromEntries(request.headers) },
      ...{ body: await request.text(), signal: init?.signal ?? null },
    };
    sent.push(one);
    return answer(one, sent.length);
  };
  return { fetch, sent };
}

/** An answer that never comes, but for what the signal says. */
export const hang = (/** @type {Sent} */ { signal }) =>
  new Promise((_, reject) => {
    const give = () => reject(signal?.reason);
    if (signal?.aborted) give();
    signal?.addEventListener('abort', give);
  });

/** Until everything that can happen by itself has happened. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
