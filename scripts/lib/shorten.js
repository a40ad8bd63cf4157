/**
 * Shortens the names by which the module and its glue know each other.
 *
 * wasm-bindgen gives each import a name with a long hash, once in the module and once in the glue. Nobody else sees these
 * names, and hashes do not compress: they would be a twentieth of the whole package. And functions of the crate's own
 * JavaScript that need no glue are imported from their file as a whole, under their full names; as single functions among
 * the others they can be renamed too, and what nobody uses of the file left out.
 */

/** Where the glue lists what it gives to the module. */
const LIST = 'const import0 = {\n        __proto__: null,\n';

/**
 * @param {string} module in the text format
 * @param {string} glue the JavaScript that wasm-bindgen wrote for it
 */
export function shortenNames(module, glue) {
  const main = /\(import "(\.\/\w+_bg\.js)"/.exec(module)?.[1];
  let code = glue
    .replace(/^import \* as import\d+ from .*\n/gm, '')
    .replace(/^ +".*": import[1-9]\d*,\n/gm, '');
  let count = 0;

  const text = module
    .replace(/\(import "(.+?)" "(\w+)"/g, (_, file, name) => {
      const short = `i${(count++).toString(36)}`;
      if (file === main) {
        code = replaceOnce(code, `\n        ${name}:`, `\n        ${short}:`);
      } else {
        code = replaceOnce(code, LIST, `${LIST}        ${short}: direct_${short},\n`);
        code = `import { ${name} as direct_${short} } from '${file}';\n${code}`;
      }
      return `(import "${main}" "${short}"`;
    })
    .replace(/\(export "(\w+)"/g, (_, name) => {
      const short = `e${(count++).toString(36)}`;
      code = code.replaceAll(new RegExp(`\\bwasm\\.${name}\\b`, 'g'), `wasm.${short}`);
      return `(export "${short}"`;
    });
  return { module: text, glue: code };
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
