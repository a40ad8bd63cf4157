/** Values into forms, and forms into values. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formToJSON, toFormData } from '../../dist/axios.js';

const TOO_DEEP = { code: 'ERR_FORM_DATA_DEPTH_EXCEEDED' };

/** @param {[name: string, value: string][]} fields */
function formOf(fields) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/** @param {object} object @param {any} [options] */
const fieldsOf = (object, options) => [.../** @type {any} */ (toFormData(object, undefined, options))];

test('the flat names of a form become nested values', () => {
  const form = formOf([
    ['a', '1'],
    ['b[]', '2'],
    ['b[]', '3'],
    ['c[d]', '4'],
    ['c[e][0]', '5'],
    ['c[e][1]', '6'],
    ['f.g', '7'],
    ['h', '8'],
    ['h', '9'],
    ['i[2]', '10'],
  ]);
  assert.deepEqual(formToJSON(form), {
    ...{ a: '1', b: ['2', '3'], c: { d: '4', e: ['5', '6'] }, f: { g: '7' }, h: ['8', '9'] },
    i: { 2: '10' },
  });
  assert.equal(formToJSON(/** @type {any} */ ({ a: 1 })), null);
});

test('a name that leads to a prototype changes none', () => {
  const names = ['__proto__[evil]', 'a[__proto__][evil]', 'constructor[prototype][evil]', '__proto__'];
  const read = /** @type {any} */ (formToJSON(formOf(names.map((name) => [name, 'x']))));
  for (const thing of [{}, [], read, read.a, Object])
    assert.equal(/** @type {any} */ (thing).evil, undefined);
});

test('nested values get flat names, in the way that is asked for', () => {
  const value = { a: 1, b: [true, null, 'x'], c: { d: [{ e: new Date(0) }] }, f: undefined, g: null };
  const date = '1970-01-01T00:00:00.000Z';
  assert.deepEqual(fieldsOf(value), [
    ['a', '1'],
    ['b[]', 'true'],
    ['b[]', 'x'],
    ['c[d][0][e]', date],
  ]);
  assert.deepEqual(fieldsOf(value, { dots: true, indexes: true }), [
    ...[
      ['a', '1'],
      ['b.0', 'true'],
      ['b.2', 'x'],
    ],
    ['c.d.0.e', date],
  ]);
  assert.deepEqual(fieldsOf({ 'a{}': { b: 1 }, 'c[]': null }, { metaTokens: false }), [['a', '{"b":1}']]);
});

test('values without an end, or nested too deep, are a failure, either way', () => {
  const round = /** @type {any} */ ({});
  round.a = { round };
  assert.throws(() => toFormData(round), { message: 'Circular reference detected in a.round' });
  const nested = (/** @type {number} */ depth) => {
    let value = /** @type {any} */ ('x');
    for (let at = 0; at <= depth; at++) value = { a: value };
    return value;
  };
  assert.equal(fieldsOf(nested(100)).length, 1);
  assert.throws(() => toFormData(nested(101)), TOO_DEEP);
  assert.throws(() => toFormData(nested(3), undefined, /** @type {any} */ ({ maxDepth: 2 })), TOO_DEEP);
  assert.throws(() => toFormData({ 'a{}': nested(101) }), TOO_DEEP);
  const shared = { b: 1 };
  assert.equal(fieldsOf({ a: shared, c: shared }).length, 2);
  assert.throws(() => formToJSON(formOf([[`a${'[b]'.repeat(101)}`, 'x']])), TOO_DEEP);
});
