// What a caller asks for: read once, each getter once.

import {
  BODY_KIND_PLAIN,
  FACTS_BODY,
  FACTS_GOES_WITHOUT_SESSION,
  FACTS_HAS_BASE,
  FACTS_HAS_OWN_FETCH,
  FACTS_IGNORES_ERRORS,
  FACTS_IS_HOOKED,
  FACTS_METHOD,
  FACTS_READER,
  FACTS_REPLAY,
  METHOD_OTHER,
  METHOD_WORDS,
  READER_BY_CONTENT_TYPE,
  READER_WORDS,
  REPLAY_BY_FUNCTION,
  REPLAY_WORDS,
} from '../boundary.js';
import { extrasOver, hasHooks } from '../options/extras.js';
import { Options, takeHeaders } from '../options/options.js';
import { joinedBefore } from '../platform/joined-urls.js';
import { currentBase } from '../platform/origin.js';
import { copyOf, kindOf } from './body.js';
import { fixedInput, INIT_MEMBERS, initMembersOf, methodOf, referrerOf, urlOf } from './fetch-input.js';

/** The caller's headers over the defaults', in every form that `HeadersInit` knows. */
export function mergeHeaders(defaults, own) {
  // A copy: more headers are added, and tokens.
  if (!defaults) return own && takeHeaders(own);
  const headers = new Headers(defaults);
  for (const [name, value] of own ? takeHeaders(own) : []) headers.set(name, value);
  return headers;
}

/** Methods that change something, after which there is another attempt only where the caller says so. */
const CHANGING = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/** Reads the input and the options; what is wrong with them is thrown. */
export function takeCall(record, input, given, defaults) {
  const own = given === undefined ? defaults : new Options(given);
  record.defaults = defaults;
  record.firstOwn = own;
  record.firstInput = fixedInput(input);
  if (own !== defaults) {
    if (!['undefined', 'boolean'].includes(typeof own.session))
      throw new TypeError('session can only be true or false for a single request');
    if (own.envelope !== undefined)
      throw new TypeError('envelope belongs to the defaults of an instance, not to a single request');
    if (own.headers) own.headers = takeHeaders(own.headers);
  }
  layOut(record, record.firstInput, own);
  const isHooked = hasHooks(record.extras);
  // A hook may ask for any URL.
  if (isHooked) record.base = currentBase();
  if ((record.body ?? record.request) && (isHooked || mayBeRetried(record))) keepBody(record, isHooked);
}

/** Whether there may be another attempt. The engine has the last word; what cannot be retried for sure need not be copied. */
function mayBeRetried(record) {
  const retry = record.extras?.retry ?? !CHANGING.has(record.method?.toUpperCase());
  return retry > 0;
}

/** Whatever the caller does with the body from now on, each attempt sends what it is now. A stream can be sent but once. */
function keepBody(record, isHooked) {
  const { request, body } = record;
  if (request) record.firstHeaders = new Headers(givenHeaders(record));
  if (request?.body && !request.bodyUsed && !request.body.locked) {
    record.request = request.clone();
    record.firstInput = record.input = record.request;
  }
  // Without hooks a plain value is text before the call returns.
  if (!isHooked && kindOf(body) === BODY_KIND_PLAIN) return;
  record.firstBody = copyOf(body);
  // Hooks may change what they are shown, for one attempt.
  record.body = isHooked ? copyOf(record.firstBody) : record.firstBody;
}

/** Takes all from the options of a call, or of a hook, and from the defaults beneath them. */
export function layOut(record, input, own, defaults = record.defaults) {
  const isBare = own === defaults;
  takeInput(record, input, own, methodOf(own.method ?? defaults.method)?.toUpperCase());
  record.baseURL = own.baseURL ?? defaults.baseURL;
  record.headers = mergeHeaders(defaults.headers, givenHeaders(record));
  record.signal = own.signal ?? defaults.signal ?? record.request?.signal;
  record.responseType = own.responseType ?? defaults.responseType;
  record.rest = isBare || !own.rest ? defaults.rest : { ...defaults.rest, ...own.rest };
  if (record.request) record.rest = { ...referrerOf(input), ...record.rest };
  record.extras = isBare ? defaults.extras : extrasOver(defaults.extras, own.extras);
  const kept = own === record.firstOwn ? record.firstBody : undefined;
  record.body = (hasHooks(record.extras) ? copyOf(kept) : kept) ?? own.body ?? defaults.body;
  record.replay = own.replay ?? defaults.replay;
  gatherFacts(
    record,
    !isBare && own.session === false,
    own.ignoreResponseError ?? defaults.ignoreResponseError,
  );
}

/** The caller's own, or a hook's. */
export function givenHeaders(record) {
  const { own, defaults, request } = record;
  const held = own === record.firstOwn ? record.firstHeaders : undefined;
  return (own === defaults ? undefined : own.headers) ?? held ?? request?.headers;
}

/**
 * Reads what `fetch` is given: nothing of the defaults applies, and nothing of the `init` is ours.
 *
 * @param base what the page resolved URLs against when the call was made, where that was before
 */
export function takeFetch(record, input, init, defaults, base) {
  const { method, headers, body, signal, ...rest } = initMembersOf(init);
  record.defaults = defaults;
  takeInput(record, input, init, methodOf(method));
  const given = headers === undefined ? record.request?.headers : headers;
  record.headers = given === undefined ? undefined : new Headers(given);
  record.body = body;
  // `null` takes a request away from its own signal.
  record.signal = (signal === undefined ? record.request?.signal : signal) ?? undefined;
  record.rest = signal === null ? { ...rest, signal } : rest;
  // What `fetch` does not know leaves the `Request` as it is, and is passed on.
  const known = [method, headers, body, signal, ...INIT_MEMBERS.map((name) => rest[name])];
  record.isWhole = record.request !== undefined && known.every((value) => value === undefined);
  if (record.isWhole) {
    record.foreignInit = rest;
    record.rest = { ...referrerOf(input), ...rest };
  }
  gatherFacts(record, false, false);
  record.base = base;
}

function takeInput(record, input, own, method) {
  const url = urlOf(input);
  record.input = input;
  record.own = own;
  record.request = url === undefined ? undefined : input;
  // As it is now: a `URL` object may change before the request is sent.
  record.url = url ?? `${input}`;
  record.ownMethod = method;
  // Read here and never again: the engine asks for it, and a getter that throws would stop it.
  record.method = method ?? methodOf(record.request?.method);
}

/** All small facts at once, as bits. They are asked before the engine has the call: a getter or a proxy may throw. */
function gatherFacts(record, withoutSession, ignoresErrors) {
  const method = METHOD_WORDS.indexOf(record.method?.toUpperCase() ?? 'GET');
  const reader = READER_WORDS.indexOf(record.responseType);
  record.replay ??= record.defaults.settings?.replay;
  const replay =
    typeof record.replay === 'function' ? REPLAY_BY_FUNCTION : REPLAY_WORDS.indexOf(record.replay);
  const base = typeof record.input === 'string' ? record.baseURL : undefined;
  const isHooked = hasHooks(record.extras);
  // Hooks are told what was asked for, and may ask for something else.
  const known = base === undefined || isHooked ? undefined : joinedBefore(base, record.url);
  record.url = known ?? record.url;
  record.facts =
    record.shape |
    (kindOf(record.body) << FACTS_BODY) |
    ((method < 0 ? METHOD_OTHER : method) << FACTS_METHOD) |
    ((reader < 0 ? READER_BY_CONTENT_TYPE : reader) << FACTS_READER) |
    (replay << FACTS_REPLAY) |
    (Number(base !== undefined && known === undefined) << FACTS_HAS_BASE) |
    (Number(withoutSession) << FACTS_GOES_WITHOUT_SESSION) |
    (Number(Boolean(ignoresErrors)) << FACTS_IGNORES_ERRORS) |
    (Number(isHooked) << FACTS_IS_HOOKED) |
    (Number(record.defaults.fetch !== undefined) << FACTS_HAS_OWN_FETCH);
}
