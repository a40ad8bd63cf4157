/** What has a name in a JavaScript or TypeScript source: functions, classes, their members, and what stands at the top of a module. */

import { isNode, parseScript } from './script-tree.js';

/**
 * @import { Place } from './places.js'
 * @import { Node } from './script-tree.js'
 */

const IS_FUNCTION = /^(?:ArrowFunction|Function|Class)Expression$/;

/**
 * @param {string} text
 * @param {'js' | 'ts'} lang
 * @returns {Promise<Place[]>}
 */
export async function scriptPlaces(text, lang) {
  /** @type {Place[]} */
  const places = [];
  /**
   * @param {unknown} value
   * @param {string[]} path
   */
  const visit = (value, path) => {
    if (Array.isArray(value)) for (const one of value) visit(one, path);
    if (!isNode(value)) return;
    const name = nameOf(value, path.length === 0);
    const own = name === undefined ? path : [...path, name];
    if (name !== undefined) places.push({ path: own, start: value.start, end: value.end });
    for (const child of Object.values(value)) visit(child, own);
  };
  visit(await parseScript(text, lang), []);
  return places;
}

/**
 * @param {Node} node
 * @param {boolean} isTop whether nothing that has a name is around it
 * @returns {string | undefined}
 */
function nameOf({ type, id, declarations, key, value, left, right }, isTop) {
  switch (type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return textOf(id);
    case 'VariableDeclaration': {
      const [only, ...others] = /** @type {Node[]} */ (declarations);
      const isAlone = only?.init && others.length === 0;
      return isAlone && (isTop || isFunction(only.init)) ? textOf(only.id) : undefined;
    }
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return textOf(key);
    case 'Property':
      return isFunction(value) ? textOf(key) : undefined;
    case 'AssignmentExpression':
      return isTop || isFunction(right) ? targetOf(left) : undefined;
    default:
      return undefined;
  }
}

const isFunction = (/** @type {unknown} */ value) => isNode(value) && IS_FUNCTION.test(value.type);

/**
 * @param {unknown} left what something is assigned to: of `a.b` it is `b`, and of `a.b[c]` as well
 * @returns {string | undefined}
 */
function targetOf(left) {
  if (!isNode(left) || left.type !== 'MemberExpression') return textOf(left);
  return left.computed ? targetOf(left.object) : textOf(left.property);
}

/**
 * @param {unknown} name
 * @returns {string | undefined} nothing for one that is computed, or for several at once
 */
function textOf(name) {
  if (!isNode(name)) return undefined;
  if (name.type === 'PrivateIdentifier') return `#${name.name}`;
  return name.type === 'Identifier' ? String(name.name) : undefined;
}
