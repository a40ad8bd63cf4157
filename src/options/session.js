// `createApiFetch({ session: { … } })`: the kinds and the defaults of all options.

import {
  REFRESH_WAY_ENDPOINT,
  REFRESH_WAY_FUNCTION,
  REFRESH_WAY_NEVER,
  SESSION_NUMBER_WORDS,
  SESSION_TEXT_WORDS,
  STORAGE_PLACE_WORDS,
} from '../boundary.js';
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

/** The number of a storage: that of its place, or, for the app's own, a unique greater one. */
function numberOf(storage) {
  if (typeof storage === 'string') return STORAGE_PLACE_WORDS.indexOf(storage);
  const { storages } = shared;
  if (!storages.has(storage)) storages.set(storage, STORAGE_PLACE_WORDS.length + nextNumber());
  return storages.get(storage);
}

/** The options of a session with their defaults. */
export class SessionSettings {
  /** The token endpoint, if there is one, and how it is called. */
  endpoint;
  /** The parts of the session that outlive the engine. An instance that joins a session gets that session's. */
  resources;

  /**
   * @param defaults what the instance is given besides its session
   * @param api makes an instance with the same options and without the session, for a refresh function
   * @throws TypeError that names the option that is wrong
   */
  constructor(given, { baseURL, fetch, envelope }, api) {
    Object.assign(this, check(given, 'session', SESSION));
    const { refresh, key, attach } = this;
    /** Whether the tokens are in cookies, which scripts can not read. */
    this.isTokenless = attach === 'none';
    this.attach = attachOf(attach);
    this.skips = skipOf(this.skip);
    this.hasSkipRules = this.skip !== undefined && this.skip.length > 0;
    this.expired = verdictOf('session.expired', this.expired, [401]);
    this.refused = verdictOf('session.refused', this.refused);
    this.reply = new ReplyFields(this.fields, envelope?.data);
    const { limit, timeout } = check(this.queue, 'session.queue', QUEUE);
    this.queueLimit = limit;
    this.queueTimeout = timeout;
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
  }

  number(which) {
    return Number(this[SESSION_NUMBER_WORDS[which]]);
  }

  text(which) {
    return this[SESSION_TEXT_WORDS[which]];
  }

  get storageNumber() {
    return numberOf(this.storage);
  }

  get refreshWay() {
    if (this.endpoint) return REFRESH_WAY_ENDPOINT;
    return this.refresh ? REFRESH_WAY_FUNCTION : REFRESH_WAY_NEVER;
  }

  get presentsRefreshToken() {
    return ['oauth', 'json'].includes(this.endpoint?.body);
  }

  get driverNumber() {
    return this.resources.driver;
  }

  get keyText() {
    return typeof this.key === 'string' ? this.key : JSON.stringify(Object.entries(this.key).sort());
  }

  /** The URL of the token endpoint, unless a function of the app's gives it. */
  get refreshURL() {
    const url = this.endpoint?.url;
    return typeof url === 'string' ? url : undefined;
  }

  get refreshOrigin() {
    const url = this.refreshURL;
    return (url && originOf(url)) || undefined;
  }

  /** Joins the endpoint's URL to the base URL. */
  join(cutBase, cutRequest, hasSlash) {
    this.endpoint.url = joined(this.baseURL, this.endpoint.url, cutBase, cutRequest, hasSlash);
  }
}

/** The options of a token endpoint, which may be given as its URL only. */
function endpointOf(given, isTokenless) {
  if (typeof given !== 'string' && typeof given !== 'object') {
    throw new TypeError(
      'session.refresh must be a URL, an object with a url, a function, or false for never',
    );
  }
  const isUrl = typeof given === 'string' || given instanceof URL;
  const checked = check(isUrl ? { url: String(given) } : given, 'session.refresh', REFRESH);
  if (checked.url === undefined) throw new TypeError('session.refresh.url is missing');
  // With tokens in cookies there is no refresh token to send.
  checked.body ??= isTokenless ? 'none' : 'oauth';
  // In upper case as for requests: the platform sends `patch` as it is, which is not `PATCH` for a server.
  checked.method = checked.method.toUpperCase();
  if (/^(GET|HEAD)$/.test(checked.method) && checked.body !== 'none')
    throw new TypeError(`session.refresh.body must be 'none' with ${checked.method}`);
  return checked;
}
