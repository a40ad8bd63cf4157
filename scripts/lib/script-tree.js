/** JavaScript and TypeScript as the trees that the bundler reads them as. */

/** @typedef {{ type: string, start: number, end: number } & Record<string, unknown>} Node of an ESTree */

/**
 * @param {string} text
 * @param {'js' | 'ts'} lang
 * @returns {Promise<unknown>}
 */
export async function parseScript(text, lang) {
  // A package, which may only just have been installed.
  const { parseAst } = await import('rolldown/parseAst');
  return parseAst(text, { lang });
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
export const isNode = (value) =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
