/** `npm run check`: format, lints, circles of imports, the map, types and size. All are looked at, whatever one finds. */

import { checkMap } from './lib/architecture-map.js';
import { bootstrap } from './lib/bootstrap.js';
import { explain, runScript, step } from './lib/log.js';
import { WASM_TARGET } from './lib/manifest.js';
import { buildPackage } from './lib/package.js';
import { run } from './lib/run.js';
import { checkRustCycles } from './lib/rust-cycles.js';
import { checkSize } from './lib/size.js';

const CLIPPY = ['clippy', '--locked', '--all-targets'];
const DENY = ['--', '-D', 'warnings'];

runScript(async () => {
  const env = await bootstrap();
  const tool = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
    run(command, args, { env });

  /** @type {[string, () => Promise<unknown>][]} */
  const checks = [
    ['format: Rust', () => tool('cargo', 'fmt', '--check')],
    [
      'format and lints: JavaScript, TypeScript, JSON, CSS',
      () => tool('biome', 'ci', '--error-on-warnings', '.'),
    ],
    ['no circle of imports: Rust', checkRustCycles],
    ['the map in ARCHITECTURE.md', checkMap],
    ['lints: Rust on the host', () => tool('cargo', ...CLIPPY, ...DENY)],
    ['lints: Rust on wasm32', () => tool('cargo', ...CLIPPY, '--target', WASM_TARGET, ...DENY)],
    // The glue and the package's own types are built: the others are checked against them.
    ['types: package', () => buildPackage(env)],
    ['types: scripts, server and tests', () => tool('tsc', '-p', '.')],
    ['types: site', () => tool('tsc', '-p', 'www')],
    ['types: recipes', () => tool('tsc', '-p', 'www/recipes')],
    ['size', checkSize],
  ];

  for (const [name, check] of checks) {
    try {
      await (check === checkSize || name === 'types: package' ? check() : step(name, check));
    } catch (error) {
      explain(error);
      process.exitCode = 1;
    }
  }
});
