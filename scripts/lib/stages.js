/** The stages of `npm test`, in the order in which they run. */

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../tests/support/server.js';
import { cargoCounts, nodeCounts } from './counts.js';
import { bringEngines } from './engines.js';
import { Problem } from './log.js';
import { inProject } from './paths.js';
import { freePort } from './port.js';
import { attempt, run } from './run.js';
import { occupyIdleThreads } from './runner.js';

/**
 * @import { Counts } from './counts.js'
 * @import { Env, Outcome } from './run.js'
 * @typedef {{ code: number, output: string, counts: Counts }} StageResult
 * @typedef {object} Stage
 * @property {string} title
 * @property {'package' | 'site'} [needs] what is built before
 * @property {(env: Env) => Promise<Env>} [bring] what this stage alone has need of on the machine
 * @property {(env: Env) => Promise<StageResult>} run
 */

/** The tests in the browser are compiled with the server's address in them: the same one each time compiles once. */
const WEB_TESTS_PORT = 4280;

/** By itself Node leaves one core out: on two it would run one file at a time. */
const ALL_CORES = ['--test-concurrency', String(availableParallelism())];

/** @type {Record<string, Stage>} */
export const STAGES = {
  engine: { title: 'engine, policy and model on the host', run: hostTests },
  node: {
    title: 'Node',
    needs: 'package',
    run: (env) => nodeTests(env, ['tests/node', 'tests/server'], ALL_CORES),
  },
  web: { title: 'Rust in the browser', run: webTests },
  e2e: {
    title: 'end to end',
    needs: 'site',
    // Each file has a browser of its own, and a server on a free port.
    run: (env) => nodeTests(env, ['tests/e2e'], ALL_CORES),
  },
  difference: {
    title: 'beside what it stands in for, in Node and in Chromium',
    needs: 'package',
    run: (env) => nodeTests(env, ['tests/difference'], ALL_CORES),
  },
  clients: {
    title: 'under other clients, in Node, Chromium, Firefox and WebKit',
    needs: 'package',
    bring: bringEngines,
    run: (env) => nodeTests(env, ['tests/clients']),
  },
  pack: { title: 'the packed tarball', needs: 'package', run: (env) => nodeTests(env, ['tests/pack']) },
};

/** @param {Env} env */
async function hostTests(env) {
  return merge([await attempt('cargo', ['test', '--no-fail-fast'], { env })], cargoCounts);
}

/**
 * @param {Env} env
 * @param {string[]} folders
 * @param {string[]} [options] of Node's
 */
async function nodeTests(env, folders, options = []) {
  const files = (await Promise.all(folders.map(testFiles))).flat();
  if (files.length === 0) throw new Problem(`there is no *.test.js in ${folders.join(' or ')}`);
  const args = ['--test', '--test-reporter', 'spec', ...options, ...files];
  return merge([await attempt('node', args, { env })], nodeCounts);
}

/**
 * @param {Outcome[]} outcomes
 * @param {(output: string) => Counts} count
 * @returns {StageResult}
 */
function merge(outcomes, count) {
  const output = outcomes.map((one) => one.output).join('\n');
  return { code: Math.max(...outcomes.map((one) => one.code)), output, counts: count(output) };
}

/** @param {string} folder */
async function testFiles(folder) {
  if (!existsSync(inProject(folder))) return [];
  const names = await readdir(inProject(folder), { recursive: true });
  return names
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => join(folder, name));
}

/** @param {Env} env */
async function webTests(env) {
  const targets = await webTargets(env);
  if (targets.length === 0) throw new Problem('Cargo has no test target whose name begins with "web"');
  const server = await startServer({ port: await freePort(WEB_TESTS_PORT) });
  const runnerPort = await freePort(WEB_TESTS_PORT + 1);
  const webEnv = {
    ...env,
    API_ORIGIN: server.origin,
    WASM_BINDGEN_TEST_TIMEOUT: '120',
    WASM_BINDGEN_TEST_ADDRESS: `127.0.0.1:${runnerPort}`,
  };
  // The browser's driver and wasm-bindgen are the bootstrap's: wasm-pack would download its own.
  const wasmPack = ['test', '--headless', '--chrome', '--chromedriver', env.CHROMEDRIVER ?? ''];
  try {
    const all = [];
    for (const name of targets) {
      const letGo = occupyIdleThreads(runnerPort);
      try {
        const test = ['--mode', 'no-install', '--', '--test', name];
        all.push(await attempt('wasm-pack', [...wasmPack, ...test], { env: webEnv }));
      } finally {
        letGo();
      }
    }
    return merge(all, cargoCounts);
  } finally {
    await server.stop();
  }
}

/** @param {Env} env */
async function webTargets(env) {
  const metadata = JSON.parse(
    await run('cargo', ['metadata', '--no-deps', '--format-version', '1'], { env }),
  );
  /** @type {{ name: string, kind: string[] }[]} */
  const targets = metadata.packages[0].targets;
  return targets
    .filter(({ name, kind }) => kind.includes('test') && name.startsWith('web'))
    .map(({ name }) => name);
}
