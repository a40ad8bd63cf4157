/**
 * The real server for tests: starts it as a process of its own, and speaks with one of its tenants.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * @import { SwitchValues } from '../../www/server/switches.js'
 * @typedef {{ [Name in keyof SwitchValues]?: SwitchValues[Name] extends object ? Partial<SwitchValues[Name]> : SwitchValues[Name] }} SwitchPatch
 * @typedef {{ access_token: string, refresh_token: string, expires_in: number, scope: string, token_type: string }} TokenReply
 * @typedef {{
 *   logins: number,
 *   refreshes: number,
 *   presentations: number,
 *   reused: number,
 *   hits: Record<string, Record<string, number>>,
 *   statuses: Record<string, number>,
 *   aborted: number,
 *   held: { refresh: number, api: number },
 * }} BooksReport
 * @typedef {'refresh' | 'api'} Holdable
 */

const MAIN = fileURLToPath(new URL('../../www/server/main.js', import.meta.url));
const DEADLINE_MS = 10_000;
const POLL_MS = 10;

/**
 * @param {{ port?: number }} options a free port unless one is given
 * @returns {Promise<{ origin: string, stop: () => Promise<void> }>}
 */
export async function startServer({ port = 0 } = {}) {
  const child = fork(MAIN, ['--port', String(port), '--project'], { silent: true, execArgv: [] });
  const ended = once(child, 'exit');
  let printed = '';
  /** @type {Promise<string>} */
  const listening = new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      const origin = /listening on (\S+)\n/.exec(printed)?.[1];
      if (origin) resolve(origin);
    });
  });
  // Shown as it comes: what the server has to complain about belongs to the test's own output.
  child.stderr?.pipe(process.stderr, { end: false });

  const origin = await Promise.race([listening, ended.then(() => undefined)]);
  if (!origin) throw new Error(`the server ended before it listened, exit code ${child.exitCode}`);
  const ping = await fetch(`${origin}/ping`).catch((error) => {
    child.kill();
    throw error;
  });
  if (!ping.ok) throw new Error(`${origin}/ping answered ${ping.status}`);

  return {
    origin,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * @param {string} origin
 * @param {string} name a tenant comes into being on first use: a test that names its own sees nobody else's counts
 */
export function tenant(origin, name) {
  const url = `${origin}/t/${name}`;

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<any>}
   */
  async function call(method, path, body) {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...init,
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  return {
    url,

    /** @returns {Promise<TokenReply>} */
    login: (username = 'ada') => call('POST', '/login', { username }),

    /** @returns {Promise<BooksReport>} */
    books: () => call('GET', '/books'),

    /**
     * @param {SwitchPatch} patch
     * @returns {Promise<SwitchValues>}
     */
    control: (patch) => call('POST', '/control', patch),

    /** Every access token given so far is rejected from now on. */
    expire: () => call('POST', '/expire'),

    /**
     * @param {Holdable} what
     * @param {number} [count] the oldest so many; all of them unless it is given
     * @returns {Promise<number>} how many were let go
     */
    release: async (what, count) => (await call('POST', '/release', { what, count })).released,

    /**
     * Resolves once at least so many answers are held.
     *
     * @param {Holdable} what
     * @param {number} count
     */
    async held(what, count) {
      const deadline = Date.now() + DEADLINE_MS;
      for (;;) {
        const report = await this.books();
        if (report.held[what] >= count) return;
        if (Date.now() > deadline) {
          throw new Error(`${report.held[what]} of ${count} ${what} answers held after ${DEADLINE_MS} ms`);
        }
        await sleep(POLL_MS);
      }
    },

    /** Forgets the tenant and lets go whatever it still holds. */
    drop: () => call('DELETE', ''),
  };
}
