/** The same probes by the platform's `fetch` and by that of an instance with a session. */

import { comparison } from '../comparison.js';
import { placesOf } from '../places.js';
import { known } from './known.js';
import { tables } from './probes/index.js';

comparison({ as: 'fetch', tables, known, places: placesOf(import.meta.resolve('./page.js')), most: 5 });
