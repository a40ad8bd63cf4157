// Reads a call's input and options. Each getter is called once.

import {
  BODY_KIND_PLAIN,
  FACTS_BODY,
  FACTS_GOES_WITHOUT_SESSION,
  FACTS_HAS_BASE,
  FACTS_HAS_OWN_FETCH,
  FACTS_HAS_SIGNAL,
  FACTS_IGNORES_ERRORS,
  FACTS_IS_HOOKED,
  FACTS_IS_WITHOUT_CORS,
  FACTS_MAY_BE_SKIPPED,
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
import {
  fixedInput,
  INIT_MEMBERS,
  initMembersOf,
  isWithoutCors,
  methodOf,
  referrerOf,
  urlOf,
} from './fetch-input.js';

/** The caller's headers over the defaults', in any form of `HeadersInit`. */
export function mergeHeaders(defaults, own) {
  // A copy, as more headers are added later.
  if (!defaults) return own && takeHeaders(own);
  const headers = new Headers(defaults);
  for (const [name, value] of own ? takeHeaders(own) : []) headers.set(name, value);
  return headers;
}

/** Methods that change something. After a failure there is another attempt only if the caller asks for it. */
const CHANGING = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/** Reads the input and the options, and throws if they are wrong. */
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
  takeOptions(record, record.firstInput, own);
  const isHooked = hasHooks(record.extras);
  // A hook may change the URL, so that the base is needed in any case.
  if (isHooked) record.base = currentBase();
  if ((record.body ?? record.request) && (isHooked || mayBeRetried(record))) keepBody(record, isHooked);
}

/** Whether there may be another attempt. Rust decides that later; this only saves copying a body that is surely sent once. */
function mayBeRetried(record) {
  const retry = record.extras?.retry ?? !CHANGING.has(record.method?.toUpperCase());
  return retry > 0;
}

/** Copies the body, so that each attempt sends what it is now even if the caller changes it. A stream can be sent only once. */
function keepBody(record, isHooked) {
  const { request, body } = record;
  if (request) record.firstHeaders = new Headers(givenHeaders(record));
  if (request?.body && !request.bodyUsed && !request.body.locked) {
    record.request = request.clone();
    record.firstInput = record.input = record.request;
  }
  // Without hooks, a plain value is converted to text before the call returns.
  if (!isHooked && kindOf(body) === BODY_KIND_PLAIN) return;
  record.firstBody = copyOf(body);
  // Hooks may change the body that they see, for one attempt.
  record.body = isHooked ? copyOf(record.firstBody) : record.firstBody;
}

/** Takes the options of a call or of a hook, with the defaults under them. */
export function takeOptions(record, input, own, defaults = record.defaults) {
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

/** The headers of the call, or of a hook's options. */
export function givenHeaders(record) {
  const { own, defaults, request } = record;
  const held = own === record.firstOwn ? record.firstHeaders : undefined;
  return (own === defaults ? undefined : own.headers) ?? held ?? request?.headers;
}

/**
 * Reads the arguments of `api.fetch`. The instance's defaults do not apply, and all members of the `init` are passed on.
 *
 * @param base the base that the page resolved URLs against when the call was made, if that was earlier
 */
export function takeFetch(record, input, init, defaults, base) {
  const { method, headers, body, signal, ...rest } = initMembersOf(init);
  record.defaults = defaults;
  takeInput(record, input, init, methodOf(method));
  const given = headers === undefined ? record.request?.headers : headers;
  record.headers = given === undefined ? undefined : new Headers(given);
  record.body = body;
  // `null` means: not even the signal of the `Request`.
  record.signal = (signal === undefined ? record.request?.signal : signal) ?? undefined;
  record.rest = signal === null ? { ...rest, signal } : rest;
  // Members that `fetch` does not know do not change the `Request`, and are passed on.
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
  // As a string, because a `URL` object may change before the request is sent.
  record.url = url ?? `${input}`;
  record.ownMethod = method;
  // Read once, here: the engine asks for it later, and would trap if a getter threw.
  record.method = method ?? methodOf(record.request?.method);
}

/** Whether the session may be told to leave it out: without a list to `skip` only the signal of a refresh function does so. */
const mayBeSkipped = ({ signal, defaults: { settings } }) =>
  settings !== undefined && (settings.hasSkipRules || signal !== undefined);

/** Makes the bits of `Facts`, before the engine has the call, as a getter or a proxy may throw. */
function gatherFacts(record, withoutSession, ignoresErrors) {
  const method = METHOD_WORDS.indexOf(record.method?.toUpperCase() ?? 'GET');
  const reader = READER_WORDS.indexOf(record.responseType);
  record.replay ??= record.defaults.settings?.replay;
  const replay =
    typeof record.replay === 'function' ? REPLAY_BY_FUNCTION : REPLAY_WORDS.indexOf(record.replay);
  const base = typeof record.input === 'string' ? record.baseURL : undefined;
  const isHooked = hasHooks(record.extras);
  // Hooks see the URL as the caller gave it, and may change it before it is joined.
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
    (Number(record.defaults.fetch !== undefined) << FACTS_HAS_OWN_FETCH) |
    (Number(record.signal !== undefined) << FACTS_HAS_SIGNAL) |
    (Number(mayBeSkipped(record)) << FACTS_MAY_BE_SKIPPED) |
    (Number(record.defaults.settings !== undefined && isWithoutCors(record)) << FACTS_IS_WITHOUT_CORS);
}
