// What is done around one attempt of a call: hooks before and after it, the time between two attempts. Whether there is another
// one is the engine's to say.

import { AuthError } from '../error/errors.js';
import { Options } from '../options/options.js';
import { HOOKS } from '../options/pipeline.js';
import { giveUp, letGo, park, report, tell } from '../platform/promise.js';
import { headerOf, putData, statusOf, waitOf } from './response.js';
import { LONGEST, Sending } from './sending.js';

// The engine knows the hooks by their place in `HOOKS`.
const REQUEST = 0;
const REQUEST_ERROR = 1;
const RESPONSE = 2;
/** Beside an answer's status: its envelope tells of a failure. */
const FAILED = 0x400;
/** And: it is wanted as it is, whatever its status. */
const WANTED = 0x800;

/** Where a hook's options hold all that applies, there is nothing beneath them. */
const NOTHING = new Options();

/** What the status of a failure without an answer is taken for. */
const NO_STATUS = 500;

export class Attempt extends Sending {
  /** What the hooks of this attempt are told, and may change. */
  hooked;
  /** Whether the app's own function could not read the body: trying again would not mend that. */
  isUnparsable = false;
  pauseTimer;
  /** How many attempts there were before this one. */
  retried = 0;
  /** How many there may be after it, as the hooks were told. */
  left = 0;

  /** As ofetch's users know it, `retry` says how many attempts are left. */
  inForce() {
    const options = super.inForce();
    if (this.retried > 0) options.retry = Math.max((options.retry ?? 1) - this.retried, 0);
    this.left = Number(options.retry ?? 0);
    return options;
  }

  get shownOptions() {
    if (this.firstOwn === undefined) return this.own;
    return this.hooked?.options ?? this.inForce();
  }

  /** Runs the hooks of one kind, in their order, and wakes the task. */
  hook(which, slot, turn, serial) {
    this.id = serial;
    // As in ofetch, the hooks of a call that is given up already are told of it.
    if (which === REQUEST && !this.watch(slot)) giveUp(this, slot, 0);
    this.arm(slot);
    park(
      slot,
      turn,
      this.owner(() => this.#heard(which)),
      () => this.#run(which, turn),
    );
  }

  /** Here and not before: what a hook has left may be anything, and its errors are the caller's. */
  async #run(which, turn) {
    if (which === REQUEST) {
      const options = this.inForce();
      if (this.body !== undefined) options.body = this.body;
      this.hooked = { request: this.input, options, response: undefined, error: undefined };
    } else {
      this.#note(which);
    }
    const context = this.hooked;
    for (const hook of [context.options[HOOKS[which]]].flat()) {
      if (this.turn !== turn) return;
      await hook?.(context);
    }
  }

  /** Tells the hooks what has come. */
  #note(which) {
    const context = this.hooked;
    context.request = this.asked;
    context.response = this.response;
    context.error = which === REQUEST_ERROR ? this.error : undefined;
    if (which === RESPONSE) putData(this.response, this.data, true);
  }

  /** Takes what the hooks have left: the request as it is to be sent, or the answer as it is to be given. */
  #heard(which) {
    const { request, options, response, error } = this.hooked;
    if (which === REQUEST) {
      // Of the two names of a query this one counts: a hook that changes it need not know of the other.
      const timeout = this.steps?.timeout;
      this.lay(request, new Options({ ...options, params: undefined }), NOTHING);
      // Another limit begins anew.
      if (this.steps?.timeout !== timeout) this.disarm();
      return this.facts;
    }
    if (which === REQUEST_ERROR) {
      // What the session says of itself stands.
      if (!(this.error instanceof AuthError)) this.error = error;
      return 0;
    }
    const status = statusOf(response);
    const isOther = response !== this.response;
    // A test double's answer may be frozen, and hold none.
    const data = isOther || Object.hasOwn(response, '_data') ? response._data : this.data;
    const isWanted = options.ignoreResponseError;
    // What a hook has put in the place of an answer is no failure of an envelope's.
    if (isWanted || isOther) this.failure = undefined;
    this.response = response;
    this.data = data;
    return status | (this.failure ? FAILED : 0) | (isWanted ? WANTED : 0);
  }

  /** The caller has given up, and is not kept waiting by a hook that hears of it. */
  tellOfAbort() {
    if (this.hooked) this.#run(REQUEST_ERROR, this.turn).catch(report);
  }

  /** Reads a text by the app's own function. */
  async parseBy(parseResponse, text) {
    try {
      return await parseResponse(text);
    } catch (error) {
      this.isUnparsable = true;
      throw error;
    }
  }

  /** What the engine has to know after a failure, by its place: how many more attempts are wanted, whether its status is listed, and how long the server wants to be left alone, in ms; NaN: nothing is said of it. */
  number(place) {
    try {
      return this.#wish(place);
    } catch (error) {
      // A hook may have left anything there.
      report(error);
      return place === 0 ? 0 : Number.NaN;
    }
  }

  #wish(place) {
    const { retry, retryStatusCodes } = this.hooked?.options ?? this.steps ?? {};
    if (place === 0) {
      const wanted = Number(retry === undefined ? Number.NaN : retry);
      // What a hook has raised says how many there may be in all: one that does so each time would never come to an end.
      return this.isUnparsable ? 0 : this.hooked && !(wanted > this.left) ? wanted + this.retried : wanted;
    }
    if (place === 1) {
      const status = this.error === undefined ? this.response?.status : NO_STATUS;
      return Number(retryStatusCodes?.includes(status) ?? Number.NaN);
    }
    return waitOf(headerOf(this.response, 'retry-after'));
  }

  /** Waits as long as the server and the app want, then begins anew and wakes the task. */
  pause(wait, slot, turn) {
    this.disarm();
    // A function may take its time to say how long.
    this.arm(slot);
    park(
      slot,
      turn,
      this.owner(() => this.#again()),
      async () => {
        const delay = Math.max(Number(await this.#delay()) || 0, wait);
        this.disarm();
        // A stream that nobody is given is let go, not aborted.
        this.out?.expect(false);
        if (delay > 0 && this.turn === turn)
          await new Promise((resolve) => {
            this.pauseTimer = setTimeout(resolve, Math.min(delay, LONGEST));
          });
      },
    );
  }

  #delay() {
    const context = this.hooked;
    const { retryDelay } = context?.options ?? this.steps ?? {};
    if (typeof retryDelay !== 'function') return retryDelay;
    const { asked: request, response, error } = this;
    if (response) putData(response, this.data, true);
    return retryDelay(context ?? { request, options: this.inForce(), response, error });
  }

  /** Another attempt, from what the caller gave. */
  #again() {
    letGo(this.response);
    this.retried += 1;
    this.response = this.error = this.hooked = this.data = this.failure = this.seen = this.broken = undefined;
    this.target = this.blob = this.form = undefined;
    this.isSent = false;
    this.marks = 0;
    this.lay(this.firstInput, this.firstOwn);
    return this.facts;
  }

  /** An answer whose body tells of its coming, as it is read. */
  counted(response) {
    if (!response.body) return response;
    const { onDownloadProgress } = this.steps;
    const length = Number(headerOf(response, 'content-length') ?? Number.NaN);
    // Of what is compressed on its way only the compressed length is known.
    const total = headerOf(response, 'content-encoding') || Number.isNaN(length) ? undefined : length;
    let loaded = 0;
    const count = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        tell(onDownloadProgress, { loaded, total, progress: total ? loaded / total : undefined });
        controller.enqueue(chunk);
      },
    });
    const { headers } = response;
    return new Response(response.body.pipeThrough(count), { headers });
  }
}
