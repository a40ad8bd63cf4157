// Time limits.

/** Beyond this a timer of the platform fires at once, in ms. */
export const LONGEST_TIMEOUT = 0x7fff_ffff;

/** Waits for a promise, but not for ever. */
export async function within(promise, patience) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
