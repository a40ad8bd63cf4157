// `createApiFetch({ session: { … } })`: what each option may be, and what it is when it is not given.

import { SessionResources } from '../driver/resources.js';
import { joined } from '../platform/joined-urls.js';
import { originOf } from '../platform/origin.js';
import { nextNumber, shared } from '../platform/page.js';
import { attachOf } from './attach.js';
import { check } from './check.js';
import { ReplyFields } from './fields.js';
import { skipOf } from './skip.js';
import { verdictOf } from './verdicts.js';

// For each option its kind and its default, as `check.js` reads them.
const SESSION =
  'storage:storage=local key:key=apifetch.tokens attach:any origins:origins fields:any skip:any expired:any ' +
  'refreshBefore:number=30 refresh:any refused:any refreshTimeout:number=10000 refreshRetry:number=2 ' +
  'replay:replay withdraw:flag=true queue:object crossTab:flag=true identity:function ' +
  'onRefresh:function onSignOut:function';
const QUEUE = 'limit:number=10000 timeout:number=30000';
const KEY = 'access:text refresh:text expiresAt:text';
const REFRESH =
  "url:place method:method=POST headers:headers body:body credentials:'omit'|'same-origin'|'include' redirect:'manual'|'follow'=manual clientId:text scope:text attach:flag=false";

// The engine knows these by their place; storages of the app's have numbers after them.
const STORAGES = ['local', 'session', 'memory'];
const NEVER = 0;
const CALL = 1;
const FUNCTION = 2;

function numberOf(storage) {
  if (typeof storage === 'string') return STORAGES.indexOf(storage);
  const { storages } = shared;
  if (!storages.has(storage)) storages.set(storage, STORAGES.length + nextNumber());
  return storages.get(storage);
}

/** The options of a session, complete. */
export class SessionSettings {
  /** A token endpoint, and how it is called. */
  endpoint;
  /** What of the session outlives the engine; an instance that joins one has that one's. */
  resources;

  /**
   * @param defaults what the instance is given besides its session
   * @param api makes the same instance without the session, for a refresh function
   * @throws TypeError that names the option that is wrong
   */
  constructor(given, { baseURL, fetch, envelope }, api) {
    Object.assign(this, check(given, 'session', SESSION));
    const { refresh, key, attach } = this;
    /** Whether the tokens are in cookies, which nobody here can see. */
    this.isTokenless = attach === 'none';
    this.attach = attachOf(attach);
    this.skips = skipOf(this.skip);
    this.expired = verdictOf('session.expired', this.expired, [401]);
    this.refused = verdictOf('session.refused', this.refused);
    this.reply = new ReplyFields(this.fields, envelope?.data);
    this.limits = check(this.queue, 'session.queue', QUEUE);
    this.envelope = envelope;
    this.baseURL = baseURL;
    this.fetch = fetch;
    this.api = api;
    if (typeof key === 'object') {
      this.key = check(key, 'session.key', KEY);
      const names = Object.values(this.key).filter((name) => name !== undefined);
      if (new Set(names).size !== names.length)
        throw new TypeError('session.key must name each value another way');
      if (this.key.access === undefined || this.isTokenless)
        throw new TypeError(
          "session.key must name where the access token is, and can not with attach: 'none'",
        );
    }
    if (typeof refresh !== 'function' && refresh !== false)
      this.endpoint = endpointOf(refresh, this.isTokenless);
    this.resources = new SessionResources(this);
  }

  number(place) {
    const way = this.endpoint ? CALL : this.refresh ? FUNCTION : NEVER;
    return Number(
      [
        numberOf(this.storage),
        way,
        this.refreshBefore * 1000,
        this.refreshTimeout,
        this.refreshRetry,
        this.withdraw,
        this.limits.limit,
        this.limits.timeout,
        this.crossTab,
        ['oauth', 'json'].includes(this.endpoint?.body),
        this.resources.host,
      ][place],
    );
  }

  text(place) {
    const url = this.#fixedUrl();
    const key = typeof this.key === 'string' ? this.key : JSON.stringify(Object.entries(this.key).sort());
    return [this.baseURL, url, key, (url && originOf(url)) || undefined][place];
  }

  #fixedUrl() {
    const url = this.endpoint?.url;
    return typeof url === 'string' ? url : undefined;
  }

  /** Joins the endpoint's URL to the base. */
  join(cutBase, cutRequest, hasSlash) {
    this.endpoint.url = joined(this.baseURL, this.endpoint.url, cutBase, cutRequest, hasSlash);
  }
}

/** A token endpoint, given as its URL or as an object. */
function endpointOf(given, isTokenless) {
  if (typeof given !== 'string' && typeof given !== 'object') {
    throw new TypeError(
      'session.refresh must be a URL, an object with a url, a function, or false for never',
    );
  }
  const isUrl = typeof given === 'string' || given instanceof URL;
  const checked = check(isUrl ? { url: String(given) } : given, 'session.refresh', REFRESH);
  if (checked.url === undefined) throw new TypeError('session.refresh.url is missing');
  // Without a token there is none to present.
  checked.body ??= isTokenless ? 'none' : 'oauth';
  // As requests are: a server may well tell `patch` from `PATCH`.
  checked.method = checked.method.toUpperCase();
  if (/^(GET|HEAD)$/.test(checked.method) && checked.body !== 'none')
    throw new TypeError(`session.refresh.body must be 'none' with ${checked.method}`);
  return checked;
}
