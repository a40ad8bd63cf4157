// What the compiler knows of sessions: fields of the app's own, functions of the app's, whether there is a session at all.

import { expectTypeOf } from 'expect-type';
import type { Session, Tokens } from '../../dist/index.js';
import { createApiFetch } from '../../dist/index.js';

const REFRESH = '/oauth/token';

// With a session it is there; without one it may not be.
expectTypeOf(createApiFetch({ session: { refresh: REFRESH } }).session).toEqualTypeOf<Session>();
expectTypeOf(createApiFetch().session).toEqualTypeOf<Session | null>();
expectTypeOf(createApiFetch({ session: false }).session).toEqualTypeOf<Session | null>();

const NAME = 'anything';
const plain = createApiFetch({ session: { refresh: REFRESH } });
expectTypeOf(plain.session.tokens).toEqualTypeOf<Tokens | null>();
expectTypeOf(plain.session.tokens?.[NAME]).toEqualTypeOf<unknown>();

// Fields of the app's own, wherever tokens come along.
const own = createApiFetch<{ tenant: string }>({
  session: {
    fields: { accessToken: 'data.token', tenant: 'data.org', expiresIn: (reply) => reply.ttl / 1000 },
    attach(context, tokens) {
      expectTypeOf(tokens.tenant).toEqualTypeOf<string>();
      context.options.headers.set('x-tenant', tokens.tenant);
    },
    refresh: async (tokens, { signal, reason, api }) => {
      expectTypeOf(tokens.tenant).toEqualTypeOf<string>();
      expectTypeOf(tokens.refreshToken).toEqualTypeOf<string | undefined>();
      expectTypeOf(reason).toEqualTypeOf<'expiry' | 'rejected'>();
      return api('/renew', { signal, method: 'POST' });
    },
    identity: ({ tenant }) => tenant,
    onRefresh: ({ tenant }) => expectTypeOf(tenant).toEqualTypeOf<string>(),
    onSignOut: ({ reason }) =>
      expectTypeOf(reason).toEqualTypeOf<'user' | 'refused' | 'no-refresh-token' | 'other-tab'>(),
  },
});
expectTypeOf(own.session.tokens?.tenant).toEqualTypeOf<string | undefined>();
expectTypeOf(own.session.valid(60)).resolves.toHaveProperty('tenant').toEqualTypeOf<string>();
own.session.on('refresh', ({ tenant }) => expectTypeOf(tenant).toEqualTypeOf<string>());
own.session.on('busy', (busy) => expectTypeOf(busy).toEqualTypeOf<boolean>());
expectTypeOf(own.create({ baseURL: '/v2' }).session?.tokens?.tenant).toEqualTypeOf<string | undefined>();

// @ts-expect-error: a session needs to know how it is refreshed
createApiFetch({ session: {} });
// @ts-expect-error: no such storage
createApiFetch({ session: { refresh: REFRESH, storage: 'cookie' } });
// @ts-expect-error: no such option
createApiFetch({ session: { refresh: REFRESH, onSignout() {} } });

// A storage of the kind of IndexedDB's libraries, which know of no value by `undefined`.
declare function getFromDatabase(key: string): Promise<string | undefined>;
createApiFetch({
  session: { refresh: '/refresh', storage: { getItem: getFromDatabase, setItem() {}, removeItem() {} } },
});
