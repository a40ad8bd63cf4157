/** Whether a test of some name is written in a file, without running it. */

import { readFile } from 'node:fs/promises';
import { inProject } from './paths.js';
import { isNode, parseScript } from './script-tree.js';

/** @import { NamedTest } from './named-tests.js' */

/** A text with fewer letters of its own than this, beside what is put into it, could be anything. */
const FEWEST_LETTERS = 10;

/** @type {Map<string, Promise<(name: string) => boolean>>} */
const known = new Map();

/** @param {NamedTest} test */
export async function hasTest({ file, name }) {
  const has = known.get(file) ?? readTests(file);
  known.set(file, has);
  return (await has)(name);
}

/** @param {string} file */
async function readTests(file) {
  const text = await readFile(inProject(file), 'utf8').catch(() => '');
  return file.endsWith('.rs') ? rustTests(text) : scriptTests(text);
}

/** @param {string} text */
function rustTests(text) {
  const names = Array.from(text.matchAll(/\bfn\s+(\w+)/g), ([, name]) => name);
  return (/** @type {string} */ name) => names.includes(name);
}

/**
 * Names are often put together, and often in lists: any text of the file may be one, and any template with some words of its own.
 *
 * @param {string} text
 */
async function scriptTests(text) {
  /** @type {RegExp[]} */
  const templates = [];
  /** @type {Set<unknown>} */
  const texts = new Set();
  const visit = (/** @type {unknown} */ value) => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isNode(value)) return;
    if (value.type === 'Literal') texts.add(value.value);
    if (value.type === 'TemplateLiteral') {
      const parts = /** @type {{ value: { cooked: string } }[]} */ (value.quasis).map(
        (part) => part.value.cooked,
      );
      const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('.*');
      if (parts.join('').replace(/\W/g, '').length >= FEWEST_LETTERS)
        templates.push(new RegExp(`^${pattern}$`, 's'));
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(await parseScript(text, 'js'));
  return (/** @type {string} */ name) => texts.has(name) || templates.some((one) => one.test(name));
}
