/**
 * Counts what a regular expression costs: it is matched here by going back over all that was tried, as the language defines it.
 * The platform may be cleverer, but not worse. scslre looks for one character that repeats; this looks for two in turn, as `\"`.
 */

import { analyse } from 'scslre';

/**
 * @typedef {{ pattern: string, flags: string }} Pattern
 * @typedef {(at: number, then: (at: number) => boolean) => boolean} Match whether this and what follows fits there
 */

const SMALL = 8;
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
/** What costs more for so short a text is past counting. */
const LIMIT = 100_000;
const TOO_MUCH = Symbol('more than can be counted');

/**
 * @param {Pattern} one
 * @returns what a search of a text costs, and a character of each kind that the expression tells apart
 */
function compile({ pattern: source, flags }) {
  const bare = flags.replace(/[gy]/g, '');
  /** @type {Map<string, RegExp>} */
  const kinds = new Map();
  let text = '';
  let steps = 0;

  /** @type {(node: any, isBehind: boolean) => Match} */
  const matchOf = (node, isBehind) => {
    const match = partOf(node, isBehind);
    return (at, then) => {
      steps += 1;
      if (steps > LIMIT) throw TOO_MUCH;
      return match(at, then);
    };
  };

  /** @type {(node: any, isBehind: boolean) => Match} */
  const partOf = (node, isBehind) => {
    const inner = () => node.alternatives.map((/** @type {any} */ one) => matchOf(one, isBehind));
    switch (node.type) {
      case 'Alternative': {
        const parts = node.elements.map((/** @type {any} */ one) => matchOf(one, isBehind));
        if (isBehind) parts.reverse();
        /** @type {(place: number, at: number, then: (at: number) => boolean) => boolean} */
        const go = (place, at, then) =>
          place === parts.length
            ? then(at)
            : parts[place](at, (/** @type {number} */ end) => go(place + 1, end, then));
        return (at, then) => go(0, at, then);
      }
      case 'Pattern':
      case 'Group':
      case 'CapturingGroup': {
        const ways = inner();
        return (at, then) => ways.some((/** @type {Match} */ way) => way(at, then));
      }
      case 'Quantifier': {
        const { min, max, greedy } = node;
        const part = matchOf(node.element, isBehind);
        /** @type {(count: number, at: number, then: (at: number) => boolean) => boolean} */
        const go = (count, at, then) => {
          const more = () =>
            count < max && part(at, (end) => (end !== at || count < min) && go(count + 1, end, then));
          if (count < min) return more();
          return greedy ? more() || then(at) : then(at) || more();
        };
        return (at, then) => go(0, at, then);
      }
      case 'Assertion': {
        if (node.kind === 'start') return (at, then) => at === 0 && then(at);
        if (node.kind === 'end') return (at, then) => at === text.length && then(at);
        if (node.kind === 'word') throw new Error(`${node.raw} is not known here`);
        const ways = node.alternatives.map((/** @type {any} */ one) =>
          matchOf(one, node.kind === 'lookbehind'),
        );
        return (at, then) =>
          ways.some((/** @type {Match} */ way) => way(at, () => true)) !== node.negate && then(at);
      }
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass': {
        const kind = new RegExp(`^${node.raw}$`, bare);
        kinds.set(node.raw, kind);
        return (at, then) => {
          const from = isBehind ? at - 1 : at;
          return kind.test(text.charAt(from)) && then(isBehind ? from : at + 1);
        };
      }
      default:
        throw new Error(`${node.type} is not known here`);
    }
  };

  const match = matchOf(analyse({ source, flags }).parsed.pattern, false);
  const kindOf = (/** @type {string} */ letter) =>
    [...kinds.values()].map((kind) => kind.test(letter)).join();
  return {
    letters: [...new Map(ASCII.map((letter) => [kindOf(letter), letter])).values()],
    /** Of one search, or of all that a global one makes. */
    stepsFor(/** @type {string} */ searched) {
      [text, steps] = [searched, 0];
      try {
        for (let at = 0; at <= text.length; ) {
          let end = -1;
          const fits = match(at, (to) => {
            end = to;
            return true;
          });
          if (flags.includes('g') ? flags.includes('y') && !fits : fits || flags.includes('y')) break;
          at = Math.max(end, at + 1);
        }
      } catch (thrown) {
        if (thrown !== TOO_MUCH) throw thrown;
        return Infinity;
      }
      return steps;
    },
  };
}

/**
 * A text that costs four times as much where it is twice as long, or more; `undefined` where none was found.
 *
 * @param {Pattern} one
 */
export function attackOn(one) {
  const { letters, stepsFor } = compile(one);
  const ends = ['', ...letters];
  for (const first of letters) {
    for (const second of letters) {
      for (const start of ends) {
        for (const end of ends) {
          const textOf = (/** @type {number} */ size) => start + (first + second).repeat(size) + end;
          const [small, middle] = [stepsFor(textOf(SMALL)), stepsFor(textOf(2 * SMALL))];
          if (middle <= 2 * small) continue;
          if (!(stepsFor(textOf(4 * SMALL)) - middle <= 3 * (middle - small))) return textOf(2);
        }
      }
    }
  }
  return undefined;
}
