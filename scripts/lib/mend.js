/** Gives mutants the new name of what they break, where their text has moved, or what it is in is called something else now. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from './paths.js';
import { findSpot, namesOf, readSources } from './places.js';
import { isNode, parseScript } from './script-tree.js';

/**
 * @import { Source } from './places.js'
 * @typedef {{ start: number, end: number, name: string }} Edit
 */

/** @returns {Promise<number>} how many have got another name */
export async function mendNames() {
  const sources = await readSources();
  const folder = inProject('tests', 'mutants');
  let count = 0;
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.js'))) {
    const text = await readFile(join(folder, file), 'utf8');
    const edits = await editsOf(text, sources);
    const mended = edits.reduceRight(
      (whole, { start, end, name }) => `${whole.slice(0, start)}'${name}'${whole.slice(end)}`,
      text,
    );
    if (edits.length > 0) await writeFile(join(folder, file), mended);
    count += edits.length;
  }
  return count;
}

/**
 * Only what leaves no choice: the text is in one place.
 *
 * @param {string} text
 * @param {Source[]} sources
 * @returns {Promise<Edit[]>} in the order of the text
 */
async function editsOf(text, sources) {
  /** @type {Edit[]} */
  const edits = [];
  const visit = (/** @type {unknown} */ value) => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isNode(value)) return;
    const place = property(value, 'in');
    const find = property(value, 'find');
    if (place && find && 'fault' in findSpot(String(place.value), String(find.value), sources)) {
      const [name, ...others] = namesOf(String(find.value), sources);
      if (name && others.length === 0) edits.push({ start: place.start, end: place.end, name });
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(await parseScript(text, 'js'));
  return edits;
}

/**
 * @param {import('./script-tree.js').Node} node
 * @param {string} name
 * @returns {import('./script-tree.js').Node | undefined} what an object's property is written as
 */
function property({ type, properties }, name) {
  if (type !== 'ObjectExpression') return undefined;
  const all = /** @type {Record<'key' | 'value', import('./script-tree.js').Node>[]} */ (properties);
  return all.find(({ key }) => key?.name === name)?.value;
}
