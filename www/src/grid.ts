import type { Fate } from './fates';

/** One cell a request. Marks are cheap and painted together, once a frame, so that drawing does not slow the storm. */
export class Grid {
  readonly #root: HTMLElement;
  #cells: HTMLElement[] = [];
  readonly #marks = new Map<number, Fate>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  reset(count: number): void {
    this.#marks.clear();
    this.#cells = Array.from({ length: count }, () => document.createElement('i'));
    for (const cell of this.#cells) cell.className = 'cell';
    this.#root.dataset.density = count > 400 ? 'high' : count > 60 ? 'medium' : 'low';
    this.#root.replaceChildren(...this.#cells);
  }

  mark(request: number, fate: Fate): void {
    this.#marks.set(request, fate);
  }

  paint(): void {
    for (const [request, fate] of this.#marks) {
      const cell = this.#cells[request - 1];
      if (cell) cell.dataset.fate = fate;
    }
    this.#marks.clear();
  }

  describe(text: string): void {
    this.#root.setAttribute('aria-label', text);
  }
}
