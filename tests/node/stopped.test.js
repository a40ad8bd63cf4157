/** What becomes of the callers when the engine stops. An app can bring that about by a stack that overflows within the engine. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../support/overflow.js', import.meta.url));
const STOPPED = /the engine has stopped; reload the page/;

test('a stack that overflows within the engine leaves nobody waiting, and whoever comes later is told', async () => {
  const { stdout } = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'ignore'] });
  const output = await text(stdout);
  assert.ok(output, 'a promise that nobody settles ends the script early');
  /** @type {string[][]} */
  const rounds = JSON.parse(output);
  const stopped = rounds.filter((outcomes) => outcomes.some((outcome) => STOPPED.test(outcome)));
  assert.ok(stopped.length > 0, 'the stack has to overflow within the engine');
  for (const outcomes of stopped) {
    // The call after, the tokens and the end of the session.
    for (const outcome of outcomes.slice(-3)) assert.match(outcome, STOPPED);
  }
});
