/** What has a name in a Rust source: functions, types, constants and modules, each with the extent of its text. */

/** @import { Place } from './places.js' */

/** Comments, strings and characters. A lifetime is no character: no second quote comes after its first letter. */
const OPAQUE =
  /\/\/.*|b?r(#*)"[\s\S]*?"\1|b?"(?:[^"\\]|\\[\s\S])*"|b?'(?:[^'\\]|\\u\{\w+\}|\\x\w\w|\\.)'|\/\*/gu;

const ITEM =
  /(?<![\w*])(?:fn|struct|enum|union|trait|mod|const|static|type|macro_rules!)\s+(?:mut\s+)?(?!fn\b|async\b|unsafe\b|extern\b)([A-Za-z_]\w*)|(?<=(?:^|[{};\])])\s*)impl\b/g;

/** What may end in a semicolon, and has braces before it that do not end it. */
const IS_VALUE = /^(?:const|static|type)\b/;

/**
 * @param {string} text
 * @returns {Place[]} none of what is only declared, or only tests
 */
export function rustPlaces(text) {
  const code = withoutOpaque(text);
  /** @type {Place[]} */
  const places = [];
  /** @type {Place[]} */
  let around = [];
  for (const match of code.matchAll(ITEM)) {
    const { index: start } = match;
    around = around.filter(({ end }) => end > start);
    const name = match[1] ?? implementor(code, start);
    const end = endOf(code, start + match[0].length, IS_VALUE.test(match[0]));
    if (!name || end === undefined) continue;
    const place = { path: [...(around.at(-1)?.path ?? []), name], start, end };
    around.push(place);
    places.push(place);
  }
  return places.filter(({ path }) => path[0] !== 'tests');
}

/**
 * Spaces in the place of all in which a brace means nothing.
 *
 * @param {string} text
 */
function withoutOpaque(text) {
  const spaces = (/** @type {string} */ some) => some.replace(/[^\n]/g, ' ');
  let code = '';
  let at = 0;
  OPAQUE.lastIndex = 0;
  for (let match = OPAQUE.exec(text); match; match = OPAQUE.exec(text)) {
    const end = match[0] === '/*' ? endOfComment(text, match.index) : OPAQUE.lastIndex;
    code += text.slice(at, match.index) + spaces(text.slice(match.index, end));
    OPAQUE.lastIndex = at = end;
  }
  return code + text.slice(at);
}

/**
 * They nest.
 *
 * @param {string} text
 * @param {number} start
 */
function endOfComment(text, start) {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

/**
 * Whose methods an `impl` holds, without its parameters: `Guard` of `impl<'a> Drop for Guard<'a> {`.
 *
 * @param {string} code
 * @param {number} start
 */
function implementor(code, start) {
  const head = code.slice(start + 'impl'.length, code.indexOf('{', start));
  const bare = withoutParameters(head)
    .replace(/\bwhere\b[\s\S]*/, '')
    .replace(/[\s\S]*\bfor\b/, '');
  return /(\w+)\s*$/.exec(bare)?.[1];
}

/**
 * From the innermost out.
 *
 * @param {string} text
 * @returns {string}
 */
function withoutParameters(text) {
  const less = text.replaceAll('->', '').replace(/<[^<>]*>/g, '');
  return less === text ? text : withoutParameters(less);
}

/**
 * @param {string} code
 * @param {number} from
 * @param {boolean} isValue
 * @returns {number | undefined} nothing of what has no body
 */
function endOf(code, from, isValue) {
  const marks = /[()[\]{};]/g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(code); mark; mark = marks.exec(code)) {
    if ('([{'.includes(mark[0])) depth += 1;
    else if (mark[0] !== ';') depth -= 1;
    if (depth < 0) return undefined;
    if (depth > 0) continue;
    if (mark[0] === ';') return isValue ? marks.lastIndex : undefined;
    if (mark[0] === '}' && !isValue) return marks.lastIndex;
  }
  return undefined;
}
