/**
 * Shortens the names by which the module and its glue know each other.
 *
 * wasm-bindgen gives each import a name with a long hash, once in the module and once in the glue. Nobody else sees these
 * names, and hashes do not compress: they would be a twentieth of the whole package. And functions of the crate's own
 * JavaScript that need no glue are imported from their file as a whole, under their full names; as single functions among
 * the others they can be renamed too, and what nobody uses of the file left out. An export that the glue has no use for goes.
 */

/** Where the glue lists what it gives to the module. */
const LIST = 'const import0 = {\n        __proto__: null,\n';

/** What the glue is called in the module, which names it with each import. */
const MODULE = 'e';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * @param {string} module in the text format
 * @param {string} glue the JavaScript that wasm-bindgen wrote for it, trimmed
 */
export function shortenNames(module, glue) {
  const main = /\(import "(\.\/\w+_bg\.js)"/.exec(module)?.[1];
  let code = glue
    .replace(/^import \* as import\d+ from .*\n/gm, '')
    .replace(/^ +".*": import[1-9]\d*,\n/gm, '');
  let imports = 0;
  let exports = 0;

  const text = module
    .replace(/\(import "(.+?)" "(\w+)"/g, (all, file, name) => {
      const entry = `\n        ${name}: function(`;
      // What was taken out of the glue is no longer called for either, or the module does not start.
      if (file === main && !code.includes(entry)) return all;
      const short = shortName(imports++);
      if (file === main) {
        code = replaceOnce(code, entry, `\n        ${short}: function(`);
      } else {
        code = replaceOnce(code, LIST, `${LIST}        ${short}: direct_${short},\n`);
        code = `import { ${name} as direct_${short} } from '${file}';\n${code}`;
      }
      return `(import "${MODULE}" "${short}"`;
    })
    .replace(/^ *\(export "(\w+)" (.*)\n/gm, (_, name, what) => {
      const use = new RegExp(`\\bwasm\\.${name}\\b`, 'g');
      if (!use.test(code)) return '';
      const short = shortName(exports++);
      code = code.replaceAll(use, `wasm.${short}`);
      return `(export "${short}" ${what}\n`;
    });
  return { module: text, glue: replaceOnce(code, `"${main}"`, `"${MODULE}"`) };
}

/**
 * Of one letter as far as these go, then of two.
 *
 * @param {number} number
 * @returns {string}
 */
function shortName(number) {
  const rest = Math.floor(number / LETTERS.length);
  return (rest ? shortName(rest - 1) : '') + LETTERS.charAt(number % LETTERS.length);
}

/**
 * @param {string} text
 * @param {string} old
 * @param {string} replacement
 */
function replaceOnce(text, old, replacement) {
  if (text.split(old).length !== 2) throw new Error(`not exactly once in the glue: ${old.trim()}`);
  return text.replace(old, replacement);
}
