// Two configs become one. Neither is changed, and what is copied is nobody else's.

import {
  CONFIG_KEY_WORDS,
  MERGE_RULE_DEFAULT,
  MERGE_RULE_HEADERS,
  MERGE_RULE_NAMED,
  MERGE_RULE_OWN,
  MERGE_RULE_PARAMS,
  MERGE_RULE_SAME,
} from '../boundary.js';
import { AxiosError } from './error.js';
import { AxiosHeaders } from './headers.js';
import { rules } from './rules.js';
import { isPlain, isUnsafe, keysOf, own } from './type-checks.js';

/** The later objects over the earlier ones, to their depth; by names whose case does not matter, if so wished. */
export function merge(isCaseless, ...things) {
  const merged = {};
  const names = new Map();
  for (const thing of things) {
    for (const key of thing ? keysOf(thing) : []) {
      if (isUnsafe(key)) continue;
      const folded = isCaseless && typeof key === 'string' ? key.toLowerCase() : key;
      const name = names.get(folded) ?? key;
      names.set(folded, name);
      merged[name] = mergeTwo(own(merged, name), thing[key]);
    }
  }
  return merged;
}

function mergeTwo(old, value, isCaseless = false) {
  if (isPlain(value)) return isPlain(old) ? merge(isCaseless, old, value) : merge(false, value);
  return Array.isArray(value) ? [...value] : value;
}

const circular = () =>
  new AxiosError('Circular reference detected in params', AxiosError.ERR_BAD_OPTION_VALUE);

/** Arrays keep their elements as they are, but none may lead back to where it stands. */
function mustEnd(thing, within) {
  if (!isPlain(thing) && !Array.isArray(thing)) return;
  if (within.includes(thing)) throw circular();
  for (const key of keysOf(thing)) mustEnd(thing[key], [...within, thing]);
}

function mergeParams(old, value, within = []) {
  if (!isPlain(value)) {
    mustEnd(value, within);
    return Array.isArray(value) ? [...value] : value;
  }
  if (within.includes(value)) throw circular();
  const base = isPlain(old) ? old : {};
  const names = new Set([...keysOf(base), ...keysOf(value)]);
  const deeper = [...within, value];
  const merged = {};
  for (const name of names) {
    if (isUnsafe(name)) continue;
    merged[name] = Object.hasOwn(value, name)
      ? mergeParams(own(base, name), value[name], deeper)
      : mergeParams(undefined, base[name], within);
  }
  return merged;
}

const plainHeaders = (headers) => (headers instanceof AxiosHeaders ? { ...headers } : headers);

function mergeValue(rule, old, value) {
  const isGiven = value !== undefined;
  switch (rule) {
    case MERGE_RULE_OWN:
      return mergeTwo(undefined, value);
    case MERGE_RULE_PARAMS:
      return isGiven ? mergeParams(old, value) : mergeParams(undefined, old);
    case MERGE_RULE_HEADERS:
      return isGiven
        ? mergeTwo(plainHeaders(old), plainHeaders(value), true)
        : mergeTwo(undefined, plainHeaders(old));
    case MERGE_RULE_SAME:
      return isGiven ? value : old;
    case MERGE_RULE_DEFAULT:
      return mergeTwo(undefined, isGiven ? value : old);
    default:
      return isGiven ? mergeTwo(old, value) : mergeTwo(undefined, old);
  }
}

/** The second config over the first. Its prototype is none, so that nothing is read out of a polluted one. */
export function mergeConfig(first, second) {
  const [defaults, wishes] = [first || {}, second || {}];
  const config = Object.create(null);
  Object.defineProperty(config, 'hasOwnProperty', {
    value: Object.prototype.hasOwnProperty,
    writable: true,
    configurable: true,
  });
  for (const key of new Set([...keysOf(defaults), ...keysOf(wishes)])) {
    if (isUnsafe(key)) continue;
    const rule = rules().mergeRule(CONFIG_KEY_WORDS.indexOf(key));
    const [old, value] = [own(defaults, key), own(wishes, key)];
    if (rule === MERGE_RULE_NAMED) {
      const isSaid = Object.hasOwn(wishes, key) && !isUnsaid(defaults, wishes, key);
      if (isSaid || Object.hasOwn(defaults, key))
        config[key] = isSaid ? mergeTwo(old, value) : mergeTwo(undefined, old);
      continue;
    }
    const merged = mergeValue(rule, old, value);
    if (merged !== undefined) config[key] = merged;
  }
  return config;
}

/** Whether an `undefined` of the second is not to count, by the app's wish. */
function isUnsaid(defaults, wishes, key) {
  if (wishes[key] !== undefined) return false;
  const [old, value] = [own(defaults, 'transitional'), own(wishes, 'transitional')];
  const merged = value === undefined || isPlain(value) ? { ...(isPlain(old) && old), ...value } : {};
  return merged.validateStatusUndefinedResolves === false;
}
