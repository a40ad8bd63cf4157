/** Child processes: their output is kept, shown live as one line, and told in full only when they fail. */

import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Problem, showProgress } from './log.js';
import { ROOT } from './paths.js';

/**
 * @typedef {NodeJS.ProcessEnv} Env
 * @typedef {{ env: Env, cwd?: string, input?: string, timeout?: number }} RunOptions `timeout` in ms, after which it is ended
 * @typedef {RunOptions & { failure?: string }} RunOrFailOptions `failure` says what a failure means, and what to do
 * @typedef {{ code: number, stdout: string, output: string }} Outcome `output` holds both streams in order
 */

/**
 * Runs a command to its end, however it ends.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<Outcome>}
 */
export function attempt(command, args, { env, cwd = ROOT, input, timeout }) {
  return new Promise((resolve, reject) => {
    // A password that sudo asks for comes from the terminal, not from standard input.
    const child = spawn(command, args, {
      cwd,
      env,
      timeout,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    /** @param {string} chunk */
    const take = (chunk) => {
      output += chunk;
      const line = stripVTControlCharacters(chunk)
        .split(/[\r\n]+/)
        .findLast((text) => text.trim());
      if (line) showProgress(line.trim());
    };
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
      take(chunk);
    });
    child.stderr?.setEncoding('utf8').on('data', take);
    child.stdin?.end(input);
    child.once('error', (error) => reject(new Problem(`${command} could not be started: ${error.message}`)));
    child.once('close', (code, signal) =>
      resolve({
        code: code ?? 1,
        stdout,
        output: stripVTControlCharacters(signal ? `${output}\nended by ${signal}` : output),
      }),
    );
  });
}

/**
 * Runs a command that has to succeed, and gives what it printed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOrFailOptions} options
 */
export async function run(command, args, options) {
  const { code, stdout, output } = await attempt(command, args, options);
  if (code === 0) return stdout;
  throw new Problem(
    options.failure ?? `${[command, ...args].join(' ')} failed with exit code ${code}`,
    output,
  );
}

/**
 * @param {string} name
 * @param {Env} env
 * @returns {string | undefined} the absolute path of a program on PATH
 */
export function which(name, env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder && isExecutable(path)) return path;
  }
  return undefined;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Env} env
 * @param {string} folder
 * @returns {Env} the same with a folder at the head of PATH
 */
export const withPath = (env, folder) => ({
  ...env,
  PATH: [folder, env.PATH].filter(Boolean).join(delimiter),
});
