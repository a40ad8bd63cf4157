/** Whatever a user can be given, as plain JSON, so that two of it can be compared. */

const MOST = 9;

/** @type {[is: (value: any) => boolean, show: (value: any, depth: number) => unknown][]} */
const KINDS = [
  [(value) => value === undefined, () => '‹undefined›'],
  [(value) => typeof value === 'number' && JSON.stringify(value) !== String(value), (value) => `‹${value}›`],
  [(value) => ['bigint', 'symbol', 'function'].includes(typeof value), (value) => `‹${typeof value}›`],
  [(value) => typeof value !== 'object' || value === null, (value) => value],
  [(value) => value instanceof Promise, async (value, depth) => under('promise', await value, depth)],
  [(value) => value instanceof Blob, async (value) => ({ blob: value.type, text: await value.text() })],
  [(value) => value instanceof ArrayBuffer, (value) => ({ buffer: [...new Uint8Array(value)] })],
  [(value) => ArrayBuffer.isView(value), (value) => ({ [nameOf(value)]: [...new Uint8Array(value.buffer)] })],
  [(value) => value instanceof FormData, (value, depth) => under('form', [...value], depth)],
  [(value) => value instanceof URLSearchParams, (value) => ({ search: String(value) })],
  [(value) => value instanceof Date, (value) => ({ date: value.toJSON() })],
  [(value) => value instanceof URL, (value) => ({ URL: value.href })],
  [(value) => value instanceof Headers, (value) => ({ headers: [...value] })],
  [(value) => value instanceof ReadableStream, showStream],
  [(value) => value instanceof Response, showResponse],
  [(value) => value instanceof Request, showRequest],
  [(value) => value instanceof AbortSignal, (value) => ({ signal: value.aborted })],
  [(value) => value instanceof Error || nameOf(value) === 'DOMException', showCause],
  [Array.isArray, (value, depth) => Promise.all(value.map((/** @type {any} */ one) => plain(one, depth)))],
];

/** Its tag, if it has one: a bundle renames one of two classes of the same name. */
const nameOf = (/** @type {any} */ value) => value[Symbol.toStringTag] ?? value.constructor?.name;

/**
 * @param {any} value
 * @param {number} [depth]
 * @returns {Promise<any>}
 */
export async function plain(value, depth = MOST) {
  if (depth === 0) return '‹deep›';
  const show = KINDS.find(([is]) => is(value))?.[1] ?? showObject;
  return show(value, depth - 1);
}

/** @type {(name: string, value: unknown, depth: number) => Promise<object>} */
const under = async (name, value, depth) => ({ [name]: await plain(value, depth) });

const symbolsOf = (/** @type {object} */ value) =>
  Object.getOwnPropertySymbols(value).filter((symbol) =>
    Object.prototype.propertyIsEnumerable.call(value, symbol),
  );

/** @type {(value: any, depth: number) => Promise<object>} */
async function showObject(value, depth) {
  const entries = await Promise.all(
    [...Object.keys(value), ...symbolsOf(value)].map(async (key) => [
      String(key),
      await plain(value[key], depth),
    ]),
  );
  const shown = Object.fromEntries(entries);
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return isPlain ? shown : { '‹of›': nameOf(value), ...shown };
}

/** @type {(value: ReadableStream) => Promise<object>} */
async function showStream(value) {
  return value.locked ? { stream: '‹locked›' } : { stream: await new Response(value).text() };
}

/** @type {(value: any, depth: number) => Promise<object>} */
async function showResponse(value, depth) {
  const { status, statusText, ok, url, redirected, bodyUsed } = value;
  const kept = bodyUsed || !value.body ? '‹none›' : await value.clone().text();
  const type = value.headers.get('content-type');
  const data = await plain(value._data, depth);
  return { status, statusText, ok, url, redirected, bodyUsed, kept, type, data };
}

/** @param {Request} value */
function showRequest({ method, url, headers, credentials, bodyUsed }) {
  return { request: { method, url, headers: [...headers], credentials, bodyUsed } };
}

/** @param {any} value */
function showCause({ name, message }) {
  return { name, message };
}
