/** Runs a probe by npm’s axios and by this package: in Node, and, bundled, in a page. */

import * as axios from 'axios';
import * as own from '../../../dist/axios.js';
import { contest } from '../kit.js';
import { equip } from './kit.js';
import { probes } from './probes/index.js';
import { plainError, shown } from './shown.js';

// What stands in for it is made of `fetch`.
axios.default.defaults.adapter = 'fetch';

export const runBoth = contest({
  contestants: { theirs: axios, ours: own },
  probes,
  subject: (lib) => lib.default.create(),
  equip,
  show: shown,
  plainError,
});
