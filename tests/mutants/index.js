/**
 * What can be broken so that a guarantee no longer holds, each with the test that has to notice. `npm run mutants` tries them out.
 */

import { oneRefresh } from './one-refresh.js';

/** All the guarantees that the package gives. */
export const GUARANTEES = Array.from({ length: 24 }, (_, index) => index + 1);

export const MUTANTS = [...oneRefresh];
