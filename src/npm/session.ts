import { SET_OBJECTION_DISPOSED, SET_OBJECTION_SHARED_BY_USERS, STATUS_WORDS } from '../boundary.js';
import type { LiveInstance } from '../driver/instance.js';
import { readReply } from '../driver/tokens.js';
import { check } from '../options/check.js';
import type { SessionSettings } from '../options/session.js';
import { marksAreSet } from '../platform/fence.js';
import { clockOf } from '../platform/response.js';
import type { Session, SessionEvents, SessionStatus, TokenReply, Tokens } from './types.js';

/** Messages why tokens can not be set, by `SET_OBJECTION_…`. */
const OBJECTIONS: Record<number, string> = {
  [SET_OBJECTION_DISPOSED]: 'session.set: the session was disposed of',
  [SET_OBJECTION_SHARED_BY_USERS]:
    "session.set: on a server all users share a module and its tokens: use storage: 'memory' and one instance a request",
};

/** Makes `api.session`. */
export function wrapSession(instance: LiveInstance, settings: SessionSettings): Session {
  const { listeners } = settings.resources;
  const whenStored = async () => {
    await instance.use((it) => it.stored());
    await marksAreSet();
  };
  /** Changes the session. If the engine traps when it has begun to store the change, the next engine stores it. */
  const change = async (act: Parameters<typeof instance.use<void>>[0]) => {
    const { records } = settings.resources;
    const before = records.writings;
    try {
      instance.use(act);
    } catch (trap) {
      if (records.writings === before) throw trap;
      instance.use((it) => it.status());
    }
    await whenStored();
  };
  const session: Session = {
    get tokens() {
      return instance.use((it) => it.tokens()) as Tokens | null;
    },
    get status() {
      return STATUS_WORDS[instance.use((it) => it.status())] as SessionStatus;
    },
    get ready() {
      // Asking for the status makes the engine read the storage.
      instance.use((it) => it.status());
      return whenStored();
    },
    get pending() {
      return instance.use((it) => it.pending());
    },
    get waiting() {
      return instance.use((it) => it.waiting());
    },
    async set(reply: TokenReply, options?: { sameUser?: boolean | undefined }) {
      const objection = OBJECTIONS[instance.use((it) => it.setObjection())];
      if (objection !== undefined) throw new Error(objection);
      const { sameUser } = check<{ sameUser: boolean }>(options, 'session.set', 'sameUser:flag=false');
      const fields = readReply(reply, settings, clockOf(reply));
      if (!fields) throw new TypeError('session.set: the reply holds no access token');
      await change((it) => it.set(fields, sameUser));
    },
    refresh: () => instance.tokens(0, true) as Promise<Tokens>,
    async valid(seconds = 0) {
      if (typeof seconds !== 'number' || !(seconds >= 0))
        throw new TypeError('session.valid: the seconds must be a number, not negative');
      return instance.tokens(seconds * 1000, false) as Promise<Tokens>;
    },
    async signOut() {
      await change((it) => it.leave(true));
    },
    on: <E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => unknown) =>
      listeners.add(instance.number, event, listener),
    dispose() {
      listeners.removeOf(instance.number);
      instance.dispose();
    },
  };
  // Not enumerable, so that logs and JSON of a session do not show its tokens.
  return Object.defineProperty(session, 'tokens', { enumerable: false });
}
