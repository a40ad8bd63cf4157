// Reads tokens from replies and records, and makes the objects that the app sees. They stay in JavaScript, so that the text of tokens
// crosses to Rust only when they change.

import {
  CLAIM_WORDS,
  TOKEN_BITS_END_IS_DATE,
  TOKEN_BITS_HAS_REFRESH_TOKEN,
  TOKEN_BITS_IS_STORED,
  TOKEN_BITS_REFRESH_END_IS_DATE,
  TOKEN_BITS_REFRESH_SERVER_END_IS_DATE,
  TOKEN_BITS_SERVER_END_IS_DATE,
  TOKEN_NUMBER_WORDS,
} from '../boundary.js';
import { report } from '../error/app-code.js';
import { redact, secretsOf } from '../error/redact.js';
import { at, isObject } from '../options/path.js';
import { withoutHarm } from '../platform/harmless.js';

const text = (...values) => values.find((value) => typeof value === 'string' && value !== '');

/** A number, also if a server sends it as text. */
export function number(value) {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isFinite(given) ? given : undefined;
}

/** Whether a moment is given as a date. A number may be in seconds or in ms, which Rust decides. */
const isDate = (value) => value instanceof Date || (typeof value === 'string' && number(value) === undefined);

const momentOf = (value) => {
  if (!isDate(value)) return value;
  return value instanceof Date ? value.getTime() : Date.parse(value);
};

/** The claims of a JWT (RFC 7519 §3), unverified; an empty object if the token is no JWT. */
function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) ?? {};
  } catch {
    return {};
  }
}

/**
 * The text of a claim that holds one name, which may also be in a list or the key of an object. `undefined` if it holds several: such
 * claims list the user's groups, which change although the user stays the same.
 */
function named(claim) {
  const names = [isObject(claim) && !Array.isArray(claim) ? Object.keys(claim) : claim].flat();
  return names.length === 1 && (names[0] ?? '') !== '' ? JSON.stringify(names) : undefined;
}

/** The field of a record that holds what only this package needs. */
export const META = 'apifetch';

/** Random numbers that tell tokens in cookies from those before, as their text can not be seen. */
const marks = new WeakMap();

export const markOf = (tokens) => marks.get(tokens);

/** The mark of cookies of which nothing has been stored yet. */
export const UNSTORED = 0;

const TOKENS = ['accessToken', 'refreshToken', 'expiresAt', 'refreshExpiresAt'];

/** The values of a reply or a record as they were found. What the times mean is decided in Rust. */
class Fields {
  /** Set if the tokens are in cookies. */
  mark;
  /** The claims that tell the user, in the order of `CLAIM_WORDS`; only the first, if the app has an `identity` function. */
  claims;

  constructor(source, { reply, identity }, ahead, isStored) {
    this.identity = identity;
    this.serverAhead = ahead;
    const meta = source[META] ?? {};
    const isOurs = source[META] !== undefined;
    const { values, others } = isOurs ? { values: {}, others: { ...source } } : reply.read(source);
    const { accessToken, refreshToken, expiresIn, expiresAt, refreshExpiresIn, refreshExpiresAt, ...own } =
      values;
    // The names of `Tokens` itself are understood in any reply.
    const [access, refresh, end, refreshEnd] = TOKENS.map((name) => others[name]);
    for (const name of [META, 'toJSON', ...TOKENS]) delete others[name];
    this.others = withoutHarm({ ...others, ...own });
    this.access = text(accessToken, access);
    this.refresh = text(refreshToken, refresh);
    const claims = claimsOf(this.access ?? '');
    this.claims = CLAIM_WORDS.map((path) => named(at(claims, path)));
    this.jwtEnd = claims.exp;
    this.jwtStart = claims.iat;
    this.user = meta.user;
    this.login = meta.login;
    this.storedMark = meta.mark;
    this.keptLifetime = meta.lifetime;
    this.expiresIn = expiresIn;
    this.end = momentOf(end);
    this.serverEnd = momentOf(expiresAt);
    this.refreshExpiresIn = refreshExpiresIn;
    this.refreshEnd = momentOf(refreshEnd);
    this.refreshServerEnd = momentOf(refreshExpiresAt);
    this.bits =
      (isDate(end) << TOKEN_BITS_END_IS_DATE) |
      (isDate(expiresAt) << TOKEN_BITS_SERVER_END_IS_DATE) |
      (isDate(refreshEnd) << TOKEN_BITS_REFRESH_END_IS_DATE) |
      (isDate(refreshExpiresAt) << TOKEN_BITS_REFRESH_SERVER_END_IS_DATE) |
      ((this.refresh !== undefined) << TOKEN_BITS_HAS_REFRESH_TOKEN) |
      (isStored << TOKEN_BITS_IS_STORED);
  }

  /** One number by `TokenNumber`; NaN if there is none. */
  number(which) {
    return Number(number(this[TOKEN_NUMBER_WORDS[which]]));
  }

  /** A text that is different for different tokens; `undefined` for cookies that were never stored. */
  get text() {
    if (this.mark === undefined) return `${this.access} ${this.refresh}`;
    return this.mark === UNSTORED ? undefined : `cookie ${this.mark}`;
  }

  claim(which) {
    return this.claims[which];
  }

  /** The `Tokens` that the app sees. Fields that a refresh leaves out keep their old values, except for the times. */
  complete(before, end, refreshEnd) {
    const { accessToken, expiresAt, refreshExpiresAt, ...kept } = before ?? {};
    this.refresh ??= kept.refreshToken;
    const said = {
      ...this.others,
      accessToken: this.access,
      refreshToken: this.refresh,
      expiresAt: number(end),
      refreshExpiresAt: number(refreshEnd),
    };
    const isSaid = ([, value]) => value !== undefined;
    const tokens = { ...kept, ...Object.fromEntries(Object.entries(said).filter(isSaid)) };
    marks.set(tokens, this.mark);
    this.#identify(Object.freeze(tokens));
    return tokens;
  }

  /** Asks the app's `identity` function whose tokens these are, if there is one. */
  #identify(tokens) {
    if (!this.identity) return;
    try {
      const subject = this.identity(tokens) ?? '';
      this.claims = [text(typeof subject === 'number' ? String(subject) : subject)];
      // Converted to a text, an object would be the same for all users.
      if (this.claims[0] === undefined && subject !== '')
        throw new TypeError('session.identity must give a string, and at once');
    } catch (error) {
      this.claims = [];
      report(redact(error, secretsOf(tokens)));
    }
  }
}

/**
 * Reads the tokens of a reply or a record.
 *
 * @param ahead how far the server's clock is ahead of this machine's, in ms, if that is known
 * @returns `undefined` if there is no access token, unless tokens are in cookies
 */
export function readReply(reply, settings, ahead = undefined, isStored = false) {
  const source = reply ?? (settings.isTokenless ? {} : undefined);
  if (typeof source !== 'object') return settings.isTokenless ? readReply({}, settings, ahead) : undefined;
  if (source === null) return undefined;
  const fields = new Fields(source, settings, ahead, isStored);
  if (settings.isTokenless && fields.access === undefined) {
    fields.mark = number(fields.storedMark) ?? newMark();
    return fields;
  }
  // A text that can not be put into a header is no token. The platform's error about it would show it.
  return /^(?!(?:undefined|null)$)[\t\x20-\x7e\x80-\xff]+$/.test(fields.access ?? '') ? fields : undefined;
}

/** A random number for a user, a login or cookies of which nothing is known but that they are new. */
export const newMark = () => 1 + Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER - 1));
