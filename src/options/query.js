// Reads and writes the query of a URL as ofetch does.

/** The part before the query, the query, and the hash with its `#`. */
export const partsOf = (url) => /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url).slice(1);

const ESCAPES = {
  '+': '%2B',
  '%20': '+',
  '#': '%23',
  '&': '%26',
  '%60': '`',
  '%5E': '^',
  '/': '%2F',
  '%7C': '|',
};

/** Strings as they are, anything else as JSON. */
function encodeValue(value) {
  const text = encodeURI(typeof value === 'string' ? value : JSON.stringify(value));
  return text.replace(/[+#&/]|%20|%60|%5E|%7C/g, (found) => ESCAPES[found]);
}

const encodeName = (name) => encodeValue(name).replaceAll('=', '%3D');

function encodeEntry([name, value]) {
  const given = ['number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : value;
  if (!given) return encodeName(name);
  return [given]
    .flat()
    .map((one) => `${encodeName(name)}=${encodeValue(one)}`)
    .join('&');
}

function decode(text) {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** An object of pairs. A name that occurs more than once has a list of values. */
export function grouped(pairs) {
  const lists = new Map();
  for (const [name, value] of pairs) {
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  }
  return Object.fromEntries([...lists].map(([name, list]) => [name, list.length > 1 ? list : list[0]]));
}

const parseQuery = (text) =>
  grouped([...text.matchAll(/([^&=]+)=?([^&]*)/g)].map(([, name, value]) => [decode(name), decode(value)]));

/** Adds a query to that of a URL. It replaces values of the same names. */
export function withQuery(url, query) {
  const [start, given = '', hash = ''] = partsOf(url);
  const entries = Object.entries({ ...parseQuery(given), ...query });
  const text = entries
    .filter(([, value]) => value !== undefined)
    .map(encodeEntry)
    .filter(Boolean)
    .join('&');
  return `${start}${text && '?'}${text}${hash}`;
}
