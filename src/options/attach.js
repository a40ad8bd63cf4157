// `session.attach`: where tokens go in a request. If the request has a value of its own there, that is kept.

import { check } from './check.js';
import { takeHeaders } from './options.js';
import { at } from './path.js';
import { partsOf } from './query.js';

/**
 * `Bearer …` (RFC 6750 §2.1), or another scheme. All calls use the same string, which the engine of JavaScript has to convert only once.
 */
class InHeader {
  isHeader = true;
  name;
  #prefix;
  #tokens;
  #text;

  constructor(name, scheme) {
    this.name = name.toLowerCase();
    this.#prefix = scheme && `${scheme} `;
  }

  isTaken({ headers }) {
    return headers?.has(this.name) ?? false;
  }

  put(call, tokens) {
    // The tokens may be in cookies: then there is none to attach.
    if (tokens.accessToken === undefined) return;
    if (this.#tokens !== tokens) {
      this.#tokens = tokens;
      this.#text = this.#prefix + tokens.accessToken;
    }
    call.setHeader(this.name, this.#text);
  }
}

class InQuery {
  #names;
  #own;

  /** @param names for each parameter, the path of its value in the tokens */
  constructor(names) {
    this.#names = Object.entries(names);
    const forToken = this.#names.filter(([, path]) => path === 'accessToken');
    this.#own = forToken.length > 0 ? forToken : this.#names;
  }

  isTaken({ url }) {
    const query = new URLSearchParams(partsOf(url)[1]);
    return this.#own.some(([name]) => query.has(name));
  }

  /** The values of the tokens that requests contain. */
  valuesIn(tokens) {
    return this.#names.map(([, path]) => at(tokens, path));
  }

  put(call, tokens) {
    const [start, query = '', hash = ''] = partsOf(call.url);
    const given = new URLSearchParams(query);
    const added = new URLSearchParams();
    for (const [name, path] of this.#names) {
      const value = at(tokens, path) ?? undefined;
      if (value !== undefined && !given.has(name)) added.append(name, value);
    }
    // The caller's own query is not encoded again.
    const all = [query, added].filter(String).join('&');
    call.target = { url: `${start}${all && '?'}${all}${hash}` };
  }
}

class Nowhere {
  isTaken() {
    return false;
  }

  put() {}
}

class ByFunction extends Nowhere {
  #attach;

  constructor(attach) {
    super();
    this.#attach = attach;
  }

  /** Always asynchronous, as the app's function may use the session even if it is not async. */
  async put(call, tokens) {
    const context = call.context();
    const given = context.request;
    await this.#attach(context, tokens);
    const { request, options } = context;
    // A new `Request` counts with its URL and headers. If it is still the one that was given, only the options count.
    const isNew = request !== given && typeof request !== 'string' && !(request instanceof URL);
    const url = isNew
      ? request.url
      : typeof request === 'object' && request === given
        ? undefined
        : String(request);
    const headers = isNew ? request.headers : options.headers;
    call.target = { url, headers: takeHeaders(headers, 'session.attach') };
  }
}

const MUST =
  "session.attach must be 'bearer', 'none', { header, scheme }, { query } or a function of the request and the tokens";

/** @throws TypeError if the option is wrong */
export function attachOf(given) {
  if (given === undefined || given === 'bearer') return new InHeader('authorization', 'Bearer');
  if (given === 'none') return new Nowhere();
  if (typeof given === 'function') return new ByFunction(given);
  if (typeof given !== 'object' || given === null) throw new TypeError(MUST);
  const { header, scheme, query } = check(given, 'session.attach', 'header:name scheme:scheme query:texts');
  if ((header === undefined) === (query === undefined)) throw new TypeError(MUST);
  if (scheme !== undefined && query) throw new TypeError('session.attach.scheme goes with a header alone');
  return query ? new InQuery(query) : new InHeader(header, scheme ?? '');
}
