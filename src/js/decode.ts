/**
 * Turns the text in which the WebAssembly module travels back into bytes.
 *
 * Each byte value has a letter of its own, or, where it is rare, two: `}` or `~` and a letter. Unlike base64, this keeps
 * bytes whole, so that the compression of a page's transport sees what it would see in the binary file; and all letters are
 * plain ASCII that no bundler, minifier or HTML page has to escape.
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
    const mark = markOf(key.charCodeAt(value));
    const letter = mark ? letters.charCodeAt(rare++ % letters.length) : key.charCodeAt(value);
    values[(mark << 7) | letter] = value;
  }

  const bytes = new Uint8Array(text.length);
  let length = 0;
  let mark = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > BEFORE_MARKS) {
      mark = markOf(code);
    } else {
      bytes[length++] = values[(mark << 7) | code] as number;
      mark = 0;
    }
  }
  return bytes.subarray(0, length);
}

/** The last character before `}` and `~`. */
const BEFORE_MARKS = 124;

const markOf = (code: number): number => Math.max(code - BEFORE_MARKS, 0);
