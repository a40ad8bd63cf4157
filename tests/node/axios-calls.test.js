/** What the facade offers to be called and named. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios, * as facade from '../../dist/axios.js';
import { BASE, open } from '../support/axios-double.js';

test('an instance is called both ways, and by the method', async () => {
  const { instance, sent } = open();
  const data = { a: 1 };
  const config = { headers: { 'X-A': 'b' } };
  await instance('/called', { ...config, method: 'patch', data });
  await instance({ ...config, url: '/called' });
  await instance.request('/asked', config);
  await instance.request({ ...config, url: '/asked', method: 'PUT', data });
  for (const method of /** @type {const} */ (['get', 'delete', 'head', 'options']))
    await instance[method](`/${method}`, config);
  for (const method of /** @type {const} */ (['post', 'put', 'patch']))
    await instance[method](`/${method}`, data, config);
  await instance.delete('/delete', { ...config, data });
  assert.ok(sent.every(({ headers }) => headers['x-a'] === 'b'));
  const body = '{"a":1}';
  assert.deepEqual(
    sent.map(({ method, url, body }) => [method, url.slice(BASE.length), body]),
    [
      ...[
        ['PATCH', '/called', body],
        ['GET', '/called', ''],
      ],
      ...[
        ['GET', '/asked', ''],
        ['PUT', '/asked', body],
      ],
      ...['get', 'delete', 'head', 'options'].map((method) => [method.toUpperCase(), `/${method}`, '']),
      ...['post', 'put', 'patch'].map((method) => [method.toUpperCase(), `/${method}`, body]),
      ['DELETE', '/delete', body],
    ],
  );
});

test('`getUri` says where a config leads, by the defaults of the instance', () => {
  const { instance } = open(undefined, { params: { a: 1 } });
  assert.equal(instance.getUri({ url: '/x', params: { b: 2 } }), `${BASE}/x?a=1&b=2`);
});

test('defaults that are changed later count from then on, and not for another instance', async () => {
  const { instance, sent } = open();
  const child = instance.create({ headers: { 'X-B': 'child' } });
  const plain = instance.create();
  instance.defaults.headers.common['X-A'] = 'later';
  for (const one of [instance, child, plain]) await one.get('/x');
  assert.deepEqual(
    sent.map(({ headers }) => [headers['x-a'], headers['x-b']]),
    [
      ['later', undefined],
      [undefined, 'child'],
      [undefined, undefined],
    ],
  );
});

test('the entry names what its default export has, under the same names', () => {
  const { default: _, create, createSessionAdapter, ...named } = facade;
  const held = /** @type {any} */ (axios);
  for (const [name, value] of Object.entries(named)) assert.equal(value, held[name], name);
  assert.equal(typeof createSessionAdapter, 'function');
  assert.equal(create, axios.create);
});

test('statuses have their names, and names their statuses', () => {
  const codes = /** @type {Record<string, number | string>} */ (facade.HttpStatusCode);
  assert.deepEqual(
    ['Ok', 'Unauthorized', 'ImATeapot', 'UnprocessableEntity', 'NetworkAuthenticationRequired'].map(
      (name) => codes[name],
    ),
    [200, 401, 418, 422, 511],
  );
  assert.deepEqual(
    [codes[401], codes[413], codes[422]],
    ['Unauthorized', 'PayloadTooLarge', 'UnprocessableEntity'],
  );
});
