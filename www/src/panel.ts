import type { Client, Observer } from './client';
import { type Fate, fateNames, fates } from './fates';
import { Grid } from './grid';
import { Recording } from './recording';
import type { Settings } from './settings';
import { type Outcome, storm } from './storm';
import type { Books, Tenant } from './tenant';
import { drawWaterfall, formatTime } from './waterfall';

type Figure = 'answered' | 'lost' | 'refreshes' | 'reused' | 'rejections' | 'time';

export interface Result extends Outcome {
  refreshes: number;
  reused: number;
  rejections: number;
}

/** One side of the comparison: a client, its tenant, and the section of the page that shows its storm. */
export class Panel {
  readonly root: HTMLElement;
  readonly client: Client;
  readonly tenant: Tenant;
  readonly #grid: Grid;
  readonly #figures: Map<Figure, HTMLElement>;
  readonly #tallies: Map<Fate, HTMLElement>;
  #recording = new Recording(0);
  #frame = 0;

  constructor(root: HTMLElement, client: Client, tenant: Tenant) {
    this.root = root;
    this.client = client;
    this.tenant = tenant;
    const side = root.id;
    root.dataset.tenant = tenant.name;
    this.#grid = new Grid(this.#part('grid'));
    this.#figures = new Map();
    for (const node of root.querySelectorAll<HTMLElement>('[data-figure]')) {
      const figure = node.dataset.figure as Figure;
      node.dataset.testid = `${side}-${figure}`;
      this.#figures.set(figure, node);
    }
    this.#tallies = new Map(fateNames.map((fate) => [fate, this.#addToLegend(fate)]));
    this.#part('status').dataset.testid = side === 'ours' ? 'status' : `${side}-status`;
    this.showStatus();
  }

  async signIn(): Promise<void> {
    await this.client.signIn(await this.tenant.login());
    this.showStatus();
  }

  /** Forgets the last storm and shows `count` requests that are still to come. */
  reset(count: number): void {
    this.#recording = new Recording(count);
    this.#grid.reset(count);
    this.#grid.describe(`${count} requests, not sent yet`);
    for (const figure of this.#figures.keys()) this.#set(figure, '–');
    for (const node of this.#tallies.values()) write(node, '0');
    this.#part('total').textContent = `of ${count}`;
    this.#part('waterfall').replaceChildren();
    this.#part('account').textContent = 'Drawn when the run is over.';
  }

  /** Signed in, the switches set, and a token that the client believes in and the server does not. */
  async prepare(settings: Settings): Promise<void> {
    this.reset(settings.count);
    if (this.client.status.startsWith('signed-out')) await this.signIn();
    await this.tenant.control(settings.switches);
    await this.tenant.expire();
  }

  async run(settings: Settings): Promise<Result> {
    const before = await this.tenant.books();
    this.#recording = new Recording(settings.count);
    const outcome = await storm(this.client, settings, this.#observer());
    cancelAnimationFrame(this.#frame);
    this.#paint();
    const result = { ...outcome, ...difference(before, await this.tenant.books()) };
    this.#show(result);
    this.draw(outcome.took);
    return result;
  }

  draw(span: number): void {
    drawWaterfall(this.#part('waterfall'), this.#recording, span);
  }

  scrollIntoView(): void {
    this.#part('grid').scrollIntoView({ block: 'nearest' });
  }

  showStatus(): void {
    const { status } = this.client;
    const node = this.#part('status');
    node.textContent = status;
    node.dataset.status = status.split(' ', 1)[0];
  }

  #observer(): Observer {
    const schedule = () => {
      if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
    };
    return {
      fate: (request, fate) => {
        this.#recording.fate(request, fate);
        this.#grid.mark(request, fate);
        schedule();
      },
      refreshing: () => {
        this.#recording.refreshing();
        schedule();
      },
      refreshed: () => {
        this.#recording.refreshed();
        schedule();
      },
    };
  }

  #paint(): void {
    this.#frame = 0;
    this.#grid.paint();
    const { reached } = this.#recording;
    for (const [fate, node] of this.#tallies) write(node, String(reached[fate]));
    this.#set('answered', reached.answered);
    this.#set('lost', reached.failed);
    this.#set('time', formatTime(this.#recording.now));
    this.showStatus();
  }

  #show(result: Result): void {
    this.#set('answered', result.answered);
    this.#set('lost', result.lost, result.lost > 0);
    this.#set('refreshes', result.refreshes, result.refreshes > 1);
    this.#set('reused', result.reused, result.reused > 0);
    this.#set('rejections', result.rejections);
    this.#set('time', formatTime(result.took));
    const { reached, count } = this.#recording;
    const counts = fateNames.filter((fate) => reached[fate] > 0).map((fate) => `${reached[fate]} ${fate}`);
    this.#grid.describe(`${count} requests: ${counts.join(', ')}`);
    this.#part('account').textContent = account(this.#recording, result);
  }

  #set(figure: Figure, value: number | string, bad = false): void {
    const node = this.#figures.get(figure);
    if (!node) return;
    write(node, String(value));
    node.toggleAttribute('data-bad', bad);
  }

  #addToLegend(fate: Fate): HTMLElement {
    const item = document.createElement('li');
    const sample = document.createElement('i');
    sample.className = 'cell';
    sample.dataset.fate = fate;
    const count = document.createElement('b');
    count.dataset.testid = `${this.root.id}-tally-${fate}`;
    const meaning = document.createElement('small');
    meaning.textContent = fates[fate];
    item.append(sample, count, ` ${fate} `, meaning);
    this.#part('legend').append(item);
    return count;
  }

  #part(name: string): HTMLElement {
    const node = this.root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!node) throw new Error(`the panel has no part ${name}`);
    return node;
  }
}

function write(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

function difference(before: Books, after: Books): Pick<Result, 'refreshes' | 'reused' | 'rejections'> {
  return {
    refreshes: after.refreshes - before.refreshes,
    reused: after.reused - before.reused,
    rejections: (after.statuses['401'] ?? 0) - (before.statuses['401'] ?? 0),
  };
}

/** The run in one sentence: what the drawing shows, for those who do not see it. */
function account(recording: Recording, result: Result): string {
  const parts: string[] = [];
  const rejected = recording.first('rejected');
  if (rejected !== undefined) parts.push(`first 401 after ${formatTime(rejected)}`);
  for (const { from, to } of recording.refreshes.slice(0, 3)) {
    parts.push(`refresh from ${formatTime(from)} to ${formatTime(to)}`);
  }
  const replayed = recording.first('replayed');
  if (replayed !== undefined) parts.push(`first replay at ${formatTime(replayed)}`);
  parts.push(`everything settled at ${formatTime(result.took)}`);
  const errors = [...result.errors].map(([text, times]) => `${times} × ${text}`);
  if (errors.length > 0) parts.push(`rejected with ${errors.join(', ')}`);
  const sentence = parts.join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
