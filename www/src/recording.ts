import type { Observer } from './client';
import { type Fate, fateNames } from './fates';

export interface Step {
  at: number;
  fate: Fate;
}

export interface Refresh {
  from: number;
  to: number;
}

/** What happened to whom and when, in ms since the storm began. */
export class Recording implements Observer {
  readonly count: number;
  readonly steps: Step[][];
  readonly refreshes: Refresh[] = [];
  /** How many requests were ever met by each fate. */
  readonly reached = Object.fromEntries(fateNames.map((name) => [name, 0])) as Record<Fate, number>;
  readonly #start = performance.now();

  constructor(count: number) {
    this.count = count;
    this.steps = Array.from({ length: count }, () => []);
  }

  get now(): number {
    return performance.now() - this.#start;
  }

  fate(request: number, fate: Fate): void {
    const steps = this.steps[request - 1];
    if (!steps) return;
    if (!steps.some((step) => step.fate === fate)) this.reached[fate] += 1;
    steps.push({ at: this.now, fate });
  }

  refreshing(): void {
    this.refreshes.push({ from: this.now, to: Number.NaN });
  }

  refreshed(): void {
    const open = this.refreshes.at(-1);
    if (open) open.to = this.now;
  }

  /** When the first request met `fate`. */
  first(fate: Fate): number | undefined {
    let first: number | undefined;
    for (const steps of this.steps) {
      const at = steps.find((step) => step.fate === fate)?.at;
      if (at !== undefined && (first === undefined || at < first)) first = at;
    }
    return first;
  }
}
