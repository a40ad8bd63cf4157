/**
 * Takes out of wasm-bindgen's JavaScript what this package has no use for.
 *
 * It is written for every program and every browser. Here an instance is freed by the garbage collector alone, the module is
 * started by `instantiate(module)` alone, and what the engine throws is a trap, whose words nobody reads. wasm-bindgen is
 * pinned to one version: what is not found as it stands here stops the build.
 */

/** @type {[RegExp, string][]} */
const CUTS = [
  // What is thrown: the decoder serves nothing else.
  [/throw new Error\(getStringFromWasm0\(\w+, \w+\)\);/, "throw new Error('the engine has given up');"],
  [/^function getStringFromWasm0\([\s\S]*?^}$/m, ''],
  [/^let cachedTextDecoder [\s\S]*?^cachedTextDecoder\.decode\(\);$/m, ''],
  [/^function decodeText\([\s\S]*?^}$/m, ''],
  // Every browser that has what this package needs has these.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) {[\s\S]*?^}$/m, ''],
  [/\(typeof FinalizationRegistry === 'undefined'\)\n.*\n\s*: /, ''],
  // An engine that was discarded is collected as a whole.
  [/\(ptr => wasm\./, '(ptr => wasm && wasm.'],
  [/^if \(Symbol\.dispose\) .*$/m, ''],
  [/^ {4}__destroy_into_raw\(\) {[\s\S]*?^ {4}}$/m, ''],
  [/^ {4}free\(\) {[\s\S]*?^ {4}}$/m, ''],
  // Storage areas are touched only where that has just been seen to go well.
  [/^function handleError\([\s\S]*?^}$/m, ''],
  // The shorter way to pass a string: the strings are short too, and few.
  [
    /^ {4}if \(realloc === undefined\) {[\s\S]*? {4}WASM_VECTOR_LEN = offset;$/m,
    `    WASM_VECTOR_LEN = 0;
    // No room for nothing: that is an address without memory.
    if (!arg) return 1;
    const len = arg.length * 3;
    const ptr = malloc(len, 1) >>> 0;
    WASM_VECTOR_LEN = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0(ptr, len)).written;`,
  ],
  [/^ {4}return ptr;\n}$/m, '    return realloc(ptr, len, WASM_VECTOR_LEN, 1) >>> 0;\n}'],
  [/cachedDataViewMemory0\.buffer\.detached === true \|\| .*? && (.*?)\)\) {/, '$1) {'],
  [
    /^let cachedUint8ArrayMemory0 = null;\nfunction getUint8ArrayMemory0\(\) {[\s\S]*?= new Uint8Array\((.*)\);[\s\S]*?^}$/m,
    'const getUint8ArrayMemory0 = (ptr, len) => new Uint8Array($1, ptr, len);',
  ],
  // `globalThis` is asked for first, and is everywhere.
  ...['global', 'self', 'window'].map(
    (name) =>
      /** @type {[RegExp, string]} */ ([
        new RegExp(`function\\(\\) {\\s+const ret = typeof ${name} === 'undefined'[\\s\\S]*?},\\n`),
        'function() {\n            return 0;\n        },\n',
      ]),
  ),
  // How it is started: as often as there is to be another engine, of a module that is compiled once. Each has all of the glue to
  // itself, so that no address of one ever gets into the memory of another. What an import would do on the module's word is done
  // at once.
  [/^export class Instance /m, 'export function instantiate(module) {\nclass Instance '],
  [/^export function wake\(/m, 'function wake('],
  [
    /^ {8}\w+: function\(\) {\n {12}const table = (wasm\.\w+);\n([\s\S]*?) {8}},\n([\s\S]*)^let wasmModule, wasmInstance, wasm;[\s\S]*/m,
    `$3let wasm = new WebAssembly.Instance(module, __wbg_get_imports()).exports;
    const table = $1;
$2    // What is still under way in it finds nothing any more to do anything to.
    const discard = () => {
        for (let at = 0; at < table.length; at++) table.set(at, undefined);
        wasm = undefined;
    };
    return { Instance, wake, discard };
}
`,
  ],
];

/**
 * What stands there many times: functions that may be methods, and numbers of 32 bits that are made positive. Which bits go back
 * to the engine is the same, and no number of ours that JavaScript reads is so large.
 *
 * @type {[RegExp, string][]}
 */
const SHORTER = [
  [
    /^( {8}\w+): function\(\) { return handleError\(function (\(arg0\) [\s\S]*?), arguments\); },$/gm,
    '$1$2,',
  ],
  [/^( {8}\w+): function\(/gm, '$1('],
  [/\b(arg\d+) >>> 0\b/g, '$1'],
];

/** @param {string} glue the JavaScript that wasm-bindgen wrote */
export function trimGlue(glue) {
  const cut = CUTS.reduce((text, [pattern, replacement]) => {
    if (text.match(new RegExp(pattern, `${pattern.flags}g`))?.length !== 1)
      throw new Error(`not exactly once in the glue: ${pattern}`);
    return text.replace(pattern, replacement);
  }, glue);
  return SHORTER.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), cut);
}
