/** What a rejected call of ofetch tells. */

import { plain } from '../plain.js';

/**
 * @param {any} error
 * @param {{ FetchError: any }} lib
 */
export async function plainError(error, { FetchError }) {
  if (!(error instanceof FetchError)) return { thrown: await plain(error) };
  const { name, message, status, statusCode, statusText, statusMessage, data, cause, request } = error;
  return plain({
    name,
    message,
    status,
    statusCode,
    statusText,
    statusMessage,
    data,
    cause,
    request,
    method: error.options?.method,
    response: error.response && [error.response.status, error.response._data],
    isError: error instanceof Error,
  });
}
