/** What the tarball holds, and that Node takes it. */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { install, pack, run, scratchFolder } from './support/scratch.js';

/** As an import alone may do nothing, each of these is an alarm. */
const ALARMS = `
  for (const name of ['fetch', 'localStorage', 'sessionStorage', 'indexedDB', 'BroadcastChannel', 'setTimeout']) {
    Object.defineProperty(globalThis, name, { get() { throw new Error(name + ' was touched') } });
  }
  WebAssembly.Module = WebAssembly.Instance = class { constructor() { throw new Error('the engine was started') } };
`;
const EXPORTS = [
  '$fetch',
  'AuthError',
  'FetchError',
  'apiFetch',
  'createApiFetch',
  'createFetch',
  'fetch',
  'isAuthError',
  'isFetchError',
  'ofetch',
];
const EXPORTS_OF_FACADE = [
  ...[
    'Axios',
    'AxiosError',
    'AxiosHeaders',
    'Cancel',
    'CancelToken',
    'CanceledError',
    'HttpStatusCode',
    'VERSION',
  ],
  ...[
    'all',
    'create',
    'createSessionAdapter',
    'default',
    'formToJSON',
    'getAdapter',
    'isAxiosError',
    'isCancel',
  ],
  ...['mergeConfig', 'spread', 'toFormData'],
];

test('the tarball holds the built files, the licences and the README, and nothing else', async (t) => {
  const { files } = await pack(await scratchFolder(t));
  const isDeclaration = (/** @type {string} */ path) => /^dist\/[\w/-]+\.d\.ts$/.test(path);
  assert.deepEqual(files.filter((path) => !isDeclaration(path)).sort(), [
    'AXIOS.md',
    'CHANGELOG.md',
    'CLIENTS.md',
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'MIGRATION.md',
    'README.md',
    'RELIABILITY.md',
    'dist/axios-wasm.js',
    'dist/axios.js',
    'dist/engine-wasm.js',
    'dist/index.js',
    'package.json',
  ]);
  assert.ok(files.includes('dist/index.d.ts'));
});

test('in Node, it comes alone, runs nothing when it is installed, and does nothing when it is imported', async (t) => {
  const folder = await scratchFolder(t);
  await install(folder);

  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  assert.deepEqual(Object.keys(lock.packages), ['', 'node_modules/wasm-api-fetch']);
  assert.equal(lock.packages['node_modules/wasm-api-fetch'].hasInstallScript, undefined);

  const entries = { 'wasm-api-fetch': EXPORTS, 'wasm-api-fetch/axios': EXPORTS_OF_FACADE };
  for (const [entry, exports] of Object.entries(entries)) {
    const ways = { 'import.mjs': `await import('${entry}')`, 'require.cjs': `require('${entry}')` };
    for (const [file, way] of Object.entries(ways)) {
      await writeFile(join(folder, file), `${ALARMS} console.log(Object.keys(${way}).join());`);
      const found = (await run(folder, 'node', file)).trim().split(',');
      // What Node adds to a module that is required.
      assert.deepEqual(found.filter((name) => name !== '__esModule').sort(), exports, `${entry}, ${file}`);
    }
  }
});

test('in Node, a request is answered without any preparation', async (t) => {
  const folder = await scratchFolder(t);
  await install(folder);
  await writeFile(
    join(folder, 'request.cjs'),
    `const { createApiFetch } = require('wasm-api-fetch');
     const server = require('node:http').createServer((request, response) => {
       response.setHeader('content-type', 'application/json').end(JSON.stringify({ url: request.url }));
     });
     server.listen(0, '127.0.0.1', async () => {
       const api = createApiFetch({ baseURL: 'http://127.0.0.1:' + server.address().port });
       console.log((await api('/echo/1')).url);
       server.close();
       server.closeAllConnections();
     });`,
  );
  assert.equal((await run(folder, 'node', 'request.cjs')).trim(), '/echo/1');
});

test('the code is readable, and an uncaught error shows a line of it, not the engine', async (t) => {
  const folder = await scratchFolder(t);
  await install(folder);
  for (const file of ['index.js', 'axios.js']) {
    const lines = (await readFile(join(folder, 'node_modules/wasm-api-fetch/dist', file), 'utf8')).split(
      '\n',
    );
    assert.ok(lines.length > 1000, `${file} has ${lines.length} lines`);
    const longest = Math.max(...lines.map((line) => line.length));
    assert.ok(longest < 1000, `${file} has a line of ${longest} characters`);
  }

  await writeFile(
    join(folder, 'uncaught.mjs'),
    "import { createApiFetch } from 'wasm-api-fetch';\ncreateApiFetch({ retry: 'often' });",
  );
  const said = await run(folder, 'node', 'uncaught.mjs').then(
    () => assert.fail('nothing was thrown'),
    (error) => String(error.message),
  );
  assert.match(said, /dist\/index\.js:\d+\n.*throw new TypeError/);
  // `run` puts this in the place of a line that is too long to be code.
  assert.doesNotMatch(said, /…/);
});
