/** How calls end: what there is to read of an answer, and of which kind an error is. */

/** @import { Chance } from './chance.js' */

const DISPOSED = 'Error: session.set: the session was disposed of';
/** What the wire, a limit or the caller may cause. What there is else is a fault of somebody's. */
const KINDS = [
  'FetchError',
  'AuthError',
  'AxiosError',
  'CanceledError',
  'AbortError',
  'TimeoutError',
  'Error: storage',
  DISPOSED,
];
/** What platforms say where an answer fails. */
const OF_THE_WIRE = /fetch failed|failed to fetch|terminated|network ?error|load failed|aborted/i;

/** @returns {string} */
export function kindOf(/** @type {any} */ error) {
  const name = String(error?.name);
  const code = error?.code ?? error?.status ?? error?.cause?.name;
  if (/the engine has stopped/.test(String(error?.message))) return 'unknown';
  if (name === 'AuthError') return `AuthError ${error.code}`;
  if (KINDS.includes(name))
    return typeof code === 'string' || typeof code === 'number' ? `${name} ${code}` : name;
  if (KINDS.includes(`Error: ${error?.message}`)) return `Error: ${error.message}`;
  return name === 'TypeError' && OF_THE_WIRE.test(error.message) ? 'TypeError of the wire' : 'unknown';
}

/**
 * What an answer, or an error's, says; nothing where it holds nothing, or breaks as it is read.
 *
 * @param {any} said
 * @param {Chance} chance
 * @returns {Promise<string>}
 */
export async function textOf(said, chance) {
  try {
    if (said instanceof Error || said instanceof DOMException)
      return await textOfError(/** @type {any} */ (said));
    if (said === undefined || said === null) return '';
    if (said instanceof Response) return await textOfResponse(said, chance);
    if (said instanceof ReadableStream || said instanceof Blob || said instanceof ArrayBuffer)
      return await new Response(said).text();
    // axios' own response.
    if (said.config) return `#${said.headers['x-storm-id']}# ${JSON.stringify(said.data)}`;
    return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    return '';
  }
}

async function textOfError(/** @type {any} */ { response, data }) {
  const headers = response?.headers;
  const id = headers?.get?.('x-storm-id') ?? headers?.['x-storm-id'];
  return `${id ? `#${id}#` : ''}${JSON.stringify(data ?? '')}`;
}

async function textOfResponse(/** @type {any} */ response, /** @type {Chance} */ chance) {
  const id = response.headers.get('x-storm-id');
  const mark = id === null ? 'unmarked' : `#${id}#`;
  if (response.bodyUsed) return `${mark}${JSON.stringify(response._data ?? '')}`;
  if (chance.oneIn(8)) {
    await response.body?.cancel();
    return mark;
  }
  if (chance.oneIn(8)) {
    const [one, other] = await Promise.all([response.clone().text(), response.text()]);
    return mark + one + other;
  }
  return mark + (await response.text());
}
