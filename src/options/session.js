// `createApiFetch({ session: { … } })`: what each option may be, and what it is when it is not given.

import { joined } from '../web/join.js';
import { originOf } from '../web/origin.js';
import { attachOf } from './attach.js';
import { check } from './check.js';
import { skipOf } from './skip.js';
import { verdictOf } from './verdicts.js';

// For each option its kind and its default, as `check.js` reads them.
const SESSION =
  "storage:'local'|'session'|'memory'=local key:text=apifetch.tokens attach:any origins:origins " +
  'refreshBefore:number=30 refresh:any refreshTimeout:number=10000 refreshRetry:number=2 withdraw:flag=true ' +
  'queue:object crossTab:flag=true onRefresh:function onSignOut:function ' +
  'expired:any fields:later skip:any refused:later replay:replay identity:later';
const QUEUE = 'limit:number=10000 timeout:number=30000';
const REFRESH =
  "url:text method:text=POST headers:headers body:'oauth' credentials:text clientId:text scope:text attach:later";

// The engine knows these by their place.
const STORAGES = ['local', 'session', 'memory'];
const NEVER = 0;
const CALL = 1;
const FUNCTION = 2;

/** The options of a session, complete. */
export class SessionSettings {
  /** A token endpoint, and how it is called. */
  endpoint = undefined;

  /**
   * @param defaults what the instance is given besides its session
   * @param api makes the same instance without the session, for a refresh function
   * @throws TypeError that names the option that is wrong
   */
  constructor(given, { baseURL, fetch }, api) {
    Object.assign(this, check(given, 'session', SESSION));
    this.attach = attachOf(this.attach);
    this.skips = skipOf(this.skip);
    this.expired = verdictOf('session.expired', this.expired, [401]);
    this.limits = check(this.queue, 'session.queue', QUEUE);
    this.baseURL = baseURL;
    this.fetch = fetch;
    this.api = api;
    const { refresh } = this;
    if (typeof refresh !== 'function' && refresh !== false) this.endpoint = endpointOf(refresh);
  }

  number(place) {
    const way = this.endpoint ? CALL : this.refresh ? FUNCTION : NEVER;
    return Number(
      [
        STORAGES.indexOf(this.storage),
        way,
        this.refreshBefore * 1000,
        this.refreshTimeout,
        this.refreshRetry,
        this.withdraw,
        this.limits.limit,
        this.limits.timeout,
        this.crossTab,
      ][place],
    );
  }

  text(place) {
    const url = this.endpoint?.url;
    return [this.baseURL, url, this.key, url && originOf(url)][place];
  }

  /** Joins the endpoint's URL to the base. */
  join(cutBase, cutRequest, hasSlash) {
    this.endpoint.url = joined(this.baseURL, this.endpoint.url, cutBase, cutRequest, hasSlash);
  }
}

/** A token endpoint, given as its URL or as an object. */
function endpointOf(given) {
  if (typeof given !== 'string' && typeof given !== 'object') {
    throw new TypeError(
      'session.refresh must be a URL, an object with a url, a function, or false for never',
    );
  }
  const checked = check(typeof given === 'string' ? { url: given } : given, 'session.refresh', REFRESH);
  if (checked.url === undefined) throw new TypeError('session.refresh.url is missing');
  return checked;
}
