// What a value is, and how it is read. A key that somebody has put onto `Object.prototype` is nobody's setting.

export const isObject = (thing) => thing !== null && typeof thing === 'object';
export const isFunction = (thing) => typeof thing === 'function';
export const isString = (thing) => typeof thing === 'string';

/** What the platform calls it, also where it comes from another frame. */
export const kindOf = (thing) => Object.prototype.toString.call(thing).slice(8, -1);

/** Keys that are never copied. */
export const isUnsafe = (key) => key === '__proto__' || key === 'constructor' || key === 'prototype';

/** Objects as a literal gives them, also with a prototype that ends the chain. */
export function isPlain(thing) {
  if (!isObject(thing)) return false;
  const prototype = Object.getPrototypeOf(thing);
  const isLiteral =
    prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
  return isLiteral && !Object.hasOwn(thing, Symbol.toStringTag) && !Object.hasOwn(thing, Symbol.iterator);
}

/** The objects in which a key may stand: the thing itself, and its classes' prototypes up to the one that all share. */
export function chainOf(thing) {
  const chain = [];
  for (let at = thing; at != null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    if (at !== thing && Object.getPrototypeOf(at) === null) break;
    chain.push(at);
  }
  return chain;
}

/** A key's value, where the thing itself has it. */
export const own = (thing, key) => (thing != null && Object.hasOwn(thing, key) ? thing[key] : undefined);

/** A key's value, where the thing or a class of the app has it. */
export const given = (thing, key) =>
  chainOf(thing).some((at) => Object.hasOwn(at, key)) ? thing[key] : undefined;

/** Names and symbols that a spread would take. */
export const keysOf = (thing) =>
  Reflect.ownKeys(thing).filter((key) => Object.prototype.propertyIsEnumerable.call(thing, key));

/** Calls back for each element of an array, or each name of an object; anything else counts as the one element of an array. */
export function each(thing, visit) {
  if (thing == null) return;
  if (isObject(thing) && !Array.isArray(thing)) for (const key of Object.keys(thing)) visit(thing[key], key);
  else [thing].flat().forEach(visit);
}

export const isForm = (thing) =>
  thing instanceof FormData ||
  (isFunction(thing?.append) &&
    !isPlain(thing) &&
    (kindOf(thing) === 'FormData' || String(thing) === '[object FormData]'));

/** Whether it is a form of the platform's kind, which can be walked. */
export const isPlatformForm = (thing) =>
  isFunction(thing?.append) && thing[Symbol.toStringTag] === 'FormData' && Boolean(thing[Symbol.iterator]);

export const isNodeStream = (thing) => isObject(thing) && isFunction(thing.pipe);
export const isStream = (thing) => kindOf(thing) === 'ReadableStream' || isNodeStream(thing);
export const isBlob = (thing) => ['Blob', 'File'].includes(kindOf(thing));
export const isBytes = (thing) => kindOf(thing) === 'ArrayBuffer' || ArrayBuffer.isView(thing);
export const isPromise = (thing) => isFunction(thing?.then) && isFunction(thing.catch);

/** A page, and none of the things that only look like one. */
export const isPage = () =>
  typeof window !== 'undefined' &&
  typeof document !== 'undefined' &&
  !['ReactNative', 'NativeScript', 'NS'].includes(globalThis.navigator?.product);
