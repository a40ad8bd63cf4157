/**
 * Shortens the names by which the module and its glue know each other.
 *
 * wasm-bindgen gives each import a name with a long hash, once in the module and once in the glue. Nobody else sees these
 * names, and hashes do not compress: they would be a twentieth of the whole package.
 */

/**
 * @param {string} module in the text format
 * @param {string} glue the JavaScript that wasm-bindgen wrote for it
 */
export function shortenNames(module, glue) {
  const imports = [...module.matchAll(/\(import "\.\/\w+_bg\.js" "(\w+)"/g)].map((found) => found[1] ?? '');
  const exports = [...module.matchAll(/\(export "(\w+)"/g)].map((found) => found[1] ?? '');

  let text = module;
  let code = glue;
  for (const [index, name] of imports.entries()) {
    const short = `i${index.toString(36)}`;
    text = text.replace(`_bg.js" "${name}"`, `_bg.js" "${short}"`);
    code = replaceOnce(code, `\n        ${name}:`, `\n        ${short}:`);
  }
  for (const [index, name] of exports.entries()) {
    const short = `e${index.toString(36)}`;
    text = text.replace(`(export "${name}"`, `(export "${short}"`);
    code = code.replaceAll(new RegExp(`\\bwasm\\.${name}\\b`, 'g'), `wasm.${short}`);
  }
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
