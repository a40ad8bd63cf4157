/**
 * What can be broken so that a guarantee no longer holds, each with the test that has to notice. `npm run mutants` tries them out.
 */

import { failure } from './failure.js';
import { keptApart } from './kept-apart.js';
import { oneRefresh } from './one-refresh.js';
import { sentAgain } from './sent-again.js';
import { settled } from './settled.js';
import { time } from './time.js';
import { waiting } from './waiting.js';

/** All the guarantees that the package gives. */
export const GUARANTEES = Array.from({ length: 24 }, (_, index) => index + 1);

export const MUTANTS = [
  ...oneRefresh,
  ...settled,
  ...failure,
  ...waiting,
  ...sentAgain,
  ...time,
  ...keptApart,
];
