/** The code of the last character before the two marks, `}` and `~`. */
const BEFORE_MARKS = 124;

/**
 * Decodes the text that contains the WebAssembly module.
 *
 * Each byte value is one letter, or, if it is rare, two: `}` or `~` and a letter. Unlike base64, each byte stays a unit, so that gzip and
 * brotli compress the text as well as the binary file. All letters are ASCII that need not be escaped.
 *
 * @param text the module
 * @param key for each byte value its letter, or the mark that stands before its letter
 */
export function decode(text: string, key: string): Uint8Array<ArrayBuffer> {
  const letters = key.replace(/[}~]/g, '');
  // Three tables of 128: for a letter alone, after `}`, and after `~`.
  const values = new Uint8Array(3 << 7);
  let rare = 0;
  for (let value = 0; value < 256; value++) {
    const code = key.charCodeAt(value);
    const table = Math.max(code - BEFORE_MARKS, 0) << 7;
    values[table | (table ? letters.charCodeAt(rare++ % letters.length) : code)] = value;
  }

  // In place: there are never more bytes than letters. It runs once and mostly before any compiler has seen it, and an
  // array is then three times as fast to read as a string.
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  let table = 0;
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] as number;
    if (code > BEFORE_MARKS) {
      table = (code - BEFORE_MARKS) << 7;
    } else {
      bytes[length++] = values[table | code] as number;
      table = 0;
    }
  }
  return bytes.subarray(0, length);
}
