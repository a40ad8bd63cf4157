// `session.skip`: requests that carry no token and start no refresh.

import { pathOf } from '../session/listeners.js';
import { isYes } from '../web/task.js';

/** The signals of refresh functions: what carries one is part of the refresh. */
export const refreshSignals = new WeakSet();

const hasScheme = (url) => /^[a-z][a-z\d+.-]*:/i.test(url);

/** Without query, hash and trailing slashes; a path begins with a slash. */
function plain(url) {
  const path = url.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return hasScheme(path) || path.startsWith('/') ? path : `/${path}`;
}

/** `*` stands for any run of characters. */
const pattern = (path) =>
  plain(path).replace(/[\\^$.*+?()[\]{}|/]/g, (sign) => (sign === '*' ? '.*' : `\\${sign}`));

/** By its path, as it is written or as it is joined, or by its whole URL. */
function byPath(paths) {
  const known = new RegExp(`^(?:${paths.map(pattern).join('|')})$`, 's');
  return ({ input, url }) =>
    [typeof input === 'string' ? input : url, url, pathOf(url)].some((one) => known.test(plain(one)));
}

/**
 * Gives the rule that says which requests are skipped.
 *
 * @throws TypeError when an entry is none of what can be given
 */
export function skipOf(given = []) {
  const must = () => {
    throw new TypeError('session.skip must be a list of paths, RegExps and functions of the request');
  };
  if (!Array.isArray(given)) must();
  const paths = given.filter((entry) => typeof entry === 'string');
  const rules = given
    .filter((entry) => typeof entry !== 'string')
    .map((entry) => {
      // Not `test`, which has a memory where the expression is global or sticky.
      if (entry instanceof RegExp) return ({ url }) => url.search(entry) >= 0;
      return typeof entry === 'function' ? (call) => isYes(entry(call.context())) : must();
    });
  if (paths.length > 0) rules.unshift(byPath(paths));
  return (call) => refreshSignals.has(call.signal) || rules.some((rule) => rule(call));
}
