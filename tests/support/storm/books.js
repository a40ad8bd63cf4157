/** The books of one life: whose each token is, who presented which, what arrived and how it ended. They are the judge. */

/**
 * @typedef {{ user: string, refresh: string, isDead: boolean, isRejected: boolean, isUsed: boolean, endsAt: number }} Access
 * @typedef {{ user: string, family: number, access: string, isSpent: boolean }} Refresh
 * @typedef {{ id: number, user: string, status: number, how: 'open' | 'sent' | 'broken' }} Arrival
 * @typedef {{ token: string, nonce: string, isExplained: boolean, hasRotated: boolean, isOpen: boolean, together: string[] }} Presentation
 */

const encode = (/** @type {object} */ part) => Buffer.from(JSON.stringify(part)).toString('base64url');

export class Books {
  /** @type {Map<string, Access>} */
  access = new Map();
  /** @type {Map<string, Refresh>} */
  refresh = new Map();
  /** @type {Set<number>} families of refresh tokens of which a spent one was presented */
  revoked = new Set();
  /** @type {Arrival[]} */
  arrivals = [];
  /** @type {Presentation[]} */
  presentations = [];
  /** @type {string[]} what is wrong by the server's own knowledge */
  faults = [];
  reused = 0;
  /** @type {import('./judge.js').Ledger[]} what the tabs of the life say of it */
  ledgers = [];
  /** @type {(() => void)[]} */
  #waiting = [];
  open = 0;
  #serial = 0;

  constructor(/** @type {string} */ realm) {
    this.realm = realm;
  }

  /** A login, or the next tokens of one. */
  issue(/** @type {string} */ user, /** @type {number} */ lifetime, family = ++this.#serial) {
    const now = Date.now();
    const claims = {
      iss: this.realm,
      sub: user,
      jti: ++this.#serial,
      iat: now / 1000,
      exp: now / 1000 + lifetime,
    };
    const access = `${encode({ alg: 'none' })}.${encode(claims)}.x`;
    const refresh = `refresh-${user}-${family}-${this.#serial}`;
    this.access.set(access, {
      user,
      refresh,
      isDead: false,
      isRejected: false,
      isUsed: false,
      endsAt: now + lifetime * 1000,
    });
    this.refresh.set(refresh, { user, family, access, isSpent: false });
    return { access_token: access, refresh_token: refresh, expires_in: lifetime, user };
  }

  isGood(/** @type {Access} */ access) {
    return !access.isDead && access.endsAt > Date.now();
  }

  /** All access tokens that somebody has used die. */
  expire() {
    for (const access of this.access.values()) access.isDead ||= access.isUsed;
  }

  /**
   * A refresh token is presented.
   *
   * @param {string} token
   * @param {string} nonce what names this very presentation
   */
  present(token, nonce) {
    const access = this.access.get(this.refresh.get(token)?.access ?? '');
    const others = this.presentations.filter((one) => one.token === token);
    /** @type {Presentation} */
    const presentation = {
      ...{ token, nonce, hasRotated: false, isOpen: true },
      // Its access token was rejected, or is at its end; or this is another try.
      isExplained:
        Boolean(access && (access.isRejected || access.endsAt < Date.now() + 60_000)) || others.length > 0,
      together: others.filter(({ isOpen }) => isOpen).map((one) => one.nonce),
    };
    this.presentations.push(presentation);
    return presentation;
  }

  /** Takes a presented token for new ones; nothing where it is none, or is spent, which ends its family. */
  rotate(/** @type {Presentation} */ presentation, /** @type {number} */ lifetime) {
    const refresh = this.refresh.get(presentation.token);
    if (!refresh || this.revoked.has(refresh.family)) return undefined;
    if (refresh.isSpent) {
      this.reused += 1;
      this.revoked.add(refresh.family);
      for (const [token, { family }] of this.refresh) {
        const access = this.access.get(this.refresh.get(token)?.access ?? '');
        if (family === refresh.family && access) access.isDead = true;
      }
      return undefined;
    }
    refresh.isSpent = true;
    presentation.hasRotated = true;
    return this.issue(refresh.user, lifetime, refresh.family);
  }

  /** A request arrives; what it says of itself is held against its token. */
  arrive(
    /** @type {{ id: number, user: string, token: string | undefined, isBare: boolean, isJudged: boolean }} */ request,
  ) {
    const { id, user, token, isBare, isJudged } = request;
    const access = token === undefined ? undefined : this.access.get(token);
    if (access) access.isUsed = true;
    if (token !== undefined && !access) this.faults.push(`#${id} carries a token that nobody was given`);
    if (isBare && access) this.faults.push(`#${id} carries a token though it wants none`);
    if (!isBare && isJudged) {
      if (access && access.user !== user)
        this.faults.push(`#${id}, asked under ${user}, was sent as ${access.user}`);
      if (!access && user !== '-') this.faults.push(`#${id}, asked under ${user}, was sent bare`);
    }
    /** @type {Arrival} */
    const arrival = { id, user, status: 0, how: 'open' };
    this.arrivals.push(arrival);
    this.open += 1;
    return { arrival, access };
  }

  /** An exchange has come to its end, whatever that was. */
  close(/** @type {Arrival} */ arrival, /** @type {'sent' | 'broken'} */ how) {
    if (arrival.how !== 'open') return;
    arrival.how = how;
    this.open -= 1;
  }

  /** Goes on once so many tabs have come here. */
  meet(/** @type {number} */ count, /** @type {() => void} */ go) {
    this.#waiting.push(go);
    if (this.#waiting.length >= count) for (const one of this.#waiting.splice(0)) one();
  }
}
