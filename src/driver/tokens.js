// Tokens: read from replies and records, and kept as objects of JavaScript's own, so that their text crosses only when they change.

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

const milliseconds = (seconds) => (number(seconds) === undefined ? undefined : number(seconds) * 1000);

/** No moment in ms is so early, and none in seconds so late: it lies in 1973, or in 5138. */
const FIRST_MS = 1e11;

/** A moment in ms, given in seconds or ms since the epoch, or as a date in words. */
function moment(value) {
  if (value instanceof Date) return number(value.getTime());
  const given = number(value);
  if (given === undefined) return typeof value === 'string' ? number(Date.parse(value)) : undefined;
  return Math.abs(given) < FIRST_MS ? given * 1000 : given;
}

/** The claims of a JWT (RFC 7519 §3), unverified; none when it is no JWT. */
function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) ?? {};
  } catch {
    return {};
  }
}

/**
 * What tells whose tokens these are: the user and the issuer (RFC 7519 §4.1), the tenant by the names that are in use, and who acts for
 * the user (RFC 8693 §4.1). The engine compares them by their places.
 */
const CLAIMS = 'sub iss org_id organization tid tenant tenant_id act.sub'.split(' ');

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

/** What a reply or a record says. Spans and moments in ms. */
class Fields {
  /** Of tokens that are in cookies. */
  mark;
  /** Of the access token: its lifetime, its end by this machine's clock, its end by the server's, and its lifetime as a JWT. */
  lifetime;
  end;
  serverEnd;
  jwtLifetime;
  /** Whose they are, by the places of `CLAIMS`; the app's own word stands in the first. */
  claims;
  #refreshEnd;
  #refreshLifetime;

  constructor(source, { reply, identity }, ahead, isStored) {
    this.identity = identity;
    this.ahead = ahead;
    this.meta = source[META] ?? {};
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
    this.lifetime = number(this.meta.lifetime) ?? milliseconds(expiresIn);
    const claims = claimsOf(this.access ?? '');
    this.jwtLifetime = milliseconds(claims.exp - claims.iat);
    const serverEnd =
      moment(expiresAt) ?? (claims.iat === undefined || isStored ? milliseconds(claims.exp) : undefined);
    // A stored moment has been there for a while: nobody knows any more how far the server's clock was off.
    this.end = moment(end) ?? (isStored ? serverEnd : undefined);
    this.serverEnd = serverEnd;
    this.#refreshLifetime = milliseconds(refreshExpiresIn);
    this.#refreshEnd = moment(refreshEnd) ?? number(moment(refreshExpiresAt) - (ahead || 0));
    this.claims = CLAIMS.map((path) => named(at(claims, path)));
  }

  /** What the engine may know of it, by its place. */
  number(place) {
    const { lifetime, end, meta, refresh, serverEnd, ahead, jwtLifetime } = this;
    return Number(
      [
        lifetime,
        end,
        number(meta.user),
        refresh !== undefined,
        number(meta.login),
        serverEnd,
        ahead,
        jwtLifetime,
      ][place],
    );
  }

  /** What tells these tokens from others, and whose they are, by their place. */
  text(place) {
    // Of cookies that were never stored nothing is known, and so no text tells them from others.
    const cookie = this.mark === UNSTORED ? undefined : `cookie ${this.mark}`;
    return [this.mark === undefined ? `${this.access} ${this.refresh}` : cookie, ...this.claims][place];
  }

  /** The `Tokens` that the app sees. What a refresh leaves out keeps its old value, times excepted. */
  complete(before, now, end) {
    const { accessToken, expiresAt, refreshExpiresAt, ...kept } = before ?? {};
    this.refresh ??= kept.refreshToken;
    const said = {
      ...this.others,
      accessToken: this.access,
      refreshToken: this.refresh,
      expiresAt: number(end),
      refreshExpiresAt: number(now + this.#refreshLifetime) ?? this.#refreshEnd,
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
    fields.mark = number(fields.meta.mark) ?? newMark();
    return fields;
  }
  // What can not stand in a header is no token, and must not come to light in the platform's complaint.
  return /^(?!(?:undefined|null)$)[\t\x20-\x7e\x80-\xff]+$/.test(fields.access ?? '') ? fields : undefined;
}

/** A mark for somebody or something of which nothing is known but that it is not the one before. */
export const newMark = () => 1 + Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER - 1));
