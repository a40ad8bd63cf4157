/** All probes, by what they ask and by their names. */

import { answers } from './answers.js';
import { bodies } from './bodies.js';
import { contexts } from './contexts.js';
import { headers, requests } from './headers.js';
import { changes, hooks } from './hooks.js';
import { instances } from './instances.js';
import { retries, time } from './retries.js';
import { urls } from './urls.js';

/** @import { Probes } from '../kit.js' */

/** @type {Record<string, Probes>} */
export const tables = {
  'request bodies': bodies,
  'URLs and queries': urls,
  'headers, methods and options of fetch': headers,
  'a Request as input': requests,
  'answers and how they are read': answers,
  'which hooks are called': hooks,
  'what hooks change': changes,
  'what hooks are told': contexts,
  retries,
  'time limits and aborts': time,
  'instances and errors': instances,
};

/** @type {Probes} */
export const probes = Object.assign({}, ...Object.values(tables));
