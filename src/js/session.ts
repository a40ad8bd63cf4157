import type { Instance } from '../../pkg/wasm_api_fetch.js';
import { check } from '../options/check.js';
import type { SessionSettings } from '../options/session.js';
import { type Listeners, STATUSES } from '../session/listeners.js';
import { readReply } from '../session/tokens.js';
import { clockOf } from '../web/answer.js';
import { marksAreSet } from '../web/fence.js';
import { Caller } from '../web/task.js';
import { ask, guard } from './ask.js';
import type { Session, SessionEvents, SessionStatus, TokenReply, Tokens } from './types.js';

/** What `Instance.figure` tells. */
export const NUMBER = 0;
const STATUS = 1;
const PENDING = 2;
const WAITING = 3;
const OBJECTION = 4;

// What `Instance.value` gives.
const TOKENS = 0;
const STORED = 1;
export const LISTENERS = 2;

/** Why tokens can not be set; the engine knows them by their place. */
const OBJECTIONS = [
  '',
  'session.set: the session was disposed of',
  "session.set: on a server all users share a module and its tokens: use storage: 'memory' and one instance a request",
];

/** `api.session`, around the engine's. */
export function wrapSession(instance: Instance, settings: SessionSettings, listeners: Listeners): Session {
  const tokens = (forMs: number, force: boolean): Promise<Tokens> => {
    const caller = new Caller();
    return ask(
      caller,
      () => {},
      () => instance.ask(forMs, force, caller),
    );
  };
  const whenStored = async () => {
    await guard(() => instance.value(STORED));
    await marksAreSet();
  };
  return {
    get tokens() {
      return guard(() => instance.value(TOKENS)) as Tokens | null;
    },
    get status() {
      return STATUSES[guard(() => instance.figure(STATUS))] as SessionStatus;
    },
    get ready() {
      // Whoever looks at the status has the storage read.
      guard(() => instance.figure(STATUS));
      return whenStored();
    },
    get pending() {
      return instance.figure(PENDING);
    },
    get waiting() {
      return instance.figure(WAITING);
    },
    async set(reply: TokenReply, options?: { sameUser?: boolean | undefined }) {
      const objection = instance.figure(OBJECTION);
      if (objection) throw new Error(OBJECTIONS[objection]);
      const { sameUser } = check<{ sameUser: boolean }>(options, 'session.set', 'sameUser:flag=false');
      const fields = readReply(reply, settings, clockOf(reply));
      if (!fields) throw new TypeError('session.set: the reply holds no access token');
      guard(() => instance.set(fields, sameUser));
      await whenStored();
    },
    refresh: () => tokens(0, true),
    async valid(seconds = 0) {
      if (typeof seconds !== 'number' || !(seconds >= 0))
        throw new TypeError('session.valid: the seconds must be a number, not negative');
      return tokens(seconds * 1000, false);
    },
    async signOut() {
      guard(() => instance.leave(true));
      await whenStored();
    },
    on: <E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => unknown) =>
      listeners.add(instance.figure(NUMBER), event, listener),
    dispose() {
      listeners.removeOf(instance.figure(NUMBER));
      guard(() => instance.leave(false));
    },
  };
}
