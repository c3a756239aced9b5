/** What is exported and imported into an empty folder is the same Config again, as far as sections and sources go. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readListings } from '../../src/config/listings.ts';
import { readConfig } from '../../src/config/read.ts';
import { arrange } from '../../src/exchange/arrange.ts';
import { exportOpml, type Learnt } from '../../src/exchange/export.ts';
import { insertAll, newFile } from '../../src/exchange/insert-all.ts';
import { readImport } from '../../src/exchange/read.ts';
import { standingOf } from '../../src/exchange/standing.ts';
import type { Config } from '../../src/model.ts';
import { readYaml } from '../../src/yaml/read.ts';

const secrets = (name: string): string | undefined => (name === 'MEMBERS_KEY' ? 'harbour-light' : undefined);

function configOf(text: string): Config {
  const read = readConfig(text, 'sources.yaml', secrets);
  if (read.kind === 'problems') throw new Error(`${read.problems.map(({ happened }) => happened).join('\n')}\n${text}`);
  return read.config;
}

function exported(text: string, isPlain = false, learnt: ReadonlyMap<string, Learnt> = new Map()): string {
  const yaml = readYaml(text);
  if (yaml.kind === 'errors') throw new Error(text);
  const value = yaml.value as Record<string, unknown>;
  return exportOpml(value, readListings(value, secrets).listings, learnt, isPlain).text;
}

async function importedInto(before: string | undefined, opml: string): Promise<string> {
  const read = await readImport(Buffer.from(opml));
  if (read.kind === 'refused') throw new Error(read.why);
  const text = before ?? newFile(read.list.title, 'feeds.opml');
  const yaml = readYaml(text);
  const standing = standingOf(yaml.kind === 'value' ? yaml.value : null);
  const arrangement = arrange(read.list, standing, { section: undefined, file: 'feeds.opml', withSecrets: true });
  const inserted = insertAll(text, arrangement);
  if (inserted.kind === 'refused') throw new Error(inserted.why);
  return inserted.text;
}

/** Expressions are compared as they are written; secrets and order of settings are none of the matter. */
function carried({ sections, sources }: Config): unknown {
  const plain = JSON.parse(JSON.stringify({ sections, sources })) as { sources: { key: string }[] };
  return { ...plain, sources: plain.sources.toSorted((one, other) => (one.key < other.key ? -1 : 1)) };
}

const whole = `
site: { title: "Nets & <lines>", lang: en, timezone: Europe/Paris, contact: tech@news.example }
defaults: { every: 2h, show: link, skip: { title: advert } }
sections:
  calais:
    title: "Calais: the “coast”"
    about: What happens there, and next door
    lang: fr
    keep: 2y
    digest: { when: monthly, at: "3 07:30", first: urgent, max: 12, from: us@news.example, send: [ { email: list@lists.example, list: true } ] }
    hold: { kinds: phone-numbers, words: [ witness ], patterns: [ "/no\\\\. [0-9]+/i" ], delay: 2h }
    only: { text: [ Calais, "/manche/i" ] }
    sources:
      - https://quay.example/feed
      - url: https://mast.example/feed
        name: Mast & line <b>
        partner: "Mast"
        aliases: [ "[Mast]", "true", "a, b" ]
        hosts: [ old-mast.example, mirror.example ]
        role: newswire
        open_publishing: true
        lang: pt-BR
        every: 1d
        first_import: 0
        show: full
        excerpt_words: 120
        embargo: 3h
        footers: none
        images: copy
        future: wait
        withdrawn: keep
        licence: CC BY-SA 4.0
        credit: "12"
        max_age: 90d
        only: { lang: [ fr, en ] }
        tags: [ "law, asylum", boats/rescue, port ]
        allow: "+33 6 00 00 00 00"
        pictures_show_faces: true
        agreed: { by: Amal, on: 2026-11-20, until: 2028-11-20 }
        paused: "site is down: asked them\\u2028twice"
        proxy: socks5://127.0.0.1:9050
        authority: partner-ca.pem
      - url: https://agenda.example/
        page: { item: "article[data-x='1']", title: h2, link: "h2 > a", date: time, content: .body, next: a.next }
        paused: true
  sea:
    - url: https://mast.example/feed
      skip: { title: "/^re:/i" }
    - https://members.example/feed?key=\${MEMBERS_KEY}
    - { url: http://www.quay.example/feed/, name: Quay }
`;

describe('an export', () => {
  test('brings every setting of sections and sources back', async () => {
    const text = await importedInto(undefined, exported(whole));
    expect(carried(configOf(text))).toEqual(carried(configOf(whole)));
    expect(text).toContain('Nets & <lines>');
  });

  test('names secrets and never holds them', () => {
    const opml = exported(whole);
    expect(opml).toContain(`key=\${MEMBERS_KEY}`);
    expect(opml).not.toContain('harbour-light');
  });

  test('for others says nothing but what OPML knows, and leaves out addresses with secrets', () => {
    const learnt = new Map([['quay.example/feed', { title: 'Q', home: 'https://quay.example/', lang: 'fr' }]]);
    const opml = exported(whole, true, learnt);
    const attributes = [...opml.matchAll(/ ([\w:]+)=/g)].map(([, name]) => name);
    expect([...new Set(attributes)].sort()).toEqual(
      ['category', 'encoding', 'htmlUrl', 'language', 'text', 'title', 'type', 'version', 'xmlUrl'].sort(),
    );
    for (const inner of ['Amal', 'asked them', 'MEMBERS', '9050', 'members.example']) expect(opml).not.toContain(inner);
  });

  test('gives a feed’s own title to other programs, which is no name when it comes back', async () => {
    const text = 'sections:\n  sea:\n    - https://quay.example/feed\n';
    const learnt = new Map([['quay.example/feed', { title: 'Quay: news', home: 'https://quay.example/', lang: 'fr' }]]);
    const opml = exported(text, false, learnt);
    expect(opml).toContain('text="Quay: news"');
    expect(carried(configOf(await importedInto(undefined, opml)))).toEqual(carried(configOf(text)));
  });

  test('imported beside what is there says for each source what its own section said', async () => {
    const before = 'sections:\n  calais:\n    - https://here.example/feed\n';
    const { sources } = configOf(await importedInto(before, exported(whole)));
    const wanted = new Map(configOf(whole).sources.map((one) => [one.key, one]));
    for (const one of sources.filter(({ key }) => key !== 'here.example/feed')) {
      const { everyMs, show, lang } = wanted.get(one.key) ?? {};
      expect([one.key, one.everyMs, one.show, one.lang]).toEqual([one.key, everyMs, show, lang]);
    }
  });

  test('imported twice adds nothing', async () => {
    const once = await importedInto(undefined, exported(whole));
    expect(await importedInto(once, exported(whole))).toBe(once);
  });
});

const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }).filter((text) => /\S/.test(text));
const filter = fc.record({ title: line, tag: fc.array(line, { minLength: 1, maxLength: 3 }) }, { requiredKeys: [] });
const settings = fc.record(
  {
    name: line,
    partner: line,
    aliases: fc.array(line, { maxLength: 2 }),
    tags: fc.oneof(line, fc.array(line, { maxLength: 3 })),
    lang: fc.constantFrom('fr', 'ar', 'pt-BR'),
    every: fc.constantFrom('1h', '3d'),
    first_import: fc.nat(1_000),
    show: fc.constantFrom('full', 'link', 'none'),
    licence: line,
    credit: line,
    paused: fc.oneof(fc.boolean(), line),
    only: filter,
    skip: filter,
    page: fc.constant({ item: 'li', title: 'h2' }),
  },
  { requiredKeys: [] },
);
const listed = fc.uniqueArray(fc.record({ host: fc.nat(5), settings }), { selector: ({ host }) => host, minLength: 1 });
const file = fc.dictionary(fc.constantFrom('calais', 'sea', 'b-2'), fc.record({ title: line, sources: listed }), {
  minKeys: 1,
});

test('whatever a sources.yaml says of its sources comes back', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (sections) => {
      const value = Object.fromEntries(
        Object.entries(sections).map(([id, { title, sources }]) => [
          id,
          {
            title,
            sources: sources.map(({ host, settings: said }) => ({ url: `https://h${host}.example/feed`, ...said })),
          },
        ]),
      );
      const text = JSON.stringify({ sections: value }).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, '?');
      const read = readConfig(text, 'sources.yaml', secrets);
      fc.pre(read.kind === 'config');
      expect(carried(configOf(await importedInto(undefined, exported(text))))).toEqual(carried(configOf(text)));
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 60_000);
