/** The probes once more, with a token that the server refuses: whoever calls sees nothing of that. */

import { comparison } from '../comparison.js';
import { placesOf } from '../places.js';
import { again } from './known.js';
import { tables } from './probes/index.js';

const places = placesOf(import.meta.resolve('./page.js'), 'runAgain');
comparison({ as: 'fetch', tables, known: again, places, most: 7 });
