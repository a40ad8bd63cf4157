/** The same probes by npm’s axios, with its `fetch` adapter, and by this package. */

import { comparison } from '../comparison.js';
import { list, listed } from '../listed.js';
import { placesOf } from '../places.js';
import { known } from './known.js';
import { tables } from './probes/index.js';

comparison({ as: 'axios', tables, known, places: placesOf(import.meta.resolve('./page.js')), most: 15 });

listed('AXIOS.md', { differences: list(known) });
