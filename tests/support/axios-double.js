/** An instance of the facade before a `fetch` that the test answers. */

import assert from 'node:assert/strict';
import axios from '../../dist/axios.js';
import { json, server } from './double.js';

/** @import { Answer } from './double.js' */

export const BASE = 'https://api.example.com';

/** @param {Answer} [answer] @param {object} [config] */
export function open(answer = () => json({}), config = {}) {
  const { fetch, sent } = server(answer);
  return { sent, instance: axios.create({ baseURL: BASE, env: { fetch }, ...config }) };
}

/** What a call rejects with. @returns {Promise<any>} */
export const failure = (/** @type {Promise<unknown>} */ call) =>
  call.then(
    () => assert.fail('no failure'),
    (error) => error,
  );
