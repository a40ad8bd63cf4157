/** Rounds of a page that is loaded again while its refresh is being answered: at moments that are spread over that time. */

import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @import { Page } from 'playwright-core'
 * @import { App } from './app.js'
 * @typedef {object} Leavings
 * @property {number} rounds
 * @property {number} answered rounds in which the answer has come to the page
 * @property {number} caught of these, in how many the new tokens were not stored yet when the page was left
 * @property {number} lost of these, in how many the session was lost
 * @property {number} unanswered rounds in which it was lost because the answer never came
 * @property {number} refreshes of those that the server has carried out
 * @property {number} reused tokens that were presented again
 */

/** How long after the server has let the answer go the page is left, at most; and the step from one round to the next, of that. */
const LATEST_MS = 12;
const STEP = (Math.sqrt(5) - 1) / 2;

/**
 * What a page leaves to the next one: whether the answer has come to it, and whether that was stored before it was left.
 *
 * @param {Page} page
 */
export const withNotes = (page) =>
  page.addInitScript(() => {
    const page = /** @type {{ came?: string | null }} */ (globalThis);
    const record = () => localStorage.getItem('apifetch.tokens');
    const read = Response.prototype.text;
    Response.prototype.text = function () {
      const text = read.call(this);
      const note = () => {
        // What was stored when the answer came, before the package hears of it.
        if (this.ok && this.url.endsWith('/oidc/token')) page.came = record();
      };
      text.then(note, () => {});
      return text;
    };
    addEventListener('pagehide', () => {
      const note = page.came === record() ? 'caught' : 'stored';
      sessionStorage.setItem('note', page.came === undefined ? '' : note);
    });
  });

/**
 * @param {App} app prepared by `withNotes`
 * @param {number} rounds
 * @returns {Promise<Leavings>}
 */
export async function playLeavings(app, rounds) {
  const counts = { rounds, answered: 0, caught: 0, lost: 0, unanswered: 0 };
  for (let round = 0; round < rounds; round += 1) {
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    await app.begin(({ api }) => {
      Reflect.deleteProperty(globalThis, 'came');
      return api('/api/echo/first');
    });
    await app.tenant.held('refresh', 1);
    await app.tenant.control({ hold: { refresh: false } });
    await app.tenant.release('refresh');
    await sleep(LATEST_MS * ((round * STEP) % 1));
    await app.reload();
    const note = await app.page.evaluate(() => sessionStorage.getItem('note'));
    const { value } = await app.run(({ api, outcome }) => outcome(api('/api/echo/next')));
    const isLost = value?.user !== 'ada';
    if (note) counts.answered += 1;
    if (note === 'caught') counts.caught += 1;
    if (isLost && note) counts.lost += 1;
    if (isLost && !note) counts.unanswered += 1;
    if (isLost) await app.signIn();
  }
  const { refreshes, reused } = await app.tenant.books();
  return { ...counts, refreshes, reused };
}
