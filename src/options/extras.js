// Options that most calls do not have: query, hooks, retries, time limit and the like. They are kept apart, which makes other calls faster.

import { HOOK_WORDS } from '../boundary.js';
import { checkOne } from './check.js';
import { copyOfPlain } from './copy.js';
import { grouped } from './query.js';

const KINDS = {
  query: 'query',
  params: 'query',
  parseResponse: 'function',
  retry: 'retry',
  retryDelay: 'delay',
  retryStatusCodes: 'statuses',
  timeout: 'number',
  onDownloadProgress: 'function',
  mergeHooks: 'flag',
  ...Object.fromEntries(HOOK_WORDS.map((name) => [name, 'hooks'])),
};

export const isExtra = (name) => Object.hasOwn(KINDS, name);

/** `URLSearchParams` may hold a name more than once. */
const entriesOf = (query) => (query instanceof URLSearchParams ? grouped(query) : query);

/**
 * Adds one option to those that are given.
 *
 * @throws TypeError when its value is wrong
 */
export function takeExtra(given, name, value) {
  checkOne(name, KINDS[name], value);
  const taken = { ...given };
  if (name === 'params') taken.query = { ...copyOfPlain(entriesOf(value)), ...taken.query };
  else if (name === 'query') taken.query = { ...taken.query, ...copyOfPlain(entriesOf(value)) };
  else taken[name] = Array.isArray(value) ? [...value] : value;
  return taken;
}

/** The hooks of both, the defaults' first, if one of them sets `mergeHooks`. */
export function mergeHooks(defaults, own) {
  if (!(own.mergeHooks ?? defaults.mergeHooks)) return undefined;
  const merged = HOOK_WORDS.map((name) => [name, [defaults[name], own[name]].flat().filter(Boolean)]);
  return Object.fromEntries(merged.filter(([, hooks]) => hooks.length > 0));
}

/** The options of a call over the defaults. Queries are merged by name. */
export function extrasOver(defaults, own) {
  if (!defaults || !own) return own ?? defaults;
  const query = (defaults.query || own.query) && { ...defaults.query, ...own.query };
  return { ...defaults, ...own, query, ...mergeHooks(defaults, own) };
}

export const hasHooks = (extras) =>
  extras !== undefined && HOOK_WORDS.some((name) => extras[name] !== undefined);

/** A copy for hooks, which may change it without changing the instance's own. */
export const copyOfExtras = (extras = {}) =>
  Object.fromEntries(
    Object.entries(extras).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]),
  );
