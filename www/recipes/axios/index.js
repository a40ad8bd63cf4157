/** The two sides of each migration in AXIOS.md. */

import { createApi as after } from './after.js';
import { createApi as afterAuthRefresh } from './auth-refresh-after.js';
import { createApi as beforeAuthRefresh } from './auth-refresh-before.js';
import { createApi as before } from './before.js';

export const byHand = { before, after };
export const authRefresh = { before: beforeAuthRefresh, after: afterAuthRefresh };
