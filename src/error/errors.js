// The classes of what a request rejects with. The engine decides what they say.

/** A request that failed: an answer of 400–599, no answer, or a body that could not be read. */
export class FetchError extends Error {
  constructor(message, parts) {
    super(message, 'cause' in parts ? { cause: parts.cause } : undefined);
    // As the platform's own fields of an error: there to be read, not to be listed or put into JSON.
    for (const name of ['request', 'options', 'response', 'data', 'code']) {
      Object.defineProperty(this, name, { value: parts[name], configurable: true, writable: true });
    }
    Error.captureStackTrace?.(this, FetchError);
  }
  get status() {
    return this.response?.status;
  }
  get statusCode() {
    return this.response?.status;
  }
  get statusText() {
    return this.response?.statusText;
  }
  get statusMessage() {
    return this.response?.statusText;
  }
}
Object.defineProperty(FetchError.prototype, 'name', { value: 'FetchError', configurable: true, writable: true });

/** A request that failed because of the session. `code` says how. */
export class AuthError extends FetchError {}
Object.defineProperty(AuthError.prototype, 'name', { value: 'AuthError', configurable: true, writable: true });

export const fetchError = (message, parts) => new FetchError(message, parts);
export const authError = (message, parts) => new AuthError(message, parts);
