// Tokens: read from replies and records, and kept as objects of JavaScript's own, so that their text crosses only when they change.

const text = (...values) => values.find((value) => typeof value === 'string' && value !== '');

/** A number, also where a server sends it as text. */
export function number(value) {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isFinite(given) ? given : undefined;
}

const milliseconds = (seconds) => (number(seconds) === undefined ? undefined : number(seconds) * 1000);

/** The claims of a JWT (RFC 7519 §3), unverified; none when it is no JWT. */
function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) ?? {};
  } catch {
    return {};
  }
}

/** Where a record keeps what only this package needs, beside the tokens. */
export const META = 'apifetch';

/** What a reply or a record says, by the names of RFC 6749 §5.1 or those of `Tokens`. Spans and moments in ms. */
class Fields {
  constructor(source) {
    const meta = source[META] ?? {};
    // Getters are asked here, before the engine has it.
    this.source = { ...source };
    this.access = text(source.access_token, source.accessToken);
    this.refresh = text(source.refresh_token, source.refreshToken);
    const claims = claimsOf(this.access ?? '');
    this.lifetime =
      number(meta.lifetime) ?? milliseconds(source.expires_in) ?? milliseconds(claims.exp - claims.iat);
    this.end = number(source.expiresAt);
    this.user = number(meta.user);
    this.login = number(meta.login);
    this.subject = ['string', 'number'].includes(typeof claims.sub)
      ? `${text(claims.iss)} ${claims.sub}`
      : undefined;
  }

  /** Lifetime, end, user, whether there is a refresh token, and login, by their place. */
  number(place) {
    return Number([this.lifetime, this.end, this.user, this.refresh !== undefined, this.login][place]);
  }

  /** What tells these tokens from others, and whose they are, by their place. */
  text(place) {
    return [`${this.access} ${this.refresh}`, this.subject][place];
  }

  /** The `Tokens` that the app sees. What a refresh leaves out keeps its old value, times excepted. */
  complete(before, now, end) {
    const {
      access_token,
      refresh_token,
      expires_in,
      refresh_expires_in,
      [META]: meta,
      ...others
    } = this.source;
    const { expiresAt: oldEnd, refreshExpiresAt: oldRefreshEnd, ...kept } = before ?? {};
    this.refresh ??= kept.refreshToken;
    const tokens = { ...kept, ...others, accessToken: this.access, refreshToken: this.refresh };
    tokens.expiresAt = number(end);
    tokens.refreshExpiresAt ??= number(now + milliseconds(refresh_expires_in));
    for (const name in tokens) if (tokens[name] === undefined) delete tokens[name];
    return Object.freeze(tokens);
  }
}

/** Reads a reply; `undefined` when it holds no access token. */
export function readReply(reply) {
  const fields = typeof reply === 'object' && reply ? new Fields(reply) : undefined;
  // What can not stand in a header is no token, and must not come to light in the platform's complaint.
  return fields && /^[\t\x20-\x7e\x80-\xff]+$/.test(fields.access ?? '') ? fields : undefined;
}

/** A mark for somebody or something of which nothing is known but that it is not the one before. */
export const newMark = () => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
