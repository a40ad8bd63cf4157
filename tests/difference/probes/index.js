/** All probes, by their names. */

import { answers } from './answers.js';
import { bodies } from './bodies.js';
import { headers, requests } from './headers.js';
import { changes, hooks } from './hooks.js';
import { instances } from './instances.js';
import { retries, time } from './retries.js';
import { urls } from './urls.js';

/** @import { Probes } from '../kit.js' */

const TABLES = [bodies, urls, headers, requests, answers, hooks, changes, retries, time, instances];

/** @type {Probes} */
export const probes = Object.assign({}, ...TABLES);

const names = TABLES.flatMap((table) => Object.keys(table));
if (names.length !== Object.keys(probes).length) {
  throw new Error(`two probes have the same name: ${names.filter((name, at) => names.indexOf(name) !== at)}`);
}
