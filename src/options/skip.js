// `session.skip`: requests that carry no token and start no refresh.

import { isYes } from '../error/app-code.js';
import { pathOf } from '../platform/origin.js';
import { partsOf } from './query.js';

/** The signals that refresh functions were given. A request with one of them is part of the refresh. */
export const refreshSignals = new WeakSet();

const hasScheme = (url) => /^[a-z][a-z\d+.-]*:/i.test(url);

/** A path or URL without query, hash and trailing slashes. A path begins with a slash. */
function plain(url) {
  const [whole] = partsOf(url);
  let end = whole.length;
  // Not by a RegExp, which would take quadratic time for many slashes.
  while (whole[end - 1] === '/') end -= 1;
  const path = whole.slice(0, end);
  return hasScheme(path) || path.startsWith('/') ? path : `/${path}`;
}

/**
 * A test whether a text matches a path, in which `*` stands for any characters. The pieces between are searched one after the other,
 * each from the end of the last one, so that the time is linear; a RegExp would backtrack. It is not in Rust, as three strings would
 * have to cross for each request.
 */
function fitting(path) {
  const [first, ...pieces] = plain(path).split('*');
  const last = pieces.pop();
  return (text) => {
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let end = first.length;
    for (const piece of pieces) {
      const at = text.indexOf(piece, end);
      if (at < 0) return false;
      end = at + piece.length;
    }
    return end + last.length <= text.length && text.endsWith(last);
  };
}

/** Matches a request by its path, as written or as joined, or by its whole URL. */
function byPath(paths) {
  const rules = paths.map(fitting);
  return ({ input, url }) =>
    [typeof input === 'string' ? input : url, url, pathOf(url)]
      .map(plain)
      .some((text) => rules.some((fits) => fits(text)));
}

/**
 * Returns the test whether a request is skipped.
 *
 * @throws TypeError if an entry is wrong
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
      // Not `test`, which keeps a position if the expression is global or sticky.
      if (entry instanceof RegExp) return ({ url }) => url.search(entry) >= 0;
      return typeof entry === 'function' ? (call) => isYes(entry(call.context())) : must();
    });
  if (paths.length > 0) rules.unshift(byPath(paths));
  return (call) => refreshSignals.has(call.signal) || rules.some((rule) => rule(call));
}
