/**
 * The one description of sources.yaml: from it come the TypeScript types, the checks, and the JSON Schema that gives
 * editors completion and red underlines. Sentences about wrong values come from kinds.ts, those about keys from
 * explain.ts.
 */
import * as z from 'zod';
import { shown } from '../yaml/shown.ts';
import { bucket } from './bucket.ts';
import { cascading } from './cascading.ts';
import { databaseSetting } from './database.ts';
import { desk } from './desk.ts';
import { digest } from './digest.ts';
import { hold, toHold } from './holding.ts';
import { kinds, noSources, notAGroup, notASource, wrongValue } from './kinds.ts';
import { duration, group, oneOrMany, size, text, whole } from './shapes.ts';
import { keepMs } from './values.ts';

const address = text(
  kinds.address,
  `Address of the feed, or of a page that names its feed. \${NAME} stands for a secret`,
);

const next = text(
  kinds.selector,
  'CSS selector of the link to the next page of the list; such as a.next; followed once, when nothing on the first page was known',
);
const pageExample = 'item: article';
const selected = group(
  {
    item: text(kinds.selector, 'CSS selector of one item in the page'),
    title: text(kinds.selector, 'CSS selector of the title, inside the item').optional(),
    link: text(kinds.selector, 'CSS selector of the link, inside the item').optional(),
    date: text(kinds.selector, 'CSS selector of the date, inside the item').optional(),
    content: text(
      kinds.selector,
      'CSS selector of the text, inside the item; without it there is none, but for what a microformat says',
    ).optional(),
    next: next.optional(),
  },
  pageExample,
);
/** A page that says by microformats what its items are, but not where the list goes on. */
const marked = group({ next }, pageExample);
const page = z.union([selected, marked], { error: (issue) => notAGroup(issue.input, pageExample) }).meta({
  id: 'page',
  description:
    'For a site without a feed: where in the page the items are. Where title, link and date are left out, they are looked for; next alone is enough for a page that marks its items by microformats',
});

const listAdvice =
  'Write a list of sources below the name, each after a hyphen and a space:  - https://example.org/feed';
const agreedExample = 'agreed: { by: Amal of the editors, on: 2026-11-20, until: 2028-11-20 }';
const agreed = z
  .strictObject(
    {
      by: text(kinds.text, 'Who of the group has agreed'),
      on: text(kinds.day, 'The day on which they did'),
      until: text(kinds.day, 'The day from which it holds no more: then only links are shown').optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? 'by,on,until'
          : `${shown(issue.input)} does not say who has agreed, and when. Write  ${agreedExample}`,
    },
  )
  .refine(({ on, until }) => until === undefined || on < until, {
    path: ['until'],
    error: 'the agreement would end before it was made. Write a day after the one under  on',
  })
  .meta({
    id: 'agreed',
    description:
      'Who of the group agreed to how its texts are shown, and until when; after that only links are shown, by itself',
  });

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
    role: z
      .enum(['group', 'aggregator', 'newswire'], { error: (issue) => wrongValue(kinds.role, issue.input) })
      .meta({
        description:
          'What it is among the others: a group writes; an aggregator passes on what groups write; on a newswire, such as an Indymedia, groups publish side by side, so a credit to it names no author. group when nothing is said',
      })
      .optional(),
    open_publishing: z
      .boolean({ error: (issue) => wrongValue(kinds.yes, issue.input) })
      .meta({ description: 'Anybody may post there, so one text may stand in it twice. false when nothing is said' })
      .optional(),
    ...cascading,
    tags: oneOrMany(text(kinds.text, 'A tag that every item of this source gets'), kinds.text).optional(),
    ...toHold,
    agreed: agreed.optional(),
    paused: z
      .union([z.boolean(), text(kinds.text, 'The reason')], { error: `write true, or the reason: ${pausedExample}` })
      .meta({ description: 'Do not ask this source at present: true, or the reason' })
      .optional(),
    page: page.optional(),
    proxy: text(kinds.proxy, 'Ask this source through a proxy: Tor for a .onion address').optional(),
    authority: text(kinds.path, 'PEM file of a certificate authority to believe for this source').optional(),
  },
  'url: https://example.org/feed',
).meta({ id: 'source' });

const sources = z
  .array(z.union([address, source], { error: (issue) => notASource(issue.input) }), {
    error: ({ input }) => (input === null ? noSources() : `${shown(input)} is not a list of sources. ${listAdvice}`),
  })
  .min(1, { error: noSources })
  .meta({ id: 'sources', description: 'Its sources, each an address, or a group of settings with an address' });

const sectionId = text(kinds.sectionId, 'Short name in addresses');

const section = group(
  {
    title: text(kinds.text, 'The name that readers see').optional(),
    about: text(kinds.text, 'One sentence on what is in it').optional(),
    digest: digest.optional(),
    keep: text(kinds.keep, 'How long stories stay in the archive; forever when nothing is said')
      .transform(keepMs)
      .optional(),
    hold: hold.optional(),
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
        title: text(kinds.text, 'Name of the whole site; Relais when nothing is said').optional(),
        url: text(kinds.address, 'Where the files are published; makes addresses absolute').optional(),
        lang: text(kinds.language, 'Language of the pages around the texts; en when nothing is said').optional(),
        timezone: text(
          kinds.timezone,
          'For the dates shown and the hour of the digest; UTC when nothing is said',
        ).optional(),
        hub: text(
          kinds.address,
          'The hub (WebSub) that is told when feeds have changed, and that they name; needs  url',
        ).optional(),
        bucket: bucket.optional(),
        colour: text(
          kinds.colour,
          'The colour of links, lines and buttons, for pages, feeds and mails; made lighter or darker where it could not be read',
        ).optional(),
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
        spacing: duration(kinds.gap, 'Between two requests to one host; 2s when nothing is said').optional(),
        ports: oneOrMany(
          whole(kinds.port, 1_024, 65_535, 'A port that may be asked beside 80, 443, 8080 and 8443'),
          kinds.port,
        ).optional(),
        proxy: text(kinds.proxy, 'Ask every source through a proxy: http:// or, for Tor, socks5://').optional(),
        push: text(
          kinds.address,
          'Where the hubs of partners (WebSub) reach  relais start  from outside: their posts come within seconds',
        ).optional(),
        parallel: whole(kinds.count, 1, 256, 'Hosts asked at the same time; 32 when nothing is said').optional(),
        timeout: duration(kinds.timeout, 'From connecting to the last byte; 60s when nothing is said').optional(),
        max_size: size('Largest answer, as it comes over the wire; 8 MiB when nothing is said').optional(),
        max_unpacked: size('Largest answer, unpacked; 16 MiB when nothing is said').optional(),
        max_items: whole(
          kinds.items,
          10,
          10_000,
          'Items taken of one feed at once, the newest; 1000 when nothing is said',
        ).optional(),
      },
      'timeout: 60s',
    )
      .meta({ description: 'How carefully the network is used' })
      .optional(),
    report: group(
      {
        ping: text(kinds.address, 'Called after each good run, so that silence rings a bell elsewhere').optional(),
        mail: group(
          {
            to: oneOrMany(text(kinds.mail, 'Who is told when a source dies, comes back, moves'), kinds.mail, 1),
            from: text(kinds.mail, 'Sender; the first of  to  when nothing is said').optional(),
            smtp: text(kinds.smtp, `The mail server; \${NAME} stands for a secret`),
          },
          'to: tech@example.org',
        )
          .meta({ description: 'Mail to whoever looks after the site, when something needs a person; each thing once' })
          .optional(),
      },
      'ping: https://example.org/ping',
    )
      .meta({ description: 'How the maintainer hears of what needs a person' })
      .optional(),
    desk: desk.optional(),
    database: databaseSetting,
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
