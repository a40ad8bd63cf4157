/** All probes, by what they ask and by their names. */

import { answers } from './answers.js';
import { bodies } from './bodies.js';
import { calls } from './calls.js';
import { ending } from './ending.js';
import { exported } from './exports.js';
import { documentForms, forms } from './forms.js';
import { headers } from './headers.js';
import { interceptors } from './interceptors.js';
import { managers } from './managers.js';
import { merging } from './merging.js';
import { pages } from './pages.js';
import { urls } from './urls.js';

/** @import { Probes } from '../kit.js' */

/** @type {Record<string, Probes>} */
export const tables = {
  'chains of interceptors': interceptors,
  'which interceptors run': managers,
  'defaults and configs': merging,
  'URLs and parameters': urls,
  'request bodies': bodies,
  forms,
  'forms of a document': documentForms,
  'answers and how they are read': answers,
  'ends before their time': ending,
  'methods, adapters and options of fetch': calls,
  'cookies and origins': pages,
  AxiosHeaders: headers,
  'exports and errors': exported,
};

/** @type {Probes} */
export const probes = Object.assign({}, ...Object.values(tables));
