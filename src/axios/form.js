// Nested values and flat names: into a form, or something like one, and back.

import {
  FORM_VALUE_IS_FLAT,
  FORM_VALUE_IS_LISTED,
  FORM_VALUE_IS_OPEN,
  FORM_VALUE_IS_TOP_OBJECT,
  FORM_VALUE_WANTS_JSON,
  FORM_VISIT_APPEND,
  FORM_VISIT_DESCEND,
  FORM_VISIT_EACH,
  FORM_VISIT_JSON,
} from '../boundary.js';
import { AxiosError } from './error.js';
import { bit, rules } from './rules.js';
import {
  each,
  given,
  isBytes,
  isForm,
  isFunction,
  isObject,
  isPlain,
  isPlatformForm,
  isString,
  kindOf,
} from './type-checks.js';

/** How deep values may be nested, either way. */
const DEEPEST = 100;

const isOpen = (thing) => isPlain(thing) || Array.isArray(thing);
const bare = (key) => String(key).replace(/\[\]$/, '');

/** `['a', 'b', 0]` is `a[b][0]`, or `a.b.0`. */
function nameOf(path, key, hasDots) {
  if (!path) return key;
  const [first, ...rest] = [...path, key].map(bare);
  return hasDots ? [first, ...rest].join('.') : first + rest.map((part) => `[${part}]`).join('');
}

function tooDeep(what, levels, most) {
  return new AxiosError(
    `${what} is too deeply nested (${levels} levels). Max depth: ${most}`,
    AxiosError.ERR_FORM_DATA_DEPTH_EXCEEDED,
  );
}

/** An array's copy of what only looks like one; nothing where it does not hold what its length says. */
function listOf(thing) {
  if (!thing || Array.isArray(thing)) return thing;
  const { length } = thing;
  if (!Number.isSafeInteger(length) || length < 0) return null;
  const list = Array.from({ length: Math.min(length, 1e6) }, (_, at) => (at in thing ? [thing[at]] : []));
  return list.length === length && list.every(({ length: held }) => held) ? list.flat(1) : null;
}

/** Appends each value in an object, by its flat name, to a form or to anything that has an `append`. */
export function toFormData(object, target, options) {
  if (!isObject(object)) throw new TypeError('target must be an object');
  const form = target || new FormData();
  const option = (name, fallback) => given(options, name) ?? fallback;
  const indexes = given(options, 'indexes');
  const hasDots = option('dots', false);
  const deepest = option('maxDepth', DEEPEST);
  const keepsMeta = option('metaTokens', true);
  const BlobClass = option('Blob', globalThis.Blob);
  const visitor = option('visitor') || defaultVisitor;
  if (!isFunction(visitor)) throw new TypeError('visitor must be a function');
  const mayHoldBlobs = BlobClass && isPlatformForm(form);

  const mustNotBeDeeper = (depth) => {
    if (depth > deepest) throw tooDeep('Object', depth, deepest);
  };

  function convertValue(value) {
    if (value === null) return '';
    if (kindOf(value) === 'Date') return value.toISOString();
    if (typeof value === 'boolean') return String(value);
    const hasBytes = isBytes(value) && kindOf(value) !== 'DataView';
    if (!mayHoldBlobs && kindOf(value) === 'Blob')
      throw new AxiosError('Blob is not supported. Use a Buffer instead.');
    if (!hasBytes) return value;
    if (mayHoldBlobs) return new BlobClass([value]);
    if (globalThis.Buffer) return globalThis.Buffer.from(value);
    throw new AxiosError('Blob is not supported. Use a Buffer instead.', AxiosError.ERR_NOT_SUPPORT);
  }

  function jsonOf(value) {
    const within = [];
    return JSON.stringify(value, function limit(_, inner) {
      if (!isObject(inner)) return inner;
      while (within.length && within.at(-1) !== this) within.pop();
      within.push(inner);
      mustNotBeDeeper(within.length);
      return inner;
    });
  }

  function defaultVisitor(value, key, path) {
    const text = String(key);
    const isTop = value && !path && isObject(value);
    const isListed = isTop && (text.endsWith('[]') || kindOf(value) === 'FileList');
    const list = isListed ? listOf(value) : value;
    const isFlat = isTop && Array.isArray(value) && !value.some(isOpen);
    const facts =
      bit(FORM_VALUE_IS_TOP_OBJECT, isTop) |
      bit(FORM_VALUE_WANTS_JSON, text.endsWith('{}')) |
      bit(FORM_VALUE_IS_LISTED, isListed && list) |
      bit(FORM_VALUE_IS_FLAT, isFlat) |
      bit(FORM_VALUE_IS_OPEN, isOpen(value));
    const way = rules().visit(facts);
    if (way === FORM_VISIT_DESCEND) return true;
    if (way === FORM_VISIT_EACH) {
      const name = bare(key);
      list.forEach((element, at) => {
        if (element == null) return;
        const flat = indexes === null ? name : `${name}[]`;
        form.append(indexes === true ? nameOf([name], at, hasDots) : flat, convertValue(element));
      });
    } else if (way === FORM_VISIT_JSON) {
      form.append(keepsMeta ? key : text.slice(0, -2), convertValue(jsonOf(value)));
    } else if (way === FORM_VISIT_APPEND) {
      form.append(nameOf(path, key, hasDots), convertValue(value));
    }
    return false;
  }

  const helpers = { defaultVisitor, convertValue, isVisitable: isOpen };
  const within = [];
  function walk(thing, path, depth) {
    if (thing === undefined) return;
    mustNotBeDeeper(depth);
    if (within.includes(thing)) throw new Error(`Circular reference detected in ${path.join('.')}`);
    within.push(thing);
    each(thing, (value, key) => {
      if (value == null) return;
      const name = isString(key) ? key.trim() : key;
      if (visitor.call(form, value, name, path, helpers) === true)
        walk(value, path ? [...path, key] : [key], depth + 1);
    });
    within.pop();
  }
  walk(object, undefined, 0);
  return form;
}

/** An object as a query; bytes of Node become base64. */
export const toQuery = (object, options) =>
  toFormData(object, new URLSearchParams(), {
    visitor(value, key, path, helpers) {
      if (!globalThis.Buffer?.isBuffer?.(value)) return helpers.defaultVisitor(value, key, path);
      this.append(key, value.toString('base64'));
      return false;
    },
    ...options,
  }).toString();

/** `a[b].c[]` is `['a', 'b', 'c', '']`. */
const pathOf = (name) =>
  [...name.matchAll(/[^.[\]]+|\[([^.[\]]*)]/g)].map(([all, inner], at) => {
    if (at > DEEPEST) throw tooDeep('FormData field', at, DEEPEST);
    return all === '[]' ? '' : inner || all;
  });

/** An array with holes or names is an object. */
function settled(value) {
  if (!Array.isArray(value)) return value;
  const keys = Object.keys(value);
  return keys.length === value.length && keys.every((key, at) => key === String(at)) ? value : { ...value };
}

/** The same for all that is within an object: names may lead deeper than a stack would. */
function settleWithin(object) {
  const open = [object];
  for (const target of open) {
    for (const key of Object.keys(target)) {
      target[key] = settled(target[key]);
      if (isOpen(target[key])) open.push(target[key]);
    }
  }
  return object;
}

/** Arrays of which it is known that they have neither holes nor names: a name that comes often is not looked through each time. */
const lists = new WeakSet();

/** What stands under a name, as a list. */
function listAt(target, name) {
  if (!lists.has(target[name])) {
    target[name] = [settled(target[name])].flat();
    lists.add(target[name]);
  }
  return target[name];
}

/** Puts a value where a path leads. @returns whether its last name is none of an array's */
function put(path, value, target, at) {
  const isLast = at + 1 >= path.length;
  let name = path[at];
  if (name === '__proto__') return true;
  const isNamed = !Number.isFinite(Number(name));
  if (!name && Array.isArray(target)) name = target.length;
  if (!isLast || name !== target.length) lists.delete(target);
  if (isLast) {
    if (!Object.hasOwn(target, name)) target[name] = value;
    else listAt(target, name).push(value);
    return isNamed;
  }
  if (!Object.hasOwn(target, name) || !isObject(target[name])) target[name] = [];
  if (put(path, value, target[name], at + 1) && Array.isArray(target[name]))
    target[name] = { ...target[name] };
  return isNamed;
}

/** A form's values, by the names that they would be nested under; `null` of what is no form. */
export function formToJSON(thing) {
  const form = kindOf(thing) === 'HTMLFormElement' ? new FormData(thing) : thing;
  if (!isForm(form) || !isFunction(form.entries)) return null;
  const object = {};
  for (const [name, value] of form) put(pathOf(name), value, object, 0);
  return settleWithin(object);
}
