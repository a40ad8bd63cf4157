// What tells a server who asks: basic authentication, and the cookie against forged requests.

import { XSRF_WISH_OTHER, XSRF_WISH_UNSAID, XSRF_WISH_YES } from '../boundary.js';
import { AxiosError } from './error.js';
import { rules } from './rules.js';
import { given, isFunction, isPage, own } from './type-checks.js';

const asUtf8 = (text) =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Basic authentication (RFC 7617), by the config or by the URL, out of which it is taken. */
export function authenticate(config, address, headers, kinds) {
  let { auth } = config;
  let url = address;
  if (/^[^?#]*@/.test(url.replace(/^[^?#]*:\/\//, ''))) {
    const parsed = new URL(url, globalThis.location?.href ?? 'http://localhost');
    const { username, password } = parsed;
    if (username || password) {
      auth ||= { username: decoded(username), password: decoded(password) };
      parsed.username = parsed.password = '';
      url = parsed.href;
    }
  }
  if (!auth) return url;
  const username = given(auth, 'username') || '';
  const password = given(auth, 'password') || '';
  if (config.auth && own(config.transitional, 'encodeBasicAuthUsername') !== true) {
    try {
      btoa(username);
    } catch (error) {
      throw kinds.AxiosError.from(error, AxiosError.ERR_BAD_OPTION_VALUE, config);
    }
  }
  headers.set('Authorization', `Basic ${btoa(asUtf8(`${username}:${password}`))}`, true);
  return url;
}

function cookieOf(name) {
  for (const cookie of document.cookie.split(';')) {
    const [key, ...value] = cookie.trimStart().split('=');
    if (key === name && value.length) return decoded(value.join('='));
  }
  return undefined;
}

/** Tells the page's own server what only a page of it can know. */
export function guard(config, url, headers) {
  if (!isPage()) return;
  const { withXSRFToken: wish, xsrfCookieName, xsrfHeaderName } = config;
  const said = isFunction(wish) ? wish(config) : wish;
  const isSame = () => new URL(url, document.baseURI).origin === location.origin;
  const number = said == null ? XSRF_WISH_UNSAID : said === true ? XSRF_WISH_YES : XSRF_WISH_OTHER;
  if (
    !xsrfCookieName ||
    !xsrfHeaderName ||
    !rules().tellsXsrf(number, number === XSRF_WISH_UNSAID && isSame())
  )
    return;
  const value = cookieOf(xsrfCookieName);
  if (value) headers.set(xsrfHeaderName, value);
}
