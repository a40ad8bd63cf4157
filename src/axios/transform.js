// How bodies are sent and read where the app has no transformation of its own.

import { AxiosError } from './error.js';
import { formToJSON, toFormData, toQuery } from './form.js';
import { AxiosHeaders } from './headers.js';
import { bits, rules } from './rules.js';
import { each, isBlob, isBytes, isForm, isObject, isStream, isString, kindOf, own } from './things.js';

export const transitional = {
  silentJSONParsing: true,
  forcedJSONParsing: true,
  clarifyTimeoutError: false,
  legacyInterceptorReqResOrdering: true,
  advertiseZstdAcceptEncoding: false,
  validateStatusUndefinedResolves: true,
  encodeBasicAuthUsername: false,
};

// How a body is sent: `body.rs`.
const FORM_AS_JSON = 1;
const SEARCH = 2;
const QUERY = 3;
const PARTS = 4;
const FILE_PARTS = 5;
const AS_JSON = 6;
// How an answer is read.
const TEXT = 0;
const STRICT = 2;

/** A text that is JSON already stays as it is. */
function jsonOf(data) {
  if (isString(data)) {
    try {
      JSON.parse(data);
      return data.trim();
    } catch (error) {
      if (error.name !== 'SyntaxError') throw error;
    }
  }
  return JSON.stringify(data);
}

const isWhole = (data) =>
  ArrayBuffer.isView(data) && !data.constructor.isBuffer && data.byteLength === data.buffer.byteLength;

export function transformRequest(given, headers) {
  const type = headers.getContentType() || '';
  const kind = kindOf(given);
  const data = kind === 'HTMLFormElement' ? new FormData(given) : given;
  const facts = bits(
    isObject(data),
    isForm(data),
    isBytes(data) || isStream(data) || isBlob(data),
    kind === 'URLSearchParams',
    kind === 'FileList',
    type.includes('application/json'),
    type.includes('application/x-www-form-urlencoded'),
    type.includes('multipart/form-data'),
  );
  const parts = (object) => {
    const FormClass = own(own(this, 'env'), 'FormData');
    return toFormData(object, FormClass && new FormClass(), own(this, 'formSerializer'));
  };
  switch (rules().encoding(facts)) {
    case FORM_AS_JSON:
      return JSON.stringify(formToJSON(data));
    case SEARCH:
      headers.setContentType('application/x-www-form-urlencoded;charset=utf-8', false);
      return data.toString();
    case QUERY:
      return toQuery(data, own(this, 'formSerializer'));
    case PARTS:
      return parts(data);
    case FILE_PARTS:
      return parts({ 'files[]': data });
    case AS_JSON:
      headers.setContentType('application/json', false);
      return jsonOf(data);
    default:
      // A buffer as a whole goes by itself; of a part of it that part alone.
      return isWhole(data) ? data.buffer : data;
  }
}

export function transformResponse(data) {
  if (!data || !isString(data)) return data;
  const { forcedJSONParsing, silentJSONParsing } = own(this, 'transitional') || transitional;
  const type = own(this, 'responseType');
  const reading = rules().reading(bits(type, type === 'json', forcedJSONParsing, silentJSONParsing));
  if (reading === TEXT) return data;
  try {
    return JSON.parse(data, own(this, 'parseReviver'));
  } catch (error) {
    if (reading !== STRICT) return data;
    if (error.name !== 'SyntaxError') throw error;
    throw AxiosError.from(error, AxiosError.ERR_BAD_RESPONSE, this, null, own(this, 'response'));
  }
}

/** Runs the transformations of a config over the body of a request, or of its answer. */
export function transformed(config, transforms, response) {
  const { headers: given, data } = response ?? config;
  const headers = AxiosHeaders.from(given);
  let result = data;
  each(transforms, (transform) => {
    result = transform.call(config, result, headers.normalize(), response?.status);
  });
  headers.normalize();
  return result;
}
