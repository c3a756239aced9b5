/**
 * The one description of sources.yaml: from it come the TypeScript types, the checks, and the JSON Schema that gives
 * editors completion and red underlines. Sentences about wrong values come from kinds.ts, those about keys from
 * explain.ts.
 */
import { z } from 'zod';
import { type Kind, kinds, noSources, notAGroup, notASource, shown, wrongValue } from './kinds.ts';
import { durationMs, filterTerm, sizeBytes, weeklyTime } from './values.ts';

type SchemaIssue = { readonly code?: string | undefined; readonly input?: unknown };

/** Text of a kind. Wrong types and wrong texts get the same sentence, since people do not care which it was. */
function text(kind: Kind, description: string) {
  const error = (issue: SchemaIssue): string => wrongValue(kind, issue.input);
  const meant = { description, examples: [kind.example.replace(/^"|"( .*)?$/g, '')] };
  const plain = z.string({ error });
  const patterned = kind.pattern === undefined ? plain : plain.regex(kind.pattern, { error, abort: true });
  const judged = (value: string): boolean => (kind.accepts?.(value) ?? true) && kind.mistake?.(value) === undefined;
  const described = patterned.refine(judged, { error, abort: true }).meta(meant);
  if (kind.pattern === undefined) return described;
  // Read by the YAML language server, which would else quote the pattern at the maintainer.
  return described.meta({ patternErrorMessage: `Expected ${kind.expected}, for example ${kind.example}` });
}

const duration = (kind: Kind, description: string) => text(kind, description).transform(durationMs);
const size = (description: string) => text(kinds.size, description).transform(sizeBytes);

/** One value, or a list of them; either way a list comes out. */
function oneOrMany<S extends z.ZodType>(one: S, kind: Kind, least = 0) {
  const error = (issue: SchemaIssue): string => wrongValue(kind, issue.input);
  const many = z.array(one).min(least, { error: 'the list is empty, so nothing would match. Take the line out.' });
  return z.union([one, many], { error }).transform((value): z.output<S>[] => (Array.isArray(value) ? value : [value]));
}

/**
 * A group of settings. The message of `unrecognized_keys` is the list of the settings allowed at that place, with
 * commas: explain.ts makes the sentence, but only this place knows the list.
 */
function group<S extends z.core.$ZodShape>(shape: S, example: string) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? Object.keys(shape).join(',') : notAGroup(issue.input, example),
  });
}

const filterTermSchema = text(
  kinds.filter,
  'A word, found anywhere and in any case, or /a regular expression/i',
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

/** What `defaults`, then a section, then a source may say; the last word counts. */
const cascading = {
  lang: text(kinds.language, 'Language of the texts: fr, ar, pt-BR').optional(),
  every: duration(kinds.every, 'How often to ask, at the least; 1h when nothing is said').optional(),
  show: z
    .enum(['full', 'excerpt', 'link'], { error: (issue) => wrongValue(kinds.show, issue.input) })
    .meta({ description: 'How much may be republished: the partner decides. excerpt when nothing is said' })
    .optional(),
  licence: text(kinds.text, 'The licence the partner publishes under; printed with each text').optional(),
  credit: text(kinds.text, 'How the group wants to be named; its name when nothing is said').optional(),
  max_age: duration(kinds.age, 'Older items stay in the archive and leave the feeds').optional(),
  only: filter.meta({ description: 'Take only items that match in one of these parts' }).optional(),
  skip: filter.meta({ description: 'Leave out items that match in one of these parts' }).optional(),
};

const address = text(
  kinds.address,
  `Address of the feed, or of a page that names its feed. \${NAME} stands for a secret`,
);

const page = group(
  {
    item: text(kinds.text, 'CSS selector of one item in the page'),
    title: text(kinds.text, 'CSS selector of the title, inside the item').optional(),
    link: text(kinds.text, 'CSS selector of the link, inside the item').optional(),
    date: text(kinds.text, 'CSS selector of the date, inside the item').optional(),
    content: text(kinds.text, 'CSS selector of the text, inside the item').optional(),
  },
  'item: article',
).meta({ id: 'page', description: 'For a site without a feed: where in the page the items are' });

const listAdvice =
  'Write a list of sources below the name, each after a hyphen and a space:  - https://example.org/feed';
const pausedExample = 'site is down, asked them on 2 June';
const source = group(
  {
    url: address,
    name: text(kinds.text, "The group's name as readers see it; the feed's own title when nothing is said").optional(),
    partner: text(
      kinds.text,
      'The group, where it owns several sources: these never count as reposts of each other',
    ).optional(),
    aliases: oneOrMany(text(kinds.text, 'Another name met in “reposted from …”'), kinds.text).optional(),
    hosts: oneOrMany(
      text(kinds.host, 'Another host that belongs to it: an old domain, a mirror'),
      kinds.host,
    ).optional(),
    ...cascading,
    tags: oneOrMany(text(kinds.text, 'A tag that every item of this source gets'), kinds.text).optional(),
    paused: z
      .union([z.boolean(), text(kinds.text, 'The reason')], { error: `write true, or the reason: ${pausedExample}` })
      .meta({ description: 'Do not ask this source at present: true, or the reason' })
      .optional(),
    page: page.optional(),
  },
  'url: https://example.org/feed',
).meta({ id: 'source' });

const sources = z
  .array(z.union([address, source], { error: (issue) => notASource(issue.input) }), {
    error: ({ input }) => (input === null ? noSources() : `${shown(input)} is not a list of sources. ${listAdvice}`),
  })
  .min(1, { error: noSources })
  .meta({ id: 'sources' });

const digestExample = 'digest: { when: weekly, at: "Mon 07:00" }';
const digest = z
  .union(
    [
      z.literal('none'),
      group(
        {
          when: z.literal('weekly', { error: (issue) => wrongValue(kinds.when, issue.input) }).optional(),
          at: text(kinds.weekly, 'Weekday and local time at which the week closes').transform(weeklyTime).optional(),
          send: z
            .array(
              group({ email: text(kinds.mail, 'Address of the list or person') }, 'email: news@lists.example.org'),
              {
                error: (issue) =>
                  `${shown(issue.input)} is not a list. Write  send: [ { email: news@lists.example.org } ]`,
              },
            )
            .meta({ description: 'Whom the mail-ready file is made out to' })
            .optional(),
        },
        'when: weekly',
      ),
    ],
    { error: (issue) => `${shown(issue.input)} is no digest. Write  digest: none  or  ${digestExample}` },
  )
  .meta({ description: 'none, or when the digest closes; weekly, Mon 07:00, when nothing is said' });

const sectionId = text(kinds.sectionId, 'Short name in addresses');

const section = group(
  {
    title: text(kinds.text, 'The name that readers see').optional(),
    about: text(kinds.text, 'One sentence on what is in it').optional(),
    digest: digest.optional(),
    ...cascading,
    sources,
  },
  'sources:',
);

const sections = z
  .record(
    sectionId,
    z.union([sources, section], {
      error: ({ input }) => (input === null ? noSources() : `${shown(input)} is not a section. ${listAdvice}`),
    }),
    { error: (issue) => notAGroup(issue.input, 'calais:') },
  )
  .refine((map) => Object.keys(map).length > 0, { error: 'there is no section yet. Write one, with a source below it' })
  .meta({ description: 'The streams that readers subscribe to: short name, then a list of sources' });

const settings = group(
  {
    site: group(
      {
        title: text(kinds.text, 'Name of the whole site').optional(),
        url: text(kinds.address, 'Where the files are published; makes addresses absolute').optional(),
        lang: text(kinds.language, 'Language of the pages around the texts').optional(),
        timezone: text(kinds.timezone, 'For the dates shown and the hour of the digest').optional(),
        contact: text(kinds.contact, 'Goes into the User-Agent, so that partners can reach you').optional(),
      },
      'title: News',
    )
      .meta({ description: 'What the published site is called and where it is' })
      .optional(),
    defaults: group(cascading, 'every: 1h')
      .meta({ description: 'For every section and source that says nothing else' })
      .optional(),
    sections,
    network: group(
      {
        allow: oneOrMany(
          text(kinds.privateAddress, 'A private address that may be asked'),
          kinds.privateAddress,
        ).optional(),
        spacing: duration(kinds.gap, 'Between two requests to one host').optional(),
        parallel: z
          .int({ error: (issue) => wrongValue(kinds.count, issue.input) })
          .min(1, { error: (issue) => wrongValue(kinds.count, issue.input) })
          .max(256, { error: (issue) => wrongValue(kinds.count, issue.input) })
          .meta({ description: 'Hosts asked at the same time' })
          .optional(),
        timeout: duration(kinds.timeout, 'From connecting to the last byte').optional(),
        max_size: size('Largest answer, as it comes over the wire').optional(),
        max_unpacked: size('Largest answer, unpacked').optional(),
      },
      'timeout: 60s',
    )
      .meta({ description: 'How carefully the network is used' })
      .optional(),
    schedule: group(
      { refresh: text(kinds.cron, 'Cron expression: how often to look which sources are due').optional() },
      'refresh: "* * * * *"',
    )
      .meta({ description: 'For  relais start' })
      .optional(),
  },
  'sections:',
).meta({
  title: 'sources.yaml of Relais',
  description: 'Which groups Relais follows, and how it shows what they write',
});

/** sources.yaml, checked and read: lengths in milliseconds, sizes in bytes, filters as expressions. */
export type Settings = z.output<typeof settings>;
export type SectionSettings = z.output<typeof section>;
export type SourceSettings = z.output<typeof source>;

/** A zod issue, as far as explain.ts looks at it. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly pattern?: string;
  /** The issues of each branch of a union. */
  readonly errors?: readonly (readonly Issue[])[];
  /** The issues of a key. */
  readonly issues?: readonly Issue[];
}

/** Checks the plain value of the file. */
export function checkSettings(value: unknown): { readonly settings: Settings } | { readonly issues: readonly Issue[] } {
  const result = settings.safeParse(value);
  return result.success ? { settings: result.data } : { issues: result.error.issues as readonly Issue[] };
}

/** The JSON Schema (draft-7, of what is written and not of what comes out) that ships as sources.schema.json. */
export function jsonSchema(): object {
  return z.toJSONSchema(settings, { target: 'draft-7', io: 'input' });
}
