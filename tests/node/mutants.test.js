/** Each mutant has its place in the code, found by a name, and a test that is to see it. None is tried out here. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locate } from '../../scripts/lib/mutants.js';
import { findSpot, namesOf, sourceOf } from '../../scripts/lib/places.js';
import { GUARANTEES, MUTANTS } from '../mutants/index.js';

/** @import { Place, Source } from '../../scripts/lib/places.js' */

const RUST = `
// fn commented() {
/* a comment { /* in a comment */ fn hidden() { */
const TABLE: [u8; 2] = [1, 2];
pub const fn double(x: u8) -> u8 { x * 2 }
extern "C" { fn declared(x: u8); }
impl<'a, F: Fn(u8) -> Vec<u8>> Drop for Guard<'a, F> where F: 'a {
    fn drop(&mut self) { let text = "} \\" {"; let raw = r#"} " }"#; let brace = '}'; }
}
impl Guard<'_, ()> {
    pub(crate) async fn open(&self, f: impl Fn(&str) -> u8) -> Result<(), [u8; 4]> { fn inner() {} self.wait() }
    const LIMIT: u8 = { 3 };
}
enum Kind { One, Two(u8) }
#[cfg(test)]
mod tests { fn open() { self.wait() } }
`;

const SCRIPT = `
import { a } from './a.js';
export const TEXTS = ['}', "{", \`{\${a}\`], other = /[/}]/;
const { taken } = a;
const LIMIT = 3;
export class Door {
  #hinges = { open() { return 'squeak'; } };
  static of = () => new Door();
  get key() { return this.#turn(/}/g); }
  #turn(by) { const fast = () => by; const plain = 4; return fast; }
}
Door.prototype.close = function () { return 'click'; };
for (const name of ['x']) Door.prototype[name] = make({ slow: 1 });
export default function (x) { return x ?? 'nothing'; }
`;

const pathsOf = (/** @type {Source} */ { places }) => places.map(({ path }) => path.join('.'));

/**
 * @param {Source} source
 * @param {string} path
 */
function spanOf({ text, places }, path) {
  const place = /** @type {Place} */ (places.find((one) => one.path.join('.') === path));
  return text.slice(place.start, place.end);
}

test('each mutant has its place and its test, and each guarantee is broken', async () => {
  const { located, faults } = await locate(MUTANTS, GUARANTEES);
  assert.deepEqual(faults, []);
  assert.equal(located.length, MUTANTS.length);
});

test('Rust: what has a name, whatever braces are in texts and comments', async () => {
  const source = await sourceOf('src/a.rs', RUST);
  assert.deepEqual(pathsOf(source), [
    ...['TABLE', 'double', 'Guard', 'Guard.drop', 'Guard'],
    ...['Guard.open', 'Guard.open.inner', 'Guard.LIMIT', 'Kind'],
  ]);
  assert.equal(spanOf(source, 'TABLE'), 'const TABLE: [u8; 2] = [1, 2];');
  assert.match(spanOf(source, 'Guard.drop'), /^fn drop.*brace = '\}'; \}$/);
  assert.match(spanOf(source, 'Guard.open'), /^fn open.*self\.wait\(\) \}$/);
});

test('JavaScript: functions, classes, their members, and what stands at the top', async () => {
  const source = await sourceOf('src/a.js', SCRIPT);
  assert.deepEqual(pathsOf(source), [
    ...['LIMIT', 'Door', 'Door.#hinges', 'Door.#hinges.open', 'Door.of', 'Door.key'],
    ...['Door.#turn', 'Door.#turn.fast', 'close', 'prototype'],
  ]);
  assert.equal(spanOf(source, 'LIMIT'), 'const LIMIT = 3;');
  assert.match(spanOf(source, 'Door.#turn'), /^#turn\(by\) .* return fast; \}$/);
});

test('a text is found by the name of what it is in, and only where it is there once', async () => {
  const sources = [await sourceOf('src/a.rs', RUST), await sourceOf('src/b.js', SCRIPT)];
  const at = RUST.indexOf('self.wait()');
  assert.deepEqual(findSpot('open', 'self.wait()', sources), { spot: { file: 'src/a.rs', at } });
  assert.deepEqual(findSpot('Guard::open', 'self.wait()', sources), { spot: { file: 'src/a.rs', at } });
  assert.deepEqual(findSpot('drop', 'self.wait()', sources), {
    fault: '0 times in drop: self.wait(); it is in Guard::open',
  });
  assert.deepEqual(findSpot('nowhere', 'x ??', sources), { fault: 'nothing in src is called nowhere' });
  assert.deepEqual(findSpot('#turn', 'fast', sources), { fault: '2 times in #turn: fast' });
  assert.deepEqual(namesOf("'squeak'", sources), ['#hinges']);
});
