// The answer to a refresh: its facts, which Rust judges, and the errors that are made of it.

import {
  OAUTH_ERROR_WORDS,
  REFRESH_ARRIVAL_IS_ELSEWHERE,
  REFRESH_ARRIVAL_IS_REDIRECTED,
  REFRESH_ARRIVAL_MAY_FOLLOW,
  REFRESH_ARRIVAL_STATUS,
  REFRESH_ARRIVAL_TELLS_REDIRECTS,
  REFRESH_PROBLEM_FAILURE,
  REFRESH_PROBLEM_NO_ANSWER,
  REFRESH_PROBLEM_REDIRECTED,
  REFRESH_PROBLEM_THREW,
  REFRESH_REPLY_ERROR,
  REFRESH_REPLY_HAS_REFUSED_CODE,
  REFRESH_REPLY_IS_ANSWER,
  REFRESH_REPLY_IS_FAILURE,
  REFRESH_REPLY_IS_NAMED_STATUS,
  REFRESH_REPLY_IS_NULL,
  REFRESH_REPLY_IS_REFUSED_BY_APP,
  REFRESH_REPLY_NAMES_STATUSES,
  REFRESH_REPLY_STATUS,
} from '../boundary.js';
import { isConfirmed } from '../error/app-code.js';
import { refreshError } from '../error/errors.js';
import { redact } from '../error/redact.js';
import { harmless } from '../platform/harmless.js';
import { originOf } from '../platform/origin.js';
import { cancelBody } from '../platform/promise.js';
import { clockOf, headerOf, putData, serverAhead, statusOf, waitOf } from '../platform/response.js';

/** Parses JSON. `undefined` if the text is none. */
export function parsed(text) {
  try {
    return JSON.parse(text, harmless);
  } catch {
    return undefined;
  }
}

/** The bits of `RefreshArrival`: what is known before the body is read. */
export function arrivalOf(response, asked, redirect) {
  const status = statusOf(response);
  const { redirected, url } = response;
  const [origin, wanted] = [originOf(url), originOf(asked)];
  // A response that a test made may have no URL, or one that can not be parsed.
  const isElsewhere = Boolean(origin && wanted && origin !== wanted);
  return (
    (status << REFRESH_ARRIVAL_STATUS) |
    (((redirected ?? undefined) !== undefined) << REFRESH_ARRIVAL_TELLS_REDIRECTS) |
    (Boolean(redirected) << REFRESH_ARRIVAL_IS_REDIRECTED) |
    (isElsewhere << REFRESH_ARRIVAL_IS_ELSEWHERE) |
    ((redirect === 'follow') << REFRESH_ARRIVAL_MAY_FOLLOW)
  );
}

/** Takes a `Response` of the endpoint or of the app's function, and returns the bits of `RefreshReply`. */
export function takeAnswer(call, response, reply) {
  call.status = statusOf(response);
  call.response = response;
  call.ahead = serverAhead(response);
  call.wait = waitOf(headerOf(response, 'retry-after'));
  call.failure = call.settings.envelope?.failure(reply);
  return (
    take(call, reply) |
    (1 << REFRESH_REPLY_IS_ANSWER) |
    ((call.failure !== undefined) << REFRESH_REPLY_IS_FAILURE)
  );
}

/** Takes anything else that the app's function has returned, and returns the bits of `RefreshReply`. */
export function takeObject(call, reply) {
  call.ahead = clockOf(reply);
  return take(call, reply) | ((reply === null) << REFRESH_REPLY_IS_NULL);
}

function take(call, reply) {
  call.reply = reply;
  call.code = reply?.error;
  return factsOf(call, reply);
}

/** The bits of `RefreshReply` that a reply and a thrown error have in common. */
function factsOf({ settings, status, code }, reply) {
  const { status: named, codes } = settings.refused;
  const isStatus = status >= 0 && status < 1000;
  return (
    ((isStatus ? status : 0) << REFRESH_REPLY_STATUS) |
    (Math.max(0, OAUTH_ERROR_WORDS.indexOf(code)) << REFRESH_REPLY_ERROR) |
    (Boolean(codes?.match(reply)) << REFRESH_REPLY_HAS_REFUSED_CODE) |
    (Boolean(named) << REFRESH_REPLY_NAMES_STATUSES) |
    (Boolean(named?.includes(status)) << REFRESH_REPLY_IS_NAMED_STATUS)
  );
}

/** Makes an error of a problem, and asks the app whether it means a refusal. Returns the bits of `RefreshReply`. */
export function weigh(call, problem) {
  const { when } = call.settings.refused;
  let facts = 0;
  try {
    const { response, data, error } = explain(call, problem);
    facts = factsOf(call, data);
    const hasCode = facts & (1 << REFRESH_REPLY_HAS_REFUSED_CODE);
    const context = { request: call.url, response, data, error };
    if (!hasCode && when && isConfirmed(() => when(context), call))
      facts |= 1 << REFRESH_REPLY_IS_REFUSED_BY_APP;
    // The app was shown the body, but the error that it gets must not hold it: there may be tokens in it.
    Reflect.deleteProperty(Object(call.response), '_data');
  } catch {
    // An error whose fields can not be read: the bits that are known count.
  }
  return facts;
}

const REDIRECTED =
  "it was answered by a redirect, which only session.refresh.redirect: 'follow' allows, and only within an origin";

/** Makes the error of the call, and returns what the app is asked about. */
function explain(call, problem) {
  const { response, reply: data } = call;
  switch (problem) {
    case REFRESH_PROBLEM_THREW:
      return explainThrown(call);
    case REFRESH_PROBLEM_NO_ANSWER: {
      const error = redact(call.thrown, call.secrets);
      call.error = refreshError(call, response, undefined, error);
      return { error };
    }
    case REFRESH_PROBLEM_REDIRECTED:
      cancelBody(response);
      call.error = refreshError(call, response, undefined, new TypeError(REDIRECTED));
      return { response, error: call.error };
    case REFRESH_PROBLEM_FAILURE:
      call.error = refreshError(call, response, data, undefined, call.failure);
      break;
    default: {
      const noToken = new TypeError('the reply to the refresh holds no access token');
      call.error = response ? refreshError(call, response, data, noToken) : noToken;
    }
  }
  if (response) putData(response, data, false);
  return { response, data, error: call.fields ? undefined : call.error };
}

/** The same for something that was thrown, whose status and `error` may tell what it means. */
function explainThrown(call) {
  const error = redact(call.thrown, call.secrets);
  call.error = error;
  const status = error?.status ?? error?.statusCode ?? error?.response?.status;
  call.status = typeof status === 'symbol' ? 0 : Number(status) || 0;
  const data = error?.data ?? error?.response?.data ?? error?.response?._data;
  call.code = data?.error;
  return { response: error?.response, data, error };
}
