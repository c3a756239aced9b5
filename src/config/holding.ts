/** What a section may say of texts that a person is to look at first, and what its sources may say to that. */
import * as z from 'zod';
import type { SafetyHold } from '../model.ts';
import { findKinds, holdKinds } from './hold-kinds.ts';
import { kinds, wrongValue } from './kinds.ts';
import { duration, group, oneOrMany, text } from './shapes.ts';
import { filterTerm } from './values.ts';

const term = (written: string) => {
  const read = filterTerm(written);
  return 'term' in read ? read.term : written;
};

/** What a source, or everybody in a section, always prints. */
const allow = oneOrMany(
  text(
    holdKinds.allowed,
    'What is always printed and holds nothing up: a hotline, a bank account, a contact address; a text, or /an expression/',
  ).transform(term),
  holdKinds.allowed,
  1,
);

/** What a source may say to it. */
export const toHold = {
  allow: allow.optional(),
  pictures_show_faces: z
    .boolean({ error: (issue) => wrongValue(kinds.yes, issue.input) })
    .meta({
      description:
        'Its pictures show faces: a section with  hold: { faces: true }  waits for a person. false when nothing is said',
    })
    .optional(),
};

const findKind = z.enum(findKinds, {
  error: (issue) => wrongValue(holdKinds.findKind, issue.input),
});

const holdExample = 'kinds: phone-numbers';
export const hold = group(
  {
    kinds: oneOrMany(findKind, holdKinds.findKind, 1)
      .meta({ description: 'What is looked for: phone-numbers, email-addresses, bank-accounts' })
      .optional(),
    words: oneOrMany(text(holdKinds.word, 'A word, found anywhere and in any case'), holdKinds.word, 1).optional(),
    patterns: oneOrMany(
      text(holdKinds.expression, 'A regular expression between slashes').transform(term),
      holdKinds.expression,
      1,
    ).optional(),
    faces: z
      .boolean({ error: (issue) => wrongValue(kinds.yes, issue.input) })
      .meta({ description: 'Pictures of sources that say  pictures_show_faces: true' })
      .optional(),
    allow: allow.optional(),
    delay: duration(
      kinds.embargo,
      'For so long after it was first seen nothing of a text appears in this section; no time when nothing is said',
    ).optional(),
  },
  holdExample,
).meta({
  id: 'hold',
  description:
    'What a person is to look at before this section shows it: relais held lists it, relais release lets it pass. A delay ends by itself',
});

/** Of a section that says nothing there is nothing to build. */
export function builtHold(settings: z.output<typeof hold> | undefined): SafetyHold | undefined {
  if (settings === undefined) return undefined;
  return {
    kinds: settings.kinds ?? [],
    words: settings.words ?? [],
    patterns: settings.patterns?.filter((one) => typeof one !== 'string') ?? [],
    faces: settings.faces ?? false,
    allow: settings.allow ?? [],
    delayMs: settings.delay ?? 0,
  };
}
