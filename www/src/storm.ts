import { type Client, echoPath, type Observer } from './client';

/** Beyond this nobody waits for a request any more: it counts as lost. */
const deadline = 120_000;

export interface StormOptions {
  count: number;
  /** Abort every tenth request as soon as it waits. */
  abortTenth: boolean;
}

export interface Outcome {
  answered: number;
  aborted: number;
  lost: number;
  /** From the first request to the last promise that settled, in ms. */
  took: number;
  /** What the lost requests rejected with, and how many of them did. */
  errors: Map<string, number>;
}

/** Fires all requests at once, and holds each reply against the request that it should belong to. */
export async function storm(client: Client, options: StormOptions, observer: Observer): Promise<Outcome> {
  const { count, abortTenth } = options;
  const outcome: Outcome = { answered: 0, aborted: 0, lost: 0, took: 0, errors: new Map() };
  const controllers = Array.from({ length: count + 1 }, () => new AbortController());

  const stop = client.observe({
    refreshing: () => observer.refreshing(),
    refreshed: () => observer.refreshed(),
    fate(request, fate) {
      observer.fate(request, fate);
      const waits = fate === 'waiting' || fate === 'withdrawn';
      // Later, as a user's click would come: not from inside the client's own call.
      if (abortTenth && waits && request % 10 === 0) queueMicrotask(() => controllers[request]?.abort());
    },
  });

  async function one(request: number): Promise<void> {
    const signal = controllers[request]?.signal as AbortSignal;
    try {
      const reply = await client.get(echoPath(request), signal);
      if (reply.path !== echoPath(request)) throw new Error(`a reply that is not its own: ${reply.path}`);
      outcome.answered += 1;
      observer.fate(request, 'answered');
    } catch (error) {
      if (signal.aborted) {
        outcome.aborted += 1;
        observer.fate(request, 'aborted');
      } else {
        const text = nameOf(error);
        outcome.errors.set(text, (outcome.errors.get(text) ?? 0) + 1);
        observer.fate(request, 'failed');
      }
    }
  }

  const start = performance.now();
  const requests = Promise.all(Array.from({ length: count }, (_, index) => one(index + 1)));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadline);
  });
  await Promise.race([requests, tooLong]);
  clearTimeout(timer);
  stop();
  outcome.took = performance.now() - start;
  outcome.lost = count - outcome.answered - outcome.aborted;
  // A copy: what settles after the deadline no longer changes the result.
  return { ...outcome };
}

/** The kind of an error, without what differs from request to request. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? `${error.name} ${code}` : `${error.name}: ${error.message}`;
}
