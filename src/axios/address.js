// Where a request goes: its URL, the base and the params.

import {
  URL_JOINT_BOTH,
  URL_JOINT_URL,
  URL_PARTS_HAS_BASE,
  URL_PARTS_HAS_URL,
  URL_PARTS_IS_ABSOLUTE,
  URL_PARTS_MAY_LEAVE,
} from '../boundary.js';
import { AxiosError, REDACTED } from './error.js';
import { toFormData } from './form.js';
import { bit, isFound, rules } from './rules.js';
import { given, isFunction, isString, kindOf } from './type-checks.js';

/** What may be secret in a URL, for a message that logs will hold. */
const covered = (url) => {
  const [address, ...rest] = url.replace(/^(https?:\/{0,2})[^/?#]*@/i, `$1${REDACTED}@`).split('#');
  const shown = address.replace(/([?&][^?=&]*=)[^&]*/g, `$1${REDACTED}`);
  const hash = rest
    .join('#')
    .replace(/(^|&)([^=&]*=)?[^&]+/g, (_, before, name = '') => before + name + REDACTED);
  return rest.length ? `${shown}#${hash}` : shown;
};

function mustHaveSlashes(url, config) {
  if (!isString(url) || !isFound(rules().unslashed, url)) return;
  const seen = url.replace(/^[\0-\x20]+|[\t\n\r]/g, '');
  throw new AxiosError(
    `Invalid URL ${JSON.stringify(covered(seen))}: missing "//" after protocol`,
    AxiosError.ERR_INVALID_URL,
    config,
  );
}

/** The URL, joined to its base. */
function fullPath(base, url, mayLeave, config) {
  mustHaveSlashes(url, config);
  const isAbsolute = isString(url) && isFound(rules().absolute, url);
  const parts =
    bit(URL_PARTS_HAS_BASE, base) |
    bit(URL_PARTS_HAS_URL, url) |
    bit(URL_PARTS_IS_ABSOLUTE, isAbsolute) |
    bit(URL_PARTS_MAY_LEAVE, mayLeave !== false);
  const joint = rules().joint(parts);
  if (joint === URL_JOINT_URL) return url;
  mustHaveSlashes(base, config);
  return joint === URL_JOINT_BOTH ? `${base.replace(/(?<!\/)\/+$/, '')}/${url.replace(/^\/+/, '')}` : base;
}

const ESCAPED = { '!': '%21', "'": '%27', '(': '%28', ')': '%29', '~': '%7E', '%20': '+' };
/** As a form would have it. */
const strictly = (text) => encodeURIComponent(text).replace(/[!'()~]|%20/g, (found) => ESCAPED[found]);

const LEGIBLE = { '%3A': ':', '%24': '$', '%2C': ',', '%20': '+' };
/** As a person would have it. */
const legibly = (text) => encodeURIComponent(text).replace(/%(?:3A|24|2C|20)/g, (found) => LEGIBLE[found]);

function queryOf(params, options) {
  const serialize = isFunction(options) ? options : given(options, 'serialize');
  if (serialize) return serialize(params, isFunction(options) ? { serialize } : options);
  if (kindOf(params) === 'URLSearchParams') return params.toString();
  const encoder = given(options, 'encode');
  const pairs = [];
  const form = { append: (name, value) => pairs.push([name, value]) };
  toFormData(params, form, options);
  const encode = encoder ? (text) => encoder.call(form, text, strictly) : legibly;
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

/** Where a config leads. */
export function addressOf(config) {
  const { baseURL, url, params, paramsSerializer } = config;
  const address = fullPath(baseURL, url, config.allowAbsoluteUrls, config);
  const query = params && queryOf(params, paramsSerializer);
  if (!query) return address;
  const [path] = (address || '').split('#');
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}
