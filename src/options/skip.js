// `session.skip`: requests that carry no token and start no refresh.

import { isYes } from '../error/app-code.js';
import { pathOf } from '../platform/origin.js';
import { partsOf } from './query.js';

/** The signals of refresh functions: what carries one is part of the refresh. */
export const refreshSignals = new WeakSet();

const hasScheme = (url) => /^[a-z][a-z\d+.-]*:/i.test(url);

/** Without query, hash and trailing slashes; a path begins with a slash. */
function plain(url) {
  const [whole] = partsOf(url);
  let end = whole.length;
  // A RegExp would try anew at each slash, and read all that follow it each time.
  while (whole[end - 1] === '/') end -= 1;
  const path = whole.slice(0, end);
  return hasScheme(path) || path.startsWith('/') ? path : `/${path}`;
}

/**
 * Whether a text fits a path; `*` stands for any run of characters. What stands between them is looked for piece by piece, each
 * from where the last one ends, so that no text is read twice. A RegExp would go back for each `*`. Not in Rust: three texts would
 * have to cross for each request, which costs more than reading them.
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

/** By its path, as it is written or as it is joined, or by its whole URL. */
function byPath(paths) {
  const rules = paths.map(fitting);
  return ({ input, url }) =>
    [typeof input === 'string' ? input : url, url, pathOf(url)]
      .map(plain)
      .some((text) => rules.some((fits) => fits(text)));
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
