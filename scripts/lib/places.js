/**
 * Finds a text in `src/` by the name of what it is in, wherever that lies. A name is that of a function, a method, a type or a
 * constant, with as much before it as is needed to tell it from others: `judge_failure`, `Streak::failed`, `Call.constructor`.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from './paths.js';
import { rustPlaces } from './rust-places.js';
import { scriptPlaces } from './script-places.js';

/**
 * @typedef {{ path: string[], start: number, end: number }} Place its names from the outermost on, and what it spans
 * @typedef {{ file: string, text: string, places: Place[] }} Source `file` from the project's root
 * @typedef {{ file: string, at: number }} Spot
 */

/** @returns {Promise<Source[]>} */
export async function readSources() {
  const files = (await readdir(inProject('src'), { recursive: true })).filter(
    (file) => /\.(?:rs|js|ts)$/.test(file) && !file.endsWith('.d.ts'),
  );
  return Promise.all(
    files.sort().map(async (name) => {
      const file = join('src', name);
      return sourceOf(file, await readFile(inProject(file), 'utf8'));
    }),
  );
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {Promise<Source>}
 */
export async function sourceOf(file, text) {
  if (file.endsWith('.rs')) return { file, text, places: rustPlaces(text) };
  return { file, text, places: await scriptPlaces(text, file.endsWith('.ts') ? 'ts' : 'js') };
}

/**
 * @param {string} name
 * @param {string} find
 * @param {Source[]} sources
 * @returns {{ spot: Spot } | { fault: string }} the only spot at which the text stands in something of that name
 */
export function findSpot(name, find, sources) {
  const parts = name.split(/::|\./);
  let named = 0;
  /** @type {Spot[]} */
  const spots = [];
  for (const { file, text, places } of sources) {
    const here = places.filter((place) => endsIn(place, parts));
    named += here.length;
    const isHere = (/** @type {number} */ at) =>
      here.some(({ start, end }) => start <= at && at + find.length <= end);
    spots.push(
      ...timesIn(text, find)
        .filter(isHere)
        .map((at) => ({ file, at })),
    );
  }
  const [spot, ...others] = spots;
  if (spot && others.length === 0) return { spot };
  const what = named === 0 ? `nothing in src is called ${name}` : `${spots.length} times in ${name}: ${find}`;
  const names = namesOf(find, sources);
  return { fault: names.length === 1 ? `${what}; it is in ${names[0]}` : what };
}

/**
 * @param {string} find
 * @param {Source[]} sources
 * @returns {string[]} by which names the text can be found, one for each time that it is there
 */
export function namesOf(find, sources) {
  const all = sources.flatMap(({ places }) => places);
  return sources.flatMap(({ file, text, places }) =>
    timesIn(text, find).flatMap((at) => {
      const around = places.filter(({ start, end }) => start <= at && at + find.length <= end);
      // The outermost but a type: a function is called the same for longer than what it holds.
      const place = around.find(({ path }) => !isType(path.at(-1) ?? '')) ?? around.at(-1);
      return place ? [shortest(place, all).join(file.endsWith('.rs') ? '::' : '.')] : [];
    }),
  );
}

/** @param {string} name */
const isType = (name) => /^[A-Z]\w*[a-z]/.test(name);

/**
 * @param {Place} place
 * @param {string[]} parts
 */
const endsIn = ({ path }, parts) => parts.every((part, at) => part === path.at(at - parts.length));

/**
 * As much of a path's end as tells it from the others.
 *
 * @param {Place} place
 * @param {Place[]} all
 */
function shortest({ path }, all) {
  const ends = path.map((_, at) => path.slice(at));
  const counts = ends.map((end) => all.filter((other) => endsIn(other, end)).length);
  return ends[counts.lastIndexOf(Math.min(...counts))] ?? path;
}

/**
 * @param {string} text
 * @param {string} find
 * @returns {number[]} where it stands
 */
const timesIn = (text, find) => {
  const spots = [];
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + 1)) spots.push(at);
  return spots;
};
