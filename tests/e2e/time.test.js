/** How long a token is good: by what a server says of it, and by the page's clock, which the tests set. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';
import { withClock } from '../support/lacking.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { App } from '../support/app.js'
 * @import { Kit } from '../support/in-page.js'
 */

const openApp = useApps();
const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TTL = 600;

/** @type {(ahead: number) => (page: Page) => Promise<void>} a page whose clock is off */
const withClockOff = (ahead) => (page) => page.clock.install({ time: Date.now() + ahead });

/** The page's instance again, with a refresh of the same tokens whose reply tells of no lifetime. */
const useSilentRefresh = (/** @type {Kit} */ { use, base }, /** @type {object} */ login) => {
  /** @type {(reply: any) => object} */
  const silent = ({ access_token, refresh_token }) => ({ access_token, refresh_token });
  return use(
    async ({ refreshToken }) => {
      const body = { grant_type: 'refresh_token', client_id: 'app', refresh_token: String(refreshToken) };
      const answer = await fetch(`${base}/oidc/token`, { method: 'POST', body: new URLSearchParams(body) });
      return silent(await answer.json());
    },
    {},
    silent(login),
  );
};

/**
 * No refresh until shortly before, then one, ahead of any rejection.
 *
 * @param {App} app
 * @param {number} seconds when it is due
 */
async function assertDueIn(app, seconds) {
  const { refreshes } = await app.refreshes();
  await app.run(({ api }) => api('/api/echo/at-once'));
  await app.page.clock.fastForward((seconds - 6) * 1000);
  await app.run(({ api }) => api('/api/echo/before'));
  assert.equal((await app.refreshes()).refreshes, refreshes, 'before');
  await app.page.clock.fastForward(8000);
  await app.run(({ api }) => api('/api/echo/after'));
  assert.equal((await app.refreshes()).refreshes, refreshes + 1, 'after');
  assert.equal((await app.tenant.books()).statuses['401'], undefined);
}

for (const ahead of [-HOUR, 0, HOUR]) {
  const off = `with the page’s clock off by ${ahead / HOUR} h`;

  test(`expires_in counts from the receipt, ${off}`, async (t) => {
    const app = await openApp(t, { prepare: withClockOff(ahead), accessTtl: TTL });
    await assertDueIn(app, TTL - 30);
    await assertDueIn(app, TTL - 30);
  });

  test(`so does what a JWT tells of its lifetime, ${off}`, async (t) => {
    const app = await openApp(t, { prepare: withClockOff(ahead), accessTtl: TTL, signedIn: false });
    await app.run(useSilentRefresh, await app.tenant.login());
    await assertDueIn(app, TTL - 30);
    await assertDueIn(app, TTL - 30);
  });
}

test('of a JWT that an app has stored by itself, the end counts: how long ago it came nobody knows', async (t) => {
  const app = await openApp(t, { signedIn: false, accessTtl: TTL, prepare: withClock });
  const { access_token, refresh_token } = await app.tenant.login();
  const record = JSON.stringify({ accessToken: access_token, refreshToken: refresh_token });
  await app.page.evaluate((record) => localStorage.setItem('apifetch.tokens', record), record);
  await app.page.clock.fastForward((TTL - 20) * 1000);
  await app.run(({ api }) => api('/api/echo/1'));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal((await app.tenant.books()).statuses['401'], undefined);
});

test('a lifetime that is shorter than refreshBefore is refreshed at its half', async (t) => {
  const app = await openApp(t, { prepare: withClock, accessTtl: 29 });
  await assertDueIn(app, 14.5);
});

const END = NOW + TTL * 1000;
const MOMENTS = {
  seconds: END / 1000,
  milliseconds: END,
  'seconds in a string': String(END / 1000),
  'milliseconds in a string': ` ${END} `,
  'an ISO date': new Date(END).toISOString(),
  'a date of HTTP': new Date(END).toUTCString(),
  'a date with an offset': '2027-01-15T10:10:00+02:00',
};

for (const [kind, moment] of Object.entries(MOMENTS)) {
  test(`an absolute end in ${kind}`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const ends = await app.run(
      async ({ create }, { now, moment }) => {
        Date.now = () => now;
        const reply = { access_token: 'a', expires_at: moment, refresh_expires_at: moment };
        const { session } = create({ storage: 'memory', refresh: () => reply });
        await session?.set(reply);
        const set = session?.tokens;
        const refreshed = await session?.refresh();
        return [set, refreshed].flatMap((tokens) => [tokens?.expiresAt, tokens?.refreshExpiresAt]);
      },
      { now: NOW, moment },
    );
    assert.deepEqual(ends, Array(4).fill(END));
  });
}

/**
 * Signs in at the server whose clock is off, and refreshes there.
 *
 * @param {Kit} kit
 * @param {boolean} isReadable whether the page can read the answers' `Date`
 */
const useDated = async ({ create }, isReadable) => {
  const api = create(
    {
      key: 'dated',
      attach: { header: 'ContentToken' },
      fields: { accessToken: 'token', expiresAt: 'expire_time' },
      refresh: {
        url: '/dated/refresh',
        body: (/** @type {any} */ tokens) => ({ refreshToken: tokens.refreshToken }),
      },
    },
    {
      fetch: async (...args) => {
        const answer = await fetch(...args);
        if (isReadable) return answer;
        const headers = new Headers(answer.headers);
        headers.delete('date');
        return new Response(answer.body, { status: answer.status, headers });
      },
    },
  );
  const reply = await api('/dated/login', { method: 'POST', body: { username: 'ada' } });
  const spans = [];
  const span = () => Math.round((Number(api.session?.tokens?.expiresAt) - Date.now()) / 10_000) * 10;
  await api.session?.set(reply);
  spans.push(span());
  await api('/dated/api/echo/1');
  await api.session?.refresh();
  spans.push(span());
  await api('/dated/api/echo/2');
  return spans.map((seconds) => (Number.isNaN(seconds) ? 'unknown' : seconds));
};

for (const clockSkew of [-3600, 0, 3600]) {
  test(`a server’s absolute time is corrected by its Date (${clockSkew} s off), at a login and at a refresh`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    await app.tenant.control({ clockSkew, accessTtl: TTL });
    assert.deepEqual(await app.run(useDated, true), [TTL, TTL]);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.equal((await app.tenant.books()).statuses['401'], undefined);
  });

  test(`where the Date can not be read it is taken as it is (${clockSkew} s off), and never as expired`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    await app.tenant.control({ clockSkew, accessTtl: TTL });
    const span = clockSkew < 0 ? 'unknown' : TTL + clockSkew;
    assert.deepEqual(await app.run(useDated, false), [span, span]);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.equal((await app.tenant.books()).statuses['401'], undefined);
  });
}

for (const said of [
  { expires_in: 0 },
  { expires_in: -5 },
  { expires_at: 1 },
  { expires_at: '2001-01-01T00:00:00Z' },
  { expires_in: 'soon', expires_at: 'later' },
]) {
  test(`a token just received is never expired: ${JSON.stringify(said)}`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const counts = await app.run(async ({ create }, said) => {
      let calls = 0;
      const refresh = () => {
        calls += 1;
        return { access_token: `refreshed ${calls}`, ...said };
      };
      const api = create({ key: 'own', refresh });
      await api.session?.set({ access_token: 'set', ...said });
      const seen = [(await api('/open/echo/1')).headers.authorization, calls];
      await api.session?.refresh();
      for (const number of [2, 3]) await api(`/open/echo/${number}`);
      return [...seen, (await api('/open/echo/4')).headers.authorization, calls];
    }, said);
    assert.deepEqual(counts, ['Bearer set', 0, 'Bearer refreshed 1', 1]);
  });
}

test('forty days are no timer too long: refreshed when they are nearly over, and not before', async (t) => {
  const queue = { timeout: 40 * DAY };
  const session = { queue, refreshTimeout: 40 * DAY };
  const app = await openApp(t, { prepare: withClock, accessTtl: (40 * DAY) / 1000, session });
  await assertDueIn(app, (40 * DAY) / 1000 - 30);

  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/waiting'));
  await app.tenant.held('refresh', 1);
  await waiting.isPending();
  await app.page.clock.fastForward(39 * DAY);
  await waiting.isPending();
  await app.tenant.release('refresh');
  assert.equal((await waiting.outcome()).value.path, '/api/echo/waiting');
});

test('a clock that jumps an hour ahead has the token refreshed; back again, it lasts as long as it was given for', async (t) => {
  const app = await openApp(t, { prepare: withClock, accessTtl: TTL });
  await app.run(({ api }) => api('/api/echo/1'));
  await app.page.clock.setSystemTime(Date.now() + HOUR);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await app.page.clock.setSystemTime(Date.now());
  await assertDueIn(app, TTL - 30);
});

test('a clock that is set back an hour after the login does not make the token last longer', async (t) => {
  const app = await openApp(t, { prepare: withClock, accessTtl: TTL });
  await app.page.clock.setSystemTime(Date.now() - HOUR);
  await assertDueIn(app, TTL - 30);
});

test('a 401 outranks the clock, however long a token was given for', async (t) => {
  const app = await openApp(t, { accessTtl: (40 * DAY) / 1000 });
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  await app.tenant.expire();
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), { 'own reply': 50 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});
