/** What a single value below `hold:` can be; see kinds.ts. */

import { nearest } from '../yaml/nearest.ts';
import { type Kind, quoted } from './kinds.ts';
import { filterTerm } from './values.ts';

export const findKinds = ['phone-numbers', 'email-addresses', 'bank-accounts'] as const;

export const holdKinds = {
  findKind: {
    expected: 'one of phone-numbers, email-addresses, bank-accounts',
    example: 'phone-numbers',
    guess: (text) => nearest(text, findKinds),
  },
  word: {
    expected: 'a word',
    example: '"witness"',
    pattern: /\S/,
    guess: quoted,
    mistake: (text) =>
      /^\/.+\/[a-z]*$/s.test(text) ? 'it is an expression, which belongs under  patterns' : undefined,
  },
  expression: {
    expected: 'an expression between two slashes',
    example: '/file no\\. [0-9]+/i',
    pattern: /^\/.+\/[a-z]*$/,
    guess: (text) => (text.includes('/') ? undefined : `/${text}/i`),
    mistake: (text) => {
      if (findKinds.some((kind) => kind === text)) return 'it belongs under  kinds';
      const read = filterTerm(text);
      return 'mistake' in read ? read.mistake : undefined;
    },
  },
  allowed: {
    expected: 'a text or an expression',
    example: '"+33 6 12 34 56 78"',
    pattern: /\S/,
    guess: quoted,
    mistake: (text) => {
      const read = filterTerm(text);
      return 'mistake' in read ? read.mistake : undefined;
    },
  },
} as const satisfies Record<string, Kind>;
