// Tokens: read from replies and records, and kept as objects of JavaScript's own, so that their text crosses only when they change.

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
import { withoutHarm } from '../options/harmless.js';
import { at, isObject } from '../options/path.js';

const text = (...values) => values.find((value) => typeof value === 'string' && value !== '');

/** A number, also where a server sends it as text. */
export function number(value) {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isFinite(given) ? given : undefined;
}

/** Whether a moment is given as a date, which is in ms. A number may be one of seconds. */
const isDate = (value) => value instanceof Date || (typeof value === 'string' && number(value) === undefined);

const momentOf = (value) => {
  if (!isDate(value)) return value;
  return value instanceof Date ? value.getTime() : Date.parse(value);
};

/** The claims of a JWT (RFC 7519 §3), unverified; none when it is no JWT. */
function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) ?? {};
  } catch {
    return {};
  }
}

/**
 * A claim as a text: a name, in a list or as the key of an object too. Of several nobody knows which is meant: they are what the user
 * is a member of, and change without another user.
 */
function named(claim) {
  const names = [isObject(claim) && !Array.isArray(claim) ? Object.keys(claim) : claim].flat();
  return names.length === 1 && (names[0] ?? '') !== '' ? JSON.stringify(names) : undefined;
}

/** Where a record keeps what only this package needs, beside the tokens. */
export const META = 'apifetch';

/** The marks of tokens that are in cookies: what tells them from those before. */
const marks = new WeakMap();

export const markOf = (tokens) => marks.get(tokens);

/** The mark of cookies of which nothing has been stored yet. */
export const UNSTORED = 0;

const TOKENS = ['accessToken', 'refreshToken', 'expiresAt', 'refreshExpiresAt'];

/** What a reply or a record says, as it says it. What its times mean, Rust decides. */
class Fields {
  /** Of tokens that are in cookies. */
  mark;
  /** Whose they are, by the places of `CLAIM_WORDS`; the app's own word stands in the first. */
  claims;

  constructor(source, { reply, identity }, ahead, isStored) {
    this.identity = identity;
    this.serverAhead = ahead;
    const meta = source[META] ?? {};
    const isOurs = source[META] !== undefined;
    const { values, others } = isOurs ? { values: {}, others: { ...source } } : reply.read(source);
    const { accessToken, refreshToken, expiresIn, expiresAt, refreshExpiresIn, refreshExpiresAt, ...own } =
      values;
    // `Tokens` as they are will do.
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

  /** A number; NaN where there is none. */
  number(which) {
    return Number(number(this[TOKEN_NUMBER_WORDS[which]]));
  }

  /** What tells these tokens from others. Of cookies that were never stored nothing is known. */
  get text() {
    if (this.mark === undefined) return `${this.access} ${this.refresh}`;
    return this.mark === UNSTORED ? undefined : `cookie ${this.mark}`;
  }

  claim(which) {
    return this.claims[which];
  }

  /** The `Tokens` that the app sees. What a refresh leaves out keeps its old value, times excepted. */
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

  /** Whose they are, where the app can tell better than a JWT. */
  #identify(tokens) {
    if (!this.identity) return;
    try {
      const subject = this.identity(tokens) ?? '';
      this.claims = [text(typeof subject === 'number' ? String(subject) : subject)];
      // Any text made of it would be everybody's.
      if (this.claims[0] === undefined && subject !== '')
        throw new TypeError('session.identity must give a string, and at once');
    } catch (error) {
      this.claims = [];
      report(redact(error, secretsOf(tokens)));
    }
  }
}

/**
 * Reads a reply, or a record.
 *
 * @param ahead how far the server's clock is ahead of this machine's, in ms, where that is known
 * @returns `undefined` when it holds no access token, unless tokens are in cookies
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
  // What can not stand in a header is no token, and must not come to light in the platform's complaint.
  return /^(?!(?:undefined|null)$)[\t\x20-\x7e\x80-\xff]+$/.test(fields.access ?? '') ? fields : undefined;
}

/** A mark for somebody or something of which nothing is known but that it is not the one before. */
export const newMark = () => 1 + Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER - 1));
