/** What `defaults`, a section and a source may each say of the sources below: one table, from which schema.ts makes three. */
import * as z from 'zod';
import { kinds, wrongValue } from './kinds.ts';
import { duration, group, oneOrMany, text, whole } from './shapes.ts';
import { filterTerm } from './values.ts';

const filterTermSchema = text(
  kinds.filter,
  'A word or some words, found anywhere, whatever their case and accents, or /a regular expression/i',
).transform((written) => {
  const read = filterTerm(written);
  return 'term' in read ? read.term : written;
});
const terms = oneOrMany(filterTermSchema, kinds.filter, 1).optional();
const filter = group(
  { title: terms, text: terms, author: terms, tag: terms, link: terms, lang: terms },
  'title: Calais',
).meta({
  id: 'filter',
});

/** Which filter counts, and where (filtering.ts). */
const whichFilter =
  'What stands beside a source in a section’s list counts there; else what the section says, together with what is said where the source is described; else defaults';

/** What `defaults`, then a section, then a source may say; the last word counts. */
export const cascading = {
  lang: text(kinds.language, 'Language of the texts: fr, ar, pt-BR').optional(),
  every: duration(
    kinds.every,
    'Shortest time between two visits; when nothing is said, an hour or more, by the source’s own rhythm, and a day where its server sends neither ETag nor Last-Modified',
  ).optional(),
  first_import: whole(
    kinds.firstImport,
    0,
    1_000,
    'Items that a new source may bring into the feeds at once; 20 when nothing is said',
  ).optional(),
  show: z
    .enum(['full', 'excerpt', 'link', 'none'], { error: (issue) => wrongValue(kinds.show, issue.input) })
    .meta({
      description:
        'How much may be republished: the partner decides. none shows nothing of it anywhere. excerpt when nothing is said',
    })
    .optional(),
  excerpt_words: whole(
    kinds.excerptWords,
    10,
    300,
    'Words in the longest excerpt, which ends with a whole sentence; 60 when nothing is said',
  ).optional(),
  embargo: duration(
    kinds.embargo,
    'For so long after it was published, or first seen, nothing of a text appears; no time when nothing is said',
  ).optional(),
  footers: z
    .enum(['once', 'none'], { error: (issue) => wrongValue(kinds.footers, issue.input) })
    .meta({
      description:
        'What a source prints under one text after another: once, on the page of the story, or none. once when nothing is said',
    })
    .optional(),
  images: z
    .enum(['copy', 'link', 'none'], { error: (issue) => wrongValue(kinds.images, issue.input) })
    .meta({
      description:
        'Pictures in its texts: copy shows them from your own site, where their licence allows it; link leads to them; none leaves them out. link when nothing is said',
    })
    .optional(),
  future: z
    .enum(['show', 'wait'], { error: (issue) => wrongValue(kinds.future, issue.input) })
    .meta({
      description:
        'What becomes of an item dated ahead: show it when it is first seen, or wait until its time. show when nothing is said',
    })
    .optional(),
  withdrawn: z
    .enum(['follow', 'keep'], { error: (issue) => wrongValue(kinds.withdrawn, issue.input) })
    .meta({
      description:
        'When it takes a text back, what becomes of others’ reposts of it: follow, they go too; keep, they stay. follow when nothing is said',
    })
    .optional(),
  licence: text(kinds.text, 'The licence the partner publishes under; printed with each text').optional(),
  credit: text(kinds.text, 'How the group wants to be named; its name when nothing is said').optional(),
  max_age: duration(kinds.age, 'Older items stay in the archive and leave the feeds').optional(),
  only: filter
    .meta({ description: `The section takes only items that match in each of these parts. ${whichFilter}` })
    .optional(),
  skip: filter
    .meta({ description: `The section leaves out items that match in one of these parts. ${whichFilter}` })
    .optional(),
};
