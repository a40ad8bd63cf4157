/** Counts the work of the engine, of which no built-in of JavaScript tells: its calls, the rounds of its loops, what it moves. */

import binaryen from 'binaryen';

const { BulkMemory, NontrappingFPToInt, SignExt, MutableGlobals, ReferenceTypes, Multivalue } =
  binaryen.Features;
/** What Node 20 knows. */
const FEATURES = BulkMemory | NontrappingFPToInt | SignExt | MutableGlobals | ReferenceTypes | Multivalue;

const COUNTER = /\(import "(.+?)" "log_execution" .+\n/;

/** What moves many bytes is one instruction: it goes by way of a function that tells how many. */
const mover = (/** @type {string} */ what) => `
  (func $counted_${what} (param i32 i32 i32)
    (call $moved (local.get 2))
    (memory.${what} (local.get 0) (local.get 1) (local.get 2)))`;

/** @param {Uint8Array} bytes a module; what comes of it does the same, and tells of each step */
function telling(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(FEATURES);
  module.runPasses(['log-execution']);
  const text = module
    .emitText()
    .replaceAll(/\(memory\.(copy|fill)$/gm, '(call $counted_$1')
    .replace(COUNTER, (counter, place) => `${counter}(import "${place}" "moved" (func $moved (param i32)))\n`)
    .replace(/\)\s*$/, `${mover('copy')}${mover('fill')})`);
  const told = binaryen.parseText(text);
  told.setFeatures(FEATURES);
  return new Uint8Array(told.emitBinary());
}

/**
 * Has the engine count from its start on, which is the first use of the package.
 *
 * @returns how many steps it has taken
 */
export function countEngine() {
  let steps = 0;
  const count = {
    log_execution() {
      steps += 1;
    },
    moved(/** @type {number} */ size) {
      steps += size / 8;
    },
  };
  const counting = (/** @type {Record<string, any>} */ imports) =>
    Object.fromEntries(Object.entries(imports).map(([place, all]) => [place, { ...all, ...count }]));
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct: (Module, [bytes]) => new Module(telling(bytes)),
  });
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (Instance, [module, imports]) => new Instance(module, counting(imports)),
  });
  return () => steps;
}
