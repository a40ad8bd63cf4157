// How bodies are sent and read where the app has no transformation of its own.

import {
  BODY_ENCODING_FILE_PARTS,
  BODY_ENCODING_FORM_AS_JSON,
  BODY_ENCODING_JSON,
  BODY_ENCODING_PARTS,
  BODY_ENCODING_QUERY,
  BODY_ENCODING_SEARCH,
  READING_WISH_IS_FORCED,
  READING_WISH_IS_SILENT,
  READING_WISH_IS_TYPED,
  READING_WISH_WANTS_JSON,
  SENT_BODY_IS_FILES,
  SENT_BODY_IS_FORM,
  SENT_BODY_IS_OBJECT,
  SENT_BODY_IS_RAW,
  SENT_BODY_IS_SEARCH,
  SENT_BODY_SAYS_JSON,
  SENT_BODY_SAYS_PARTS,
  SENT_BODY_SAYS_QUERY,
  TEXT_READING_STRICT,
  TEXT_READING_TEXT,
} from '../boundary.js';
import { AxiosError } from './error.js';
import { formToJSON, toFormData, toQuery } from './form.js';
import { AxiosHeaders } from './headers.js';
import { bit, rules } from './rules.js';
import { each, isBlob, isBytes, isForm, isObject, isStream, isString, kindOf, own } from './type-checks.js';

export const transitional = {
  silentJSONParsing: true,
  forcedJSONParsing: true,
  clarifyTimeoutError: false,
  legacyInterceptorReqResOrdering: true,
  advertiseZstdAcceptEncoding: false,
  validateStatusUndefinedResolves: true,
  encodeBasicAuthUsername: false,
};

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
  const facts =
    bit(SENT_BODY_IS_OBJECT, isObject(data)) |
    bit(SENT_BODY_IS_FORM, isForm(data)) |
    bit(SENT_BODY_IS_RAW, isBytes(data) || isStream(data) || isBlob(data)) |
    bit(SENT_BODY_IS_SEARCH, kind === 'URLSearchParams') |
    bit(SENT_BODY_IS_FILES, kind === 'FileList') |
    bit(SENT_BODY_SAYS_JSON, type.includes('application/json')) |
    bit(SENT_BODY_SAYS_QUERY, type.includes('application/x-www-form-urlencoded')) |
    bit(SENT_BODY_SAYS_PARTS, type.includes('multipart/form-data'));
  const parts = (object) => {
    const FormClass = own(own(this, 'env'), 'FormData');
    return toFormData(object, FormClass && new FormClass(), own(this, 'formSerializer'));
  };
  switch (rules().encoding(facts)) {
    case BODY_ENCODING_FORM_AS_JSON:
      return JSON.stringify(formToJSON(data));
    case BODY_ENCODING_SEARCH:
      headers.setContentType('application/x-www-form-urlencoded;charset=utf-8', false);
      return data.toString();
    case BODY_ENCODING_QUERY:
      return toQuery(data, own(this, 'formSerializer'));
    case BODY_ENCODING_PARTS:
      return parts(data);
    case BODY_ENCODING_FILE_PARTS:
      return parts({ 'files[]': data });
    case BODY_ENCODING_JSON:
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
  const wish =
    bit(READING_WISH_IS_TYPED, type) |
    bit(READING_WISH_WANTS_JSON, type === 'json') |
    bit(READING_WISH_IS_FORCED, forcedJSONParsing) |
    bit(READING_WISH_IS_SILENT, silentJSONParsing);
  const reading = rules().reading(wish);
  if (reading === TEXT_READING_TEXT) return data;
  try {
    return JSON.parse(data, own(this, 'parseReviver'));
  } catch (error) {
    if (reading !== TEXT_READING_STRICT) return data;
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
