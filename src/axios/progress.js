// Bodies that are counted on their way, and who hears of it.

/** At most three times a second, ms. */
const PAUSE = 1000 / 3;
/** The rate is that of the last pieces, and nothing is said of it before a quarter of a second, ms. */
const SAMPLES = 50;
const SETTLES = 250;

/** Bytes a second, as pieces arrive; nothing as long as it can not be said. */
function rateMeter() {
  const samples = [];
  let first;
  return (bytes) => {
    const now = Date.now();
    first ??= now;
    const sum = samples.slice(1).reduce((all, one) => all + one.bytes, 0);
    const since = samples[0]?.at;
    const before = samples[0]?.bytes ?? 0;
    samples.push({ bytes, at: now });
    if (samples.length >= SAMPLES) samples.shift();
    if (now - first < SETTLES || since === undefined || now === since) return undefined;
    return Math.round(((sum + before) * 1000) / (now - since));
  };
}

/** Tells a listener how far a body has come: now and then, and at its end. */
export function progressOf(listener, total) {
  const rateOf = rateMeter();
  let told = 0;
  let toldAt = 0;
  let timer;
  let held;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    if (held === undefined) return;
    const event = { lengthComputable: total !== undefined, total, loaded: held };
    const loaded = total === undefined ? held : Math.min(held, total);
    held = undefined;
    toldAt = Date.now();
    const bytes = Math.max(0, loaded - told);
    told = Math.max(told, loaded);
    const rate = rateOf(bytes) || undefined;
    const progress = {
      loaded,
      total,
      progress: total ? loaded / total : undefined,
      bytes,
      rate,
      estimated: rate && total ? (total - loaded) / rate : undefined,
      event,
      lengthComputable: total !== undefined,
      download: true,
    };
    queueMicrotask(() => listener(progress));
  };
  return {
    count(loaded) {
      held = loaded;
      const wait = PAUSE - (Date.now() - toldAt);
      if (wait <= 0) tell();
      else timer ??= setTimeout(tell, wait);
    },
    end: tell,
  };
}

/**
 * A stream whose bytes are counted as they are read.
 *
 * @param count hears how many there have been; what it throws ends the stream
 * @param end is called once, whatever ends it
 */
export function counted(stream, count, end) {
  const reader = stream.getReader();
  let loaded = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            end?.();
            controller.close();
            return;
          }
          loaded += value.byteLength;
          count?.(loaded);
          controller.enqueue(value);
        } catch (error) {
          end?.();
          reader.cancel(error).catch(() => {});
          throw error;
        }
      },
      cancel(reason) {
        end?.();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
