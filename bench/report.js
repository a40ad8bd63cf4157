/** What was measured, for people and for programs. */

import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { inProject } from '../scripts/lib/paths.js';
import { median, ratio } from './rounds.js';

/**
 * @typedef {{ name: string, values: number[], notes: Record<string, number> }} Row `values` has one sample a round
 * @typedef {{ title: string, unit: string, digits: number, rows: Row[], yardsticks?: string[] }} Measure
 * @typedef {ReturnType<typeof describe>} Setting
 */

/** What is compared with, unless a measure names others. */
const YARDSTICKS = ['ofetch with queue', 'plain fetch'];

/** @param {{ seed: number, browser: string, tarball: { version: string, shasum: string } }} run */
export function describe({ seed, browser, tarball }) {
  const processors = cpus();
  return {
    package: `wasm-api-fetch ${tarball.version}, tarball ${tarball.shasum.slice(0, 12)}`,
    browser: `Chromium ${browser}`,
    node: process.versions.node,
    machine: `${processors.length} × ${processors[0]?.model ?? 'unknown'}`,
    date: new Date().toISOString(),
    seed,
  };
}

/**
 * @param {Setting} setting
 * @param {Measure[]} measures
 */
export async function saveResults(setting, measures) {
  const results = { ...setting, measures: measures.map(summarise) };
  await writeFile(inProject('bench', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
}

/** @param {Measure} measure */
function summarise({ title, unit, rows, yardsticks }) {
  return {
    title,
    unit,
    contestants: rows.map(({ name, values, notes }) => ({
      name,
      median: median(values),
      best: Math.min(...values),
      ratios: Object.fromEntries(ratios(values, rows, yardsticks)),
      ...notes,
      values,
    })),
  };
}

/**
 * @param {number[]} values
 * @param {Row[]} rows
 */
function ratios(values, rows, yardsticks = YARDSTICKS) {
  return yardsticks.map((yardstick) => {
    const other = rows.find(({ name }) => name === yardstick);
    return /** @type {const} */ ([yardstick, ratio(values, other?.values ?? [])]);
  });
}

/** @param {Measure} measure */
function cells({ unit, digits, rows, yardsticks = YARDSTICKS }) {
  const noted = Object.keys(rows[0]?.notes ?? {});
  const head = ['', unit, 'best', ...yardsticks.map((name) => `× ${name}`), ...noted];
  const body = rows.map(({ name, values, notes }) => [
    name,
    median(values).toFixed(digits),
    Math.min(...values).toFixed(digits),
    ...ratios(values, rows, yardsticks).map(([, value]) => value.toFixed(2)),
    ...noted.map((note) => notes[note]?.toFixed(digits) ?? ''),
  ]);
  return { head, body };
}

/** @param {Measure} measure */
const heading = ({ title, rows }) => `${title} (${rows[0]?.values.length ?? 0} rounds)`;

/**
 * @param {Setting} setting
 * @param {Measure[]} measures
 */
export function toText(setting, measures) {
  const tables = measures.map((measure) => {
    const { head, body } = cells(measure);
    const widths = head.map((_, column) =>
      Math.max(...[head, ...body].map((row) => row[column]?.length ?? 0)),
    );
    const lines = [head, ...body].map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
    return [heading(measure), ...lines].join('\n');
  });
  const lines = Object.entries(setting).map(([name, value]) => `${name}: ${value}`);
  return ['', ...tables.map((table) => `${table}\n`), ...lines].join('\n');
}

/**
 * @param {Setting} setting
 * @param {Measure[]} measures
 */
export function toMarkdown(setting, measures) {
  const tables = measures.map((measure) => {
    const { head, body } = cells(measure);
    const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
    const lines = [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`);
    return [`**${heading(measure)}**`, '', ...lines, ''].join('\n');
  });
  const { package: subject, browser, machine, date } = setting;
  return [...tables, `${subject}; ${browser}; ${machine}; ${date.slice(0, 10)}.`].join('\n');
}
