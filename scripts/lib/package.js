/** Builds the publishable files: crate → WebAssembly and glue in `pkg/` → readable ES modules and their types in `dist/`. */

import { createHash } from 'node:crypto';
import { appendFile, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fingerprint, isFresh, markFresh } from './cache.js';
import { copyDeclarations } from './declarations.js';
import { step } from './log.js';
import { WASM_TARGET } from './manifest.js';
import { inProject } from './paths.js';
import { pruneTable, silenceTraps, withoutGlue } from './prune.js';
import { run } from './run.js';
import { shortenNames } from './shorten.js';
import { trimGlue } from './trim-glue.js';
import { encode } from './wasm-text.js';

/** @import { Env } from './run.js' */

const PKG = inProject('pkg');
const NAME = 'wasm_api_fetch';
/** The modules of WebAssembly as text, each an ES module that exports it: the engine, and what decides in the axios facade. */
const ENGINE = join(PKG, 'engine-wasm.js');
const RULES = join(PKG, 'axios-wasm.js');
/** What the trimmed glue exports. */
const GLUE_TYPES = `
/** Starts an engine. What is still under way in one that is discarded comes to nothing. */
export function instantiate(module: WebAssembly.Module): {
    readonly ApiFetch: typeof ApiFetch;
    readonly readerOf: typeof readerOf;
    readonly resume: typeof resume;
    readonly changeMark: typeof changeMark;
    discard(): void;
};
`;
export const DIST = inProject('dist');
const STAMP = inProject('target', 'package.stamp');
const INPUTS = [
  ...['Cargo.toml', 'Cargo.lock', 'src', 'scripts/lib', 'package.json', 'package-lock.json'],
  'tsconfig.base.json',
];

// `--all-features` would give a module that Node 20 refuses.
const WASM_FEATURES = [
  '--enable-bulk-memory',
  '--enable-nontrapping-float-to-int',
  '--enable-sign-ext',
  '--enable-mutable-globals',
  '--enable-reference-types',
  '--enable-multivalue',
];
// What each of these saves stands in `trim-glue.js`. The standard library is compiled along, so that a panic is a bare trap:
// nobody could read what it would say.
const LEAN_LIBRARY = ['-Zbuild-std=std,panic_abort'];
const LEAN = {
  RUSTFLAGS: '-Zunstable-options -Cpanic=immediate-abort',
  // A stable compiler takes what is otherwise unstable.
  RUSTC_BOOTSTRAP: '1',
};
// Rust puts the stack, which grows downwards, at the start of memory: its last KB is never meant to be reached.
const WASM_SMALL = ['--flatten', '--rereloop', '-Oz', '-Oz', '--low-memory-unused'];

/**
 * Builds unless the last build was made from the very same files.
 *
 * @param {Env} env
 * @returns {Promise<string>} a fingerprint of what the build was made from
 */
export async function buildPackage(env) {
  const from = await fingerprint(INPUTS);
  if (await isFresh(STAMP, from, join(DIST, 'index.js'))) return from;
  await rm(STAMP, { force: true });
  await buildEngine(env);
  await step('package: bundle', () => bundle(env));
  await markFresh(STAMP, from);
  return from;
}

/** @param {Env} env */
export async function buildEngine(env) {
  await rm(PKG, { recursive: true, force: true });
  await step('package: Rust to WebAssembly', () => compile(env, 'engine', PKG));
  await step('package: optimise', () => optimise(env));
  await step('package: the rules of the axios facade', () => buildRules(env));
}

/**
 * Compiles one of the crate's two modules.
 *
 * @param {Env} env
 * @param {'engine' | 'axios'} feature
 * @param {string} to
 */
async function compile(env, feature, to) {
  // As a cdylib alone: beside an rlib, which the tests need, the linker's optimisation is left out.
  const crate = ['--locked', '--lib', '--crate-type', 'cdylib', '--release', '--target', WASM_TARGET];
  const part = ['--no-default-features', '--features', feature];
  await run('cargo', ['rustc', ...crate, ...part, ...LEAN_LIBRARY], { env: { ...env, ...LEAN } });
  const module = inProject('target', WASM_TARGET, 'release', `${NAME}.wasm`);
  await run('wasm-bindgen', ['--target', 'web', '--out-dir', to, module], { env });
}

/**
 * The module of the facade takes numbers and gives numbers: nothing of wasm-bindgen's glue is needed, and what the module
 * holds for it is left out. In base64 it is no larger than in letters and what reads them.
 *
 * @param {Env} env
 */
export async function buildRules(env) {
  const folder = join(PKG, 'rules');
  await compile(env, 'axios', folder);
  const [raw, text, small] = [
    join(folder, `${NAME}_bg.wasm`),
    join(folder, 'rules.wat'),
    join(folder, 'rules.wasm'),
  ];
  await run('wasm-opt', [raw, ...WASM_FEATURES, '--emit-text', '-o', text], { env });
  await writeFile(text, withoutGlue(await readFile(text, 'utf8')));
  await run('wasm-opt', [text, ...WASM_FEATURES, ...WASM_SMALL, '-o', small], { env });
  await writeText(RULES, 'RULES', { text: await readFile(small, 'base64') });
}

/** @param {Env} env */
async function optimise(env) {
  const glue = join(PKG, `${NAME}.js`);
  const [raw, text, small] = [
    join(PKG, `${NAME}_bg.wasm`),
    join(PKG, 'engine.wat'),
    join(PKG, 'engine.wasm'),
  ];
  await run('wasm-opt', [raw, ...WASM_FEATURES, '--emit-text', '-o', text], { env });
  const module = silenceTraps(pruneTable(await readFile(text, 'utf8')));
  const short = shortenNames(module, trimGlue(await readFile(glue, 'utf8')));
  await writeFile(text, short.module);
  await writeFile(glue, short.glue);
  await appendFile(join(PKG, `${NAME}.d.ts`), GLUE_TYPES);
  await run('wasm-opt', [text, ...WASM_FEATURES, ...WASM_SMALL, '-o', small], { env });

  const bytes = await readFile(small);
  const { key, text: letters } = encode(bytes);
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const build = `${version}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
  await writeText(ENGINE, 'ENGINE', { build, key, text: letters });
}

/**
 * One object, and not a constant for each text: minifiers put a constant to where it is used, in the midst of the code, where
 * compression, which looks back 32 KB, no longer finds what both sides of it have in common. That was 400 bytes.
 *
 * @param {string} file an ES module, whose types are written beside it
 * @param {string} name
 * @param {Record<string, string>} texts of letters that need no escaping
 */
async function writeText(file, name, texts) {
  const lines = Object.entries(texts).map(([key, text]) => `  ${key}: '${text}',\n`);
  const types = Object.keys(texts).map((key) => `  readonly ${key}: string;\n`);
  await writeFile(file, `export const ${name} = {\n${lines.join('')}};\n`);
  await writeFile(file.replace(/\.js$/, '.d.ts'), `export declare const ${name}: {\n${types.join('')}};\n`);
}

/**
 * Into a folder beside `dist/`, which then takes its place: whoever reads there meets the old files or the new ones.
 *
 * @param {Env} env
 */
async function bundle(env) {
  const draft = inProject('target', `dist.${process.pid}`);
  const types = inProject('target', 'types');
  try {
    await mkdir(draft);
    await bundleModule(join(draft, 'index.js'));
    await bundleFacade(join(draft, 'axios.js'));
    await rm(types, { recursive: true, force: true });
    await run(
      'tsc',
      ['-p', 'src/npm', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', types],
      {
        env,
      },
    );
    for (const entry of ['index.d.ts', 'axios.d.ts'])
      await copyDeclarations(join(types, entry), types, draft);
    await rm(DIST, { recursive: true, force: true });
    await rename(draft, DIST);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The glue imports copies of the crate's own JavaScript; the shell imports the originals. Both are to be one module. */
const oneCopy = {
  name: 'one-copy',
  /** @param {string} source */
  resolveId(source) {
    const [, original] = /\/snippets\/[^/]+\/(src\/.+)$/.exec(source) ?? [];
    return original ? inProject(original) : null;
  },
};

/** The facade lies over the main entry, and does not hold a second one. */
const overMain = {
  name: 'over-main',
  /** @param {string} source */
  resolveId: (source) => (source.endsWith('/npm/index.js') ? { id: './index.js', external: true } : null),
};

/**
 * The text of a module of WebAssembly stays a file of its own: it is a line of up to 50 KB, and neither a reader of the code nor
 * Node, which prints the source line of an uncaught error, is to meet it.
 */
const textApart = {
  name: 'text-apart',
  /** @param {string} source */
  resolveId(source) {
    const text = [ENGINE, RULES].find((file) => source.endsWith(`/pkg/${basename(file)}`));
    return text ? { id: `./${basename(text)}`, external: true } : null;
  },
};

/** @param {string} [file] */
export const bundleModule = (file = join(DIST, 'index.js')) => bundleEntry('index.ts', file, ENGINE, oneCopy);

/** @param {string} [file] */
export const bundleFacade = (file = join(DIST, 'axios.js')) => bundleEntry('axios.ts', file, RULES, overMain);

/**
 * Readable, with its names, lines and documentation: apps minify what they publish. A source map would only repeat it.
 *
 * @param {string} entry
 * @param {string} file
 * @param {string} text the module that holds its WebAssembly
 * @param {import('rolldown').Plugin} plugin
 */
async function bundleEntry(entry, file, text, plugin) {
  // Loaded only now: it is not there before the npm packages are.
  const { build } = await import('rolldown');
  await build({
    input: inProject('src', 'npm', entry),
    platform: 'neutral',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [plugin, textApart],
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
    output: { file, format: 'esm' },
  });
  await copyFile(text, join(dirname(file), basename(text)));
}
