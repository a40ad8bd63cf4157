/** What several tables send. */

export const ENCODED = 'application/x-www-form-urlencoded';

/** A form of the platform’s. */
export const form = () => {
  const data = new FormData();
  data.append('a', '1');
  data.append('a', '2');
  data.append('b[c]', 'x');
  data.append('file', new File(['text'], 'name.txt', { type: 'text/plain' }));
  return data;
};
export const file = () => new File(['text'], 'name.txt', { type: 'text/plain' });
/** Not all of them are text. */
export const bytes = () => new Uint8Array([104, 105, 33, 0, 255]);
