/** CLIENTS.md lists where `api.fetch` is not `fetch`. */

import { list, listed } from '../listed.js';
import { known, replayed } from './known.js';

listed('CLIENTS.md', { differences: list(known), again: list(replayed) });
