/** The text in which the module travels inside the package; `src/npm/decode.ts` says why, and turns it back. */

const MARKS = ['}', '~'];
const UNSAFE = ['"', "'", '`', '\\', '$', '<'];
const LETTERS = Array.from({ length: 127 - 33 }, (_, index) => String.fromCharCode(33 + index)).filter(
  (letter) => !MARKS.includes(letter) && !UNSAFE.includes(letter),
);
const VALUES = Array.from({ length: 256 }, (_, value) => value);

/** @param {Uint8Array} bytes */
export function encode(bytes) {
  const key = chooseKey(bytes);
  const letters = key.filter((letter) => !MARKS.includes(letter));
  let rare = 0;
  const codes = key.map((letter) =>
    MARKS.includes(letter) ? `${letter}${letters[rare++ % letters.length]}` : letter,
  );
  return { key: key.join(''), text: Array.from(bytes, (value) => codes[value]).join('') };
}

/**
 * The frequent values get a letter, printable ones their own: names in the module then read as in the code beside it, and
 * compress with it.
 *
 * @param {Uint8Array} bytes
 */
function chooseKey(bytes) {
  const counts = VALUES.map(() => 0);
  for (const value of bytes) counts[value] = (counts[value] ?? 0) + 1;
  const frequent = VALUES.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, LETTERS.length);

  const own = frequent
    .map((value) => String.fromCharCode(value))
    .filter((letter) => LETTERS.includes(letter));
  const free = LETTERS.filter((letter) => !own.includes(letter));
  let rare = 0;
  return VALUES.map((value) => {
    const letter = String.fromCharCode(value);
    if (own.includes(letter)) return letter;
    if (frequent.includes(value)) return free.shift() ?? '';
    return MARKS[Math.floor(rare++ / LETTERS.length)] ?? '';
  });
}
