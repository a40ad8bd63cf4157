/**
 * What is done to the output of rustc and wasm-bindgen, and what each step saves: bytes of the main entry, minified and gzipped
 * (`npm run size`), found by leaving out that step alone. A step that saves less than 50 bytes is not worth its explanation.
 *
 * | step | where | saves |
 * |---|---|---:|
 * | the module as letters, not as base64 | `wasm-text.js` | 5,200 |
 * | short names for imports and exports, and no export that nobody uses | `shorten.js` | 2,320 |
 * | the standard library compiled along, and a panic that is a bare trap | `package.js` | 3,050 |
 * | functions that nobody can call | `prune.js` | 250 |
 * | words of traps, which nobody reads | `prune.js` | 260 |
 * | `wasm-opt`, all of its passes | `package.js` | 1,790 |
 * | … `-Oz` a second time | `package.js` | 60 |
 * | … `--flatten --rereloop` | `package.js` | 130 |
 * | … `--low-memory-unused` | `package.js` | 150 |
 * | the decoder of strings | here | 120 |
 * | a shorter way to pass strings | here | 120 |
 *
 * The glue of the facade's module is left out as a whole (`withoutGlue` in `prune.js`): it takes and gives numbers alone.
 *
 * This file takes out of wasm-bindgen's JavaScript what the package has no use for, and has it start as many engines as are
 * needed; the latter saves nothing: a trap is survived by it. wasm-bindgen is pinned to one version: what is not found as it
 * stands here stops the build.
 */

/** @type {[RegExp, string][]} */
const CUTS = [
  // A trap speaks for itself. Without its words nobody needs the decoder, so that a bundler may leave it out.
  [/throw new Error\(getStringFromWasm0\(\w+, \w+\)\);/, "throw new Error('the engine has given up');"],
  [/^(let cachedTextDecoder = )(new .*)\ncachedTextDecoder\.decode\(\);$/m, '$1/* @__PURE__ */ $2'],
  // An engine that was discarded is collected as a whole.
  [/\(ptr => wasm\./, '(ptr => wasm && wasm.'],
  // The shorter way to pass a string: the strings are short too, and few.
  [
    /^ {4}if \(realloc === undefined\) {[\s\S]*? {4}WASM_VECTOR_LEN = offset;$/m,
    `    WASM_VECTOR_LEN = 0;
    // No room for nothing: that is an address without memory.
    if (!arg) return 1;
    const len = arg.length * 3;
    const ptr = malloc(len, 1) >>> 0;
    WASM_VECTOR_LEN = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0().subarray(ptr, ptr + len)).written;`,
  ],
  [/^ {4}return ptr;\n}$/m, '    return realloc(ptr, len, WASM_VECTOR_LEN, 1) >>> 0;\n}'],
  // How it is started: as often as there is to be another engine, of a module that is compiled once. Each has all of the glue to
  // itself, so that no address of one ever gets into the memory of another. What an import would do on the module's word is done
  // at once.
  [/^export class ApiFetch /m, 'export function instantiate(module) {\nclass ApiFetch '],
  [/^export function readerOf\(/m, 'function readerOf('],
  [/^export function resume\(/m, 'function resume('],
  [/^export function changeMark\(/m, 'function changeMark('],
  [
    /^ {8}\w+: function\(\) {\n {12}const table = (wasm\.\w+);\n([\s\S]*?) {8}},\n([\s\S]*)^let wasmModule, wasmInstance, wasm;[\s\S]*/m,
    `$3let wasm = new WebAssembly.Instance(module, __wbg_get_imports()).exports;
    const table = $1;
$2    // What is still under way in it finds nothing any more to do anything to.
    const discard = () => {
        for (let at = 0; at < table.length; at++) table.set(at, undefined);
        wasm = undefined;
    };
    return { ApiFetch, changeMark, readerOf, resume, discard };
}
`,
  ],
];

/** @param {string} glue the JavaScript that wasm-bindgen wrote */
export function trimGlue(glue) {
  return CUTS.reduce((text, [pattern, replacement]) => {
    if (text.match(new RegExp(pattern, `${pattern.flags}g`))?.length !== 1)
      throw new Error(`not exactly once in the glue: ${pattern}`);
    return text.replace(pattern, replacement);
  }, glue);
}
