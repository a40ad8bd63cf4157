/**
 * What can be broken so that a guarantee, or a rule of the axios facade, no longer holds, each with the test that has to notice. `npm run mutants` tries them out.
 */

import { amongTabs } from './among-tabs.js';
import { AXIOS_RULES, axios } from './axios.js';
import { failure } from './failure.js';
import { keptApart } from './kept-apart.js';
import { oneRefresh } from './one-refresh.js';
import { secrets } from './secrets.js';
import { sentAgain } from './sent-again.js';
import { settled } from './settled.js';
import { storm } from './storm.js';
import { time } from './time.js';
import { trap } from './trap.js';
import { waiting } from './waiting.js';

/** All the guarantees that the package gives, by their numbers, and the rules of the axios facade, by their names. */
export const GUARANTEES = [...Array.from({ length: 24 }, (_, index) => index + 1), 26, ...AXIOS_RULES];

export const MUTANTS = [
  ...oneRefresh,
  ...amongTabs,
  ...settled,
  ...failure,
  ...waiting,
  ...sentAgain,
  ...time,
  ...keptApart,
  ...trap,
  ...secrets,
  ...storm,
  ...axios,
];
