import type { LiveInstance } from '../driver/instance.js';
import { STATUSES } from '../driver/listeners.js';
import { readReply } from '../driver/tokens.js';
import { check } from '../options/check.js';
import type { SessionSettings } from '../options/session.js';
import { marksAreSet } from '../platform/fence.js';
import { clockOf } from '../request/response.js';
import type { Session, SessionEvents, SessionStatus, TokenReply, Tokens } from './types.js';

/** What `ApiFetch.figure` tells. */
const STATUS = 0;
const PENDING = 1;
const WAITING = 2;
const OBJECTION = 3;

// What `ApiFetch.value` gives.
const TOKENS = 0;
const STORED = 1;
export const LASTING = 2;

/** Why tokens can not be set; the engine knows them by their place. */
const OBJECTIONS = [
  '',
  'session.set: the session was disposed of',
  "session.set: on a server all users share a module and its tokens: use storage: 'memory' and one instance a request",
];

/** `api.session`, around the engine's. */
export function wrapSession(instance: LiveInstance, settings: SessionSettings): Session {
  const { listeners } = settings.lasting;
  const whenStored = async () => {
    await instance.value(STORED);
    await marksAreSet();
  };
  const session: Session = {
    get tokens() {
      return instance.value(TOKENS) as Tokens | null;
    },
    get status() {
      return STATUSES[instance.figure(STATUS)] as SessionStatus;
    },
    get ready() {
      // Whoever looks at the status has the storage read.
      instance.figure(STATUS);
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
      instance.use((it) => it.set(fields, sameUser));
      await whenStored();
    },
    refresh: () => instance.tokens(0, true) as Promise<Tokens>,
    async valid(seconds = 0) {
      if (typeof seconds !== 'number' || !(seconds >= 0))
        throw new TypeError('session.valid: the seconds must be a number, not negative');
      return instance.tokens(seconds * 1000, false) as Promise<Tokens>;
    },
    async signOut() {
      instance.use((it) => it.leave(true));
      await whenStored();
    },
    on: <E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => unknown) =>
      listeners.add(instance.number, event, listener),
    dispose() {
      listeners.removeOf(instance.number);
      instance.dispose();
    },
  };
  // Whoever prints a session, or puts it into JSON, has not asked for its tokens.
  return Object.defineProperty(session, 'tokens', { enumerable: false });
}
