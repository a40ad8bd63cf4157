/** The same probes by ofetch and by this package. */

import { comparison } from '../comparison.js';
import { placesOf } from '../places.js';
import { known } from './known.js';
import { tables } from './probes/index.js';

comparison({ as: 'ofetch', tables, known, places: placesOf(import.meta.resolve('./page.js')), most: 20 });
