// Values by dotted paths, as options name them.

/** Whether a value has fields. Strings and functions do not count. */
export const isObject = (value) => typeof value === 'object' && value !== null;

/** The value at a dotted path; `undefined` if there is none. */
export function at(object, path) {
  let value = object;
  for (const name of path.split('.'))
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** A copy of an object without the value at a path, and without objects that are empty then. */
export function without(object, path) {
  const [name, ...more] = path.split('.');
  if (!isObject(object) || !Object.hasOwn(object, name)) return object;
  const { [name]: value, ...others } = object;
  const rest = more.length > 0 && isObject(value) ? without(value, more.join('.')) : undefined;
  return rest && Object.keys(rest).length > 0 ? { ...others, [name]: rest } : others;
}

/** The code at a path as a string; `undefined` if it is no string, number or boolean, or can not be read. */
export function codeAt(body, path) {
  try {
    const code = at(body, path);
    return ['string', 'number', 'boolean'].includes(typeof code) ? String(code) : undefined;
  } catch {
    return undefined;
  }
}
