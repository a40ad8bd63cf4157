/** Builds the publishable files: crate → WebAssembly and glue in `pkg/` → one module and its types in `dist/`. */

import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
const ENGINE = join(PKG, 'engine.js');
/** What decides in the axios facade. */
const RULES = join(PKG, 'rules.js');
/** What the trimmed glue exports. */
const GLUE_TYPES = `
/** Starts an engine. What is still under way in one that is discarded comes to nothing. */
export function instantiate(module: WebAssembly.Module): {
    readonly Instance: typeof Instance;
    readonly wake: typeof wake;
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
// The standard library is compiled along, without what a panic would say: nobody could read it, and it weighs 2.5 KB.
const LEAN_LIBRARY = ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size'];
const LEAN = {
  RUSTFLAGS: [
    '-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none',
    // Half of the usual stack: every address behind it is a byte shorter.
    '-Clink-arg=-zstack-size=524288',
  ].join(' '),
  // A stable compiler takes what is otherwise unstable.
  RUSTC_BOOTSTRAP: '1',
};
// Rust puts the stack, which grows downwards, at the start of memory: its last KB is never meant to be reached.
const WASM_SMALL = [
  ...['-O3', '--flatten', '--rereloop', '-Oz', '-Oz'],
  ...['--low-memory-unused', '--always-inline-max-function-size=5'],
];
const WASM_STRIP = ['--strip-debug', '--strip-producers', '--strip-target-features'];

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
  await run('wasm-opt', [text, ...WASM_FEATURES, ...WASM_SMALL, ...WASM_STRIP, '-o', small], { env });
  await writeFile(RULES, `const RULES_TEXT='${await readFile(small, 'base64')}';`);
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
  await run('wasm-opt', [text, ...WASM_FEATURES, ...WASM_SMALL, ...WASM_STRIP, '-o', small], { env });

  const bytes = await readFile(small);
  const { key, text: letters } = encode(bytes);
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const build = `${version}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
  await writeFile(ENGINE, `const ENGINE_KEY='${key}',ENGINE_BUILD='${build}',ENGINE_TEXT='${letters}';`);
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
      ['-p', 'src/js', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', types],
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
  resolveId: (source) => (source.endsWith('/js/index.js') ? { id: './index.js', external: true } : null),
};

/** @param {string} [file] */
export const bundleModule = (file = join(DIST, 'index.js')) => bundleEntry('index.ts', file, ENGINE, oneCopy);

/** @param {string} [file] */
export const bundleFacade = (file = join(DIST, 'axios.js')) => bundleEntry('axios.ts', file, RULES, overMain);

/**
 * @param {string} entry
 * @param {string} file
 * @param {string} module the text of its WebAssembly
 * @param {import('rolldown').Plugin} plugin
 */
async function bundleEntry(entry, file, module, plugin) {
  // Loaded only now: it is not there before the npm packages are.
  const { build } = await import('rolldown');
  const postBanner = await readFile(module, 'utf8');
  await build({
    input: inProject('src', 'js', entry),
    platform: 'neutral',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [plugin],
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
    output: { file, format: 'esm', minify: true, sourcemap: true, postBanner },
  });
}
