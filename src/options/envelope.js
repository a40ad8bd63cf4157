// `envelope`: bodies that report success or failure by a code of their own.

import { check } from './check.js';
import { at, codeAt } from './path.js';

export class Envelope {
  #code;
  #ok;
  #message;

  /** @throws TypeError that names the option that is wrong */
  constructor(given) {
    const { code, ok, message, data } = check(given, 'envelope', 'code:text ok:codes message:text data:text');
    if (code === undefined) throw new TypeError('envelope.code is missing');
    this.#code = code;
    this.#ok = new Set((ok ?? [0]).map(String));
    this.#message = message;
    this.data = data;
  }

  /** The code and the message of a failure; `undefined` for a success, and for a body without a code. */
  failure(body) {
    const code = codeAt(body, this.#code);
    if (code === undefined || this.#ok.has(code)) return undefined;
    const message = this.#message && at(body, this.#message);
    return {
      code: at(body, this.#code),
      message: typeof message === 'string' && message ? message : undefined,
    };
  }

  /** The data in a body. A body without a code is no envelope, and is returned itself. */
  unwrap(body) {
    return this.data === undefined || codeAt(body, this.#code) === undefined ? body : at(body, this.data);
  }
}
