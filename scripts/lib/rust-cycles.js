/**
 * Circles of imports among the modules of Rust; those of JavaScript and TypeScript are biome's to find.
 *
 * A module and what lies below it belong together: a child may name its parent. What must not go round are siblings, where
 * whatever lies below a sibling counts as that sibling: `crate::web::call` that names `crate::engine::Id` makes
 * `crate::web → crate::engine`.
 */

import { readdir, readFile } from 'node:fs/promises';
import { Problem } from './log.js';
import { inProject } from './paths.js';

/**
 * @typedef {{ from: string, to: string }} Edge
 * @typedef {Map<string, string>} Sources the text of each file, by its path below `src/`
 * @typedef {{ path: string[], name: string }} Named where a path leads, and what it is called there
 */

export async function checkRustCycles() {
  const cycles = findRustCycles(await rustSources());
  if (cycles.length > 0) {
    throw new Problem(cycles.map((edge) => `part of a circle of imports: ${edge}`).join('\n'));
  }
}

/** @returns {Promise<Sources>} */
async function rustSources() {
  const files = (await readdir(inProject('src'), { recursive: true })).filter((file) => file.endsWith('.rs'));
  return new Map(
    await Promise.all(
      files.map(
        async (file) => /** @type {const} */ ([file, await readFile(inProject('src', file), 'utf8')]),
      ),
    ),
  );
}

/**
 * @param {Sources} sources
 * @returns {string[]} each import that is part of a circle
 */
export function findRustCycles(sources) {
  const edges = rustEdges(sources);
  return edges
    .filter(({ from, to }) => reaches(to, from, edges))
    .map(({ from, to }) => `${from} → ${to}`)
    .sort();
}

/**
 * @param {string} from
 * @param {string} goal
 * @param {Edge[]} edges
 */
function reaches(from, goal, edges) {
  const reached = new Set([from]);
  // Grows while it is walked.
  for (const place of reached) {
    for (const edge of edges) if (edge.from === place) reached.add(edge.to);
  }
  return reached.has(goal);
}

/**
 * @param {Sources} sources
 * @returns {Edge[]}
 */
function rustEdges(sources) {
  const modules = new Map(Array.from(sources, ([file, text]) => [modulePath(file).join('::'), bare(text)]));
  /** @type {Map<string, Edge>} */
  const edges = new Map();
  for (const [module, text] of modules) {
    const own = split(module);
    for (const named of pathsIn(text, own)) {
      const target = moduleOf(named.path, modules);
      const shared = own.findIndex((part, at) => part !== target[at]);
      // Its own module, one above it, or one below it.
      if (shared < 0 || shared >= target.length) continue;
      const [from, to] = [own, target].map((path) => ['crate', ...path.slice(0, shared + 1)].join('::'));
      edges.set(`${from} ${to}`, /** @type {Edge} */ ({ from, to }));
    }
  }
  return [...edges.values()];
}

/** @param {string} file */
const modulePath = (file) =>
  file
    .replace(/(?:^|\/)(?:mod|lib)\.rs$/, '')
    .replace(/\.rs$/, '')
    .split(/[\\/]/)
    .filter(Boolean);

/** @param {string} module */
const split = (module) => module.split('::').filter(Boolean);

/**
 * Without comments, strings and the tests at its end, which know everybody.
 *
 * @param {string} text
 */
const bare = (text) =>
  text
    .replace(/\/\/.*|"(?:[^"\\]|\\[\s\S])*"|\/\*[\s\S]*?\*\//g, '')
    .replace(/^#\[cfg\(test\)\]\s*mod [\s\S]*/m, '');

/**
 * What is named from the crate's root or from a module above, by `use` or in the midst of the code.
 *
 * @param {string} text
 * @param {string[]} own the module that it is the text of
 */
function* pathsIn(text, own) {
  for (const { index } of text.matchAll(/(?<!::\s*)\b(?:crate|self|super)\s*::/g)) {
    yield* leaves(tokensOf(text.slice(index)), own);
  }
}

/** @param {string} text */
const tokensOf = (text) => {
  const all = text.matchAll(/[A-Za-z_]\w*|::|\S/g);
  return { next: () => all.next().value?.[0] ?? '' };
};

/**
 * The leaves of a tree such as `super::{a, b::{self, c as d}}`.
 *
 * @param {ReturnType<typeof tokensOf>} tokens stands before the tree, and after it behind the token that ends it
 * @param {string[]} base where the tree begins
 * @returns {Generator<Named, string>} and the token that ends it
 */
function* leaves(tokens, base) {
  let path = base;
  let name = '';
  for (;;) {
    const token = tokens.next();
    if (token === '{') {
      let end = ',';
      while (end === ',') end = yield* leaves(tokens, path);
      return tokens.next();
    }
    if (!/^\w/.test(token) && token !== '*') return token;
    if (token === 'crate') path = [];
    else if (token === 'super') path = path.slice(0, -1);
    else if (token !== 'self' && token !== '*') path = [...path, token];
    name = path.at(-1) ?? '';
    let after = tokens.next();
    if (after === '::') continue;
    if (after === 'as') {
      name = tokens.next();
      after = tokens.next();
    }
    yield { path, name };
    return after;
  }
}

/**
 * Follows a path as far as there are modules, also through what a module takes from others: whoever names `super::Goal` may mean
 * `super::event::Goal`.
 *
 * @param {string[]} path
 * @param {Map<string, string>} modules
 * @returns {string[]}
 */
function moduleOf(path, modules) {
  /** @type {string[]} */
  let place = [];
  for (const part of path) {
    const below = [...place, part];
    if (modules.has(below.join('::'))) {
      place = below;
      continue;
    }
    const taken = takenBy(place, modules).find(({ name }) => name === part);
    return taken ? moduleOf(taken.path, modules) : place;
  }
  return place;
}

/**
 * @param {string[]} module
 * @param {Map<string, string>} modules
 * @returns {Named[]} what it takes from its own children by `use`
 */
function takenBy(module, modules) {
  const text = modules.get(module.join('::')) ?? '';
  return Array.from(text.matchAll(/\buse\s+(?:self::)?(?=(\w+)::)/g))
    .filter(([, child = '']) => modules.has([...module, child].join('::')))
    .flatMap((use) => [...leaves(tokensOf(text.slice(use.index + use[0].length)), module)]);
}
