/** What can become of a request, in the order in which it usually happens, and how the legend puts it. */
export const fates = {
  sent: 'on its way',
  rejected: 'answered 401',
  waiting: 'held back',
  withdrawn: 'called back',
  replayed: 'sent again',
  answered: 'own reply',
  aborted: 'by its caller',
  failed: 'no reply',
} as const;

export type Fate = keyof typeof fates;

export const fateNames = Object.keys(fates) as Fate[];
