import type { Session as Handle } from '../../pkg/wasm_api_fetch.js';
import { check } from '../options/check.js';
import { STATUSES } from '../session/listeners.js';
import { readReply } from '../session/tokens.js';
import { Caller } from '../web/task.js';
import { ask } from './ask.js';
import type { Session, SessionEvents, SessionStatus, TokenReply, Tokens } from './types.js';

/** What `Session.figure` tells. */
const STATUS = 0;
const PENDING = 1;
const WAITING = 2;
const NUMBER = 3;
const OBJECTION = 4;

/** Why tokens can not be set; the engine knows them by their place. */
const OBJECTIONS = [
  '',
  'session.set: the session was disposed of',
  "session.set: on a server all users share a module and its tokens: use storage: 'memory' and one instance a request",
];

/** `api.session`, around the engine's. */
export function wrapSession(handle: Handle): Session {
  const tokens = (forMs: number, force: boolean): Promise<Tokens> => {
    const caller = new Caller();
    return ask(
      caller,
      () => {},
      () => handle.ask(forMs, force, caller),
    );
  };
  return {
    get tokens() {
      return handle.tokens() as Tokens | null;
    },
    get status() {
      return STATUSES[handle.figure(STATUS)] as SessionStatus;
    },
    get ready() {
      // What is stored here is read at once.
      return Promise.resolve();
    },
    get pending() {
      return handle.figure(PENDING);
    },
    get waiting() {
      return handle.figure(WAITING);
    },
    async set(reply: TokenReply, options?: { sameUser?: boolean | undefined }) {
      const objection = handle.figure(OBJECTION);
      if (objection) throw new Error(OBJECTIONS[objection]);
      const { sameUser } = check<{ sameUser: boolean }>(options, 'session.set', 'sameUser:flag=false');
      const fields = readReply(reply);
      if (!fields) throw new TypeError('session.set: the reply holds no access token');
      handle.set(fields, sameUser);
    },
    refresh: () => tokens(0, true),
    async valid(seconds = 0) {
      if (typeof seconds !== 'number' || !(seconds >= 0))
        throw new TypeError('session.valid: the seconds must be a number, not negative');
      return tokens(seconds * 1000, false);
    },
    async signOut() {
      handle.signOut();
    },
    on: <E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => unknown) =>
      handle.listeners().add(handle.figure(NUMBER), event, listener),
    dispose: () => handle.dispose(),
  };
}
