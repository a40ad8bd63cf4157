/** All probes, by what they ask and by their names. */

import { aborts } from './aborts.js';
import { answers } from './answers.js';
import { bodies } from './bodies.js';
import { callers } from './callers.js';
import { headers } from './headers.js';
import { inputs } from './inputs.js';
import { options } from './options.js';
import { requests } from './requests.js';

/** @import { Probes } from '../kit.js' */

/** @type {Record<string, Probes>} */
export const tables = {
  'inputs and methods': inputs,
  headers,
  'request bodies': bodies,
  'a Request as input': requests,
  'options of fetch': options,
  'signals and aborts': aborts,
  'answers and redirects': answers,
  'what is the caller’s': callers,
};

/** @type {Probes} */
export const probes = Object.assign({}, ...Object.values(tables));
