import type { Session as Handle } from '../../pkg/wasm_api_fetch.js';
import { answer } from './answer.js';
import type { Session, SessionEvents, SessionStatus, TokenReply, Tokens } from './types.js';

/** `api.session`, around the engine's. */
export function wrapSession(handle: Handle): Session {
  return {
    get tokens() {
      return handle.tokens as Tokens | null;
    },
    get status() {
      return handle.status as SessionStatus;
    },
    get ready() {
      // What is stored here is read at once.
      return Promise.resolve();
    },
    get pending() {
      return handle.pending;
    },
    get waiting() {
      return handle.waiting;
    },
    async set(reply: TokenReply, options?: { sameUser?: boolean | undefined }) {
      handle.set(reply, options);
    },
    refresh: () => answer<Tokens>((caller) => handle.refresh(caller)),
    valid: (seconds?: number) => answer<Tokens>((caller) => handle.valid(seconds, caller)),
    async signOut() {
      handle.signOut();
    },
    on<E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => unknown) {
      const number = handle.on(event, listener);
      return () => handle.off(number);
    },
    dispose: () => handle.dispose(),
  };
}
