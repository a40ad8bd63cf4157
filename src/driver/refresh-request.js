// Builds the request to a token endpoint.

import { takeHeaders } from '../options/options.js';

const isPlain = (value) => Object.getPrototypeOf(value ?? 0) === Object.prototype || Array.isArray(value);

/** The parameters by RFC 6749 §6. */
const oauth = ({ clientId, scope }, { refreshToken }) => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
  client_id: clientId,
  scope,
});

async function bodyOf(endpoint, tokens, headers) {
  const { body, clientId, scope } = endpoint;
  if (body === 'none') return undefined;
  let given = typeof body === 'function' ? await body(tokens) : body;
  let type = 'application/json';
  if (body === 'oauth') {
    given = oauth(endpoint, tokens);
    type = 'application/x-www-form-urlencoded';
  }
  if (body === 'json') given = { refresh_token: tokens.refreshToken, client_id: clientId, scope };
  if (!isPlain(given)) return given ?? undefined;
  if (!headers.has('content-type') || body === 'oauth') headers.set('content-type', type);
  if (!/form-urlencoded/i.test(headers.get('content-type'))) return JSON.stringify(given);
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return String(new URLSearchParams(entries));
}

/** The URL and the init of the request. */
export async function requestOf({ endpoint, attach }, url, tokens) {
  const { method, headers: given, credentials, redirect } = endpoint;
  const own = typeof given === 'function' ? await given(tokens) : given;
  const headers = takeHeaders(own, 'session.refresh.headers');
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  const body = await bodyOf(endpoint, tokens, headers);
  const init = { method, headers, body, credentials, redirect };
  if (!endpoint.attach) return { url, init };
  const call = {
    url,
    setHeader: (name, value) => headers.set(name, value),
    context: () => ({ request: url, options: { ...init, headers: new Headers(headers) } }),
  };
  await attach.put(call, tokens);
  return { url: call.target?.url ?? url, init: { ...init, headers: call.target?.headers ?? headers } };
}
