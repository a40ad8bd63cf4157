/** What MIGRATION.md lists, made of what the tests know. */

import { faults } from './faults.js';
import { known } from './known.js';

const WIDTH = 120;

/** @param {string} text one entry of a list, in lines as long as those of the other pages */
function entry(text) {
  const lines = [''];
  for (const word of `- ${text}`.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + 1 + word.length > WIDTH) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join('\n');
}

/** By the name of the block that holds them. @type {Record<string, string>} */
export const blocks = {
  differences: known.map(({ what, reason }) => entry(`**${what}.** ${reason}`)).join('\n'),
  faults: faults.map(({ what, ofetch }) => entry(`**${what}.** ofetch ${ofetch}.`)).join('\n'),
};
