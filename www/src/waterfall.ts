import type { Fate } from './fates';
import type { Recording } from './recording';

/** What a request is doing between two of its steps. */
type Phase = 'sending' | 'holding' | 'replaying';

const phaseAfter: Partial<Record<Fate, Phase>> = {
  sent: 'sending',
  rejected: 'holding',
  waiting: 'holding',
  withdrawn: 'holding',
  replayed: 'replaying',
};

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * Draws every request as one thin row over time, and each refresh as a bar above them.
 * `span` is the time at the right edge in ms: two drawings with the same span can be compared by eye.
 */
export function drawWaterfall(root: HTMLElement, recording: Recording, span: number): void {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${span} ${recording.count}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');

  const ticks = ticksFor(span);
  svg.append(path('tick', ticks.map((at) => `M${at} 0V${recording.count}`).join('')));
  for (const [phase, lines] of Object.entries(linesOf(recording, span))) svg.append(path(phase, lines));
  const edges = recording.refreshes.flatMap(({ from, to }) => [from, to]).filter((at) => !Number.isNaN(at));
  svg.append(path('refresh', edges.map((at) => `M${at} 0V${recording.count}`).join('')));

  const axis = element('div', 'axis');
  // A label at the very edge would be cut.
  for (const at of ticks.filter((tick) => tick < 0.95 * span))
    axis.append(placed('span', at / span, label(at)));
  root.replaceChildren(refreshLane(recording, span), svg, axis);
}

/** One path a phase, however many requests there are. */
function linesOf(recording: Recording, span: number): Record<Phase, string> {
  const lines: Record<Phase, string> = { holding: '', sending: '', replaying: '' };
  recording.steps.forEach((steps, row) => {
    steps.forEach((step, index) => {
      const phase = phaseAfter[step.fate];
      const end = steps[index + 1]?.at ?? span;
      if (phase) lines[phase] += `M${step.at.toFixed(1)} ${row + 0.5}H${end.toFixed(1)}`;
    });
  });
  return lines;
}

function refreshLane(recording: Recording, span: number): HTMLElement {
  const lane = element('div', 'lane');
  for (const { from, to } of recording.refreshes) {
    const bar = placed('span', from / span, '');
    bar.style.width = `${(100 * ((Number.isNaN(to) ? span : to) - from)) / span}%`;
    lane.append(bar);
  }
  return lane;
}

/** Round numbers, few enough that their labels fit at phone width. */
function ticksFor(span: number): number[] {
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
}

function label(ms: number): string {
  if (ms === 0) return '0';
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}

export function formatTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

function path(name: string, d: string): SVGPathElement {
  const node = document.createElementNS(svgNamespace, 'path');
  node.setAttribute('class', name);
  node.setAttribute('d', d);
  return node;
}

function placed(tag: string, share: number, text: string): HTMLElement {
  const node = element(tag, '');
  node.style.left = `${100 * share}%`;
  node.textContent = text;
  return node;
}

function element(tag: string, className: string): HTMLElement {
  const node = document.createElement(tag);
  if (className) node.className = className;
  return node;
}
