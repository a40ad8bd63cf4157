// Values by dotted paths, as options name them.

/** Whether it can be looked into: what is called by a text is no path. */
export const isObject = (value) => typeof value === 'object' && value !== null;

/** The value at a dotted path; `undefined` where the path leads nowhere. */
export function at(object, path) {
  let value = object;
  for (const name of path.split('.'))
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** The same object without what stands at a path, and without what is empty then. */
export function without(object, path) {
  const [name, ...more] = path.split('.');
  if (!isObject(object) || !Object.hasOwn(object, name)) return object;
  const { [name]: value, ...others } = object;
  const rest = more.length > 0 && isObject(value) ? without(value, more.join('.')) : undefined;
  return rest && Object.keys(rest).length > 0 ? { ...others, [name]: rest } : others;
}

/** The code at a path, as a string; what is no text, number or truth value is none, and neither is what can not be looked at. */
export function codeAt(body, path) {
  try {
    const code = at(body, path);
    return ['string', 'number', 'boolean'].includes(typeof code) ? String(code) : undefined;
  } catch {
    return undefined;
  }
}
