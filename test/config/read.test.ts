import { describe, expect, test } from 'vitest';
import { type ConfigRead, readConfig } from '../../src/config/read.ts';
import type { Config, Source } from '../../src/model.ts';

const noSecrets = (): undefined => undefined;

function configOf(read: ConfigRead): Config {
  if (read.kind === 'problems')
    throw new Error(read.problems.map(({ subject, happened }) => `${subject.line}: ${happened}`).join('\n'));
  return read.config;
}
const reading = (text: string, secrets: (name: string) => string | undefined = noSecrets): Config =>
  configOf(readConfig(text, 'sources.yaml', secrets));

function sourceOf(config: Config, key: string): Source {
  const found = config.sources.find((source) => source.key === key);
  if (found === undefined) throw new Error(`${key} is none of ${config.sources.map((source) => source.key)}`);
  return found;
}

const minimal = 'sections:\n  calais:\n    - https://calais.example\n';
const hour = 3_600_000;
const day = 24 * hour;

test('three lines are enough, and everything else has a default', () => {
  const { hash: _hash, ...config } = reading(minimal);
  expect(config).toEqual({
    file: 'sources.yaml',
    site: { title: 'Relais', url: undefined, lang: 'en', timezone: 'UTC', contact: undefined },
    sections: [
      {
        id: 'calais',
        title: 'Calais',
        about: undefined,
        lang: 'en',
        digest: { when: 'weekly', weekday: 1, day: 1, hour: 7, minute: 0, first: [], max: 20, from: undefined, to: [] },
        hold: undefined,
        keepMs: undefined,
      },
    ],
    sources: [
      {
        key: 'calais.example',
        url: 'https://calais.example',
        secrets: [],
        name: undefined,
        partner: undefined,
        aliases: [],
        hosts: [],
        role: 'group',
        openPublishing: false,
        lang: undefined,
        sections: ['calais'],
        everyMs: undefined,
        firstImport: 20,
        proxy: undefined,
        authorityFile: undefined,
        show: 'excerpt',
        excerptWords: 60,
        embargoMs: 0,
        agreed: undefined,
        footers: 'once',
        withdrawn: 'follow',
        images: 'link',
        licence: undefined,
        credit: undefined,
        maxAgeMs: undefined,
        filters: [],
        allow: [],
        picturesShowFaces: false,
        tags: [],
        future: 'show',
        paused: undefined,
        page: undefined,
      },
    ],
    network: {
      allow: [],
      ports: [],
      proxy: undefined,
      spacingMs: 2_000,
      parallel: 32,
      totalMs: 60_000,
      wireBytes: 8_388_608,
      unpackedBytes: 16_777_216,
    },
    refreshCron: '* * * * *',
    reporting: { ping: undefined, mail: undefined },
    smtp: undefined,
    secrets: [],
  });
});

const full = `# yaml-language-server: $schema=./sources.schema.json
site:
  title: A network
  url: https://news.example/network     # no slash at its end
  lang: en
  timezone: Europe/Paris
  contact: tech@network.example
defaults:
  every: 1h
  show: excerpt
  max_age: 90d
network: { allow: [ "127.0.0.1:8080", 10.0.0.0/8, "::1" ], spacing: 0s, parallel: 4, timeout: 5s, max_size: 500kB, max_unpacked: 1GB, max_items: 500 }
schedule: { refresh: "*/5 * * * *" }
sections:
  calais:
    title: Calais & coast
    about: News and calls from there
    lang: fr
    digest:
      at: "Fri 18:30"
      first: [ urgent, appel ]
      max: 12
      from: relay@news.example
      send: [ { email: calais@lists.example }, { email: amal@example.org, list: false } ]
    sources:
      - https://solidarity.example
      - url: https://hospitality.example/feed/
        name: Hospitality
        lang: ar
        show: full
        licence: CC BY-SA 4.0
        credit: Hospitality, Calais
        every: 2d
      - url: https://reports.example/spip.php?page=backend
        name: Reports
        partner: Watchers
        aliases: [ "Reports network", réseau Reports ]
        hosts: old-reports.example
        only: { title: [ Calais, Dunkerque, /manche/i ] }
        skip: { tag: emploi }
        tags: [ research ]
      - url: https://lille.example/agenda
        page: { item: article.event, title: h2, link: "h2 a", date: time }
        max_age: 2w
      - url: https://quiet.example/feed
        paused: the site is down since June
      - url: https://rest.example/feed
        paused: true
      - url: https://awake.example/feed
        paused: false
  far-away:
    digest: none
    every: 30m
    sources:
      - https://phone.example/en/feed
      - https://members.example/feed?key=\${MEMBERS_KEY}
`;

describe('the long form', () => {
  const config = reading(full, (name) => (name === 'MEMBERS_KEY' ? 'tr0mp&tte' : undefined));

  test('site, network and schedule', () => {
    expect(config.site).toEqual({
      title: 'A network',
      url: 'https://news.example/network/',
      lang: 'en',
      timezone: 'Europe/Paris',
      contact: 'tech@network.example',
    });
    expect(config.network).toEqual({
      allow: ['127.0.0.1:8080', '10.0.0.0/8', '::1'],
      ports: [],
      proxy: undefined,
      spacingMs: 0,
      parallel: 4,
      totalMs: 5_000,
      wireBytes: 500_000,
      unpackedBytes: 1_000_000_000,
      maxItems: 500,
    });
    expect(config.refreshCron).toBe('*/5 * * * *');
  });

  test('sections, in the order of the file', () => {
    expect(config.sections).toEqual([
      {
        id: 'calais',
        title: 'Calais & coast',
        about: 'News and calls from there',
        lang: 'fr',
        digest: {
          when: 'weekly',
          weekday: 5,
          day: 1,
          hour: 18,
          minute: 30,
          first: ['urgent', 'appel'],
          max: 12,
          from: 'relay@news.example',
          to: [
            { address: 'calais@lists.example', isList: true, isAutoSubmitted: false },
            { address: 'amal@example.org', isList: false, isAutoSubmitted: true },
          ],
        },
      },
      { id: 'far-away', title: 'Far away', about: undefined, lang: 'en', digest: undefined },
    ]);
  });

  test('what a source says beats its section, and that beats the defaults', () => {
    const settings = (key: string): unknown[] => {
      const { lang, everyMs, show, maxAgeMs } = sourceOf(config, key);
      return [lang, everyMs, show, maxAgeMs];
    };
    expect(settings('solidarity.example')).toEqual(['fr', hour, 'excerpt', 90 * day]);
    expect(settings('hospitality.example/feed')).toEqual(['ar', 2 * day, 'full', 90 * day]);
    expect(settings('lille.example/agenda')).toEqual(['fr', hour, 'excerpt', 14 * day]);
    expect(settings('phone.example/en/feed')).toEqual([undefined, hour / 2, 'excerpt', 90 * day]);
  });

  test('names, filters, selectors and pauses', () => {
    const reports = sourceOf(config, 'reports.example/spip.php?page=backend');
    expect(reports).toMatchObject({
      name: 'Reports',
      partner: 'Watchers',
      aliases: ['Reports network', 'réseau Reports'],
      hosts: ['old-reports.example'],
      filters: [
        {
          section: reports.sections[0],
          only: [{ title: ['Calais', 'Dunkerque', { written: '/manche/i', test: expect.any(Function) }] }],
          skip: [{ tag: ['emploi'] }],
        },
      ],
      tags: ['research'],
    });
    expect(sourceOf(config, 'lille.example/agenda').page).toEqual({
      item: 'article.event',
      title: 'h2',
      link: 'h2 a',
      date: 'time',
    });
    const paused = ['quiet', 'rest', 'awake'].map((name) => sourceOf(config, `${name}.example/feed`).paused);
    expect(paused).toEqual(['the site is down since June', 'paused', undefined]);
  });

  test('a secret is in the address that is asked and nowhere else', () => {
    const members = sourceOf(config, `members.example/feed?key=\${MEMBERS_KEY}`);
    expect(members.url).toBe('https://members.example/feed?key=tr0mp&tte');
    expect(
      JSON.stringify({
        ...config,
        secrets: [],
        sources: config.sources.map(({ url: _url, secrets: _secrets, ...rest }) => rest),
      }),
    ).not.toContain('tr0mp');
    expect(members.secrets).toEqual([{ name: 'MEMBERS_KEY', value: 'tr0mp&tte' }]);
    expect(config.sources.filter((source) => source !== members).flatMap(({ secrets }) => secrets)).toEqual([]);
    expect(reading(full, (name) => (name === 'MEMBERS_KEY' ? 'another' : undefined)).hash).toBe(config.hash);
  });
});

test('a name in the host is in every link, and no secret of the source', () => {
  const values: Readonly<Record<string, string>> = { HOST: 'Quay.example', KEY: 'tr0mpette' };
  const { sources } = configOf(
    readConfig(`sections: { c: [ "https://\${HOST}/\${KEY}/feed" ] }`, 'sources.yaml', (name) => values[name]),
  );
  expect(sources[0]?.secrets).toEqual([{ name: 'KEY', value: 'tr0mpette' }]);
});

test('words of YAML 1.1 are texts: the language no is Norwegian', () => {
  const config = reading('site: { lang: no, title: off }\nsections: { "2009": [ https://a.example ] }\n');
  expect([config.site.lang, config.site.title, config.sections[0]?.id]).toEqual(['no', 'off', '2009']);
});

test('a byte order mark and Windows line ends are no mistake', () => {
  expect(reading(`\ufeff${minimal.replaceAll('\n', '\r\n')}`)).toEqual(reading(minimal));
});

describe('a source in several sections', () => {
  test('is one source, whatever the spelling of its address, and its description counts wherever it stands', () => {
    const config = reading(`
sections:
  one: [ "http://www.a.example/feed/" ]
  two:
    lang: de
    sources: [ { url: https://a.example/feed, name: A, tags: [ x ], show: link } ]
  three: [ https://A.example/feed#top ]
`);
    expect(config.sources).toHaveLength(1);
    expect(config.sources[0]).toMatchObject({
      key: 'a.example/feed',
      url: 'https://a.example/feed',
      name: 'A',
      sections: ['one', 'two', 'three'],
      show: 'link',
      lang: 'de',
    });
  });

  test('may be described twice when both say the same', () => {
    const config = reading(`
sections:
  one: [ { url: https://a.example/feed, name: A, only: { title: x, tag: y } } ]
  two: [ { only: { tag: y, title: x }, name: A, url: "http://a.example/feed/" } ]
`);
    expect(config.sources[0]?.sections).toEqual(['one', 'two']);
  });

  test('differs from another by its path, its query and its host', () => {
    const config = reading(`
sections:
  one: [ https://a.example/?a=1, https://a.example/?a=2, https://a.example/b, https://b.a.example/ ]
`);
    expect(config.sources.map((source) => source.key)).toEqual([
      'a.example?a=1',
      'a.example?a=2',
      'a.example/b',
      'b.a.example',
    ]);
  });
});

test('two feeds of one partner may share a name', () => {
  const config = reading(`
sections:
  one:
    - { url: https://a.example/en, name: A, partner: A }
    - { url: https://a.example/fr, name: A, partner: A }
`);
  expect(config.sources.map((source) => source.name)).toEqual(['A', 'A']);
});

test('an empty filter lets everything through', () => {
  expect(reading('sections:\n  a: [ { url: https://a.example, only: {}, skip: {} } ]').sources[0]).toMatchObject({
    filters: [],
  });
});

describe('which filter counts for a source in a section', () => {
  /** What A, described in the section `first`, is asked for in `second`. */
  const filters = (
    { beside = '', around = '', described = '', defaults = '' },
    section = 'second',
  ): readonly (readonly unknown[])[] => {
    const [source] = reading(`
${defaults}
sections:
  first:
    skip: { title: around first }
    sources: [ { url: https://a.example/feed, name: A${described} } ]
  second:
    ${around}
    sources: [ { url: https://a.example/feed${beside} } ]
`).sources;
    const found = source?.filters.find((one) => one.section === section);
    return [found?.only ?? [], found?.skip ?? []];
  };
  const beside = ', only: { title: beside }';
  const around = 'only: { title: around }';
  const described = ', only: { tag: described }';
  const defaults = 'defaults: { only: { title: default } }';
  const title = (word: string): unknown => ({ title: [word] });

  test('what stands beside it in the list there, alone', () => {
    expect(filters({ beside, around, described, defaults })).toEqual([[title('beside')], []]);
  });
  test('else what the section says, together with what is said where it is described', () => {
    expect(filters({ around, described, defaults })).toEqual([[title('around'), { tag: ['described'] }], []]);
    expect(filters({ around, defaults })).toEqual([[title('around')], []]);
    expect(filters({ described, defaults })).toEqual([[{ tag: ['described'] }], []]);
  });
  test('else the defaults', () => {
    expect(filters({ defaults })).toEqual([[title('default')], []]);
    expect(filters({})).toEqual([[], []]);
  });
  test('where it is described, what is said there takes the place of what its section says', () => {
    const skip = ', skip: { title: described }';
    expect(filters({ described: skip }, 'first')).toEqual([[], [title('described')]]);
    expect(filters({}, 'first')).toEqual([[], [title('around first')]]);
  });
  test('an empty one beside it takes everything there', () => {
    expect(filters({ beside: ', only: {}', around, described, defaults })).toEqual([[], []]);
  });
  test('only and skip each for themselves', () => {
    expect(filters({ beside: ', skip: { title: x }', described })).toEqual([[{ tag: ['described'] }], [title('x')]]);
  });
  test('a filter alone describes no source', () => {
    const { sources } = reading(`
sections:
  one: { show: link, sources: [ https://a.example/feed ] }
  two: { show: full, sources: [ { url: https://a.example/feed, only: { title: two } } ] }
  three: { sources: [ { url: https://a.example/feed, only: { title: three } } ] }
`);
    expect(sources).toMatchObject([
      {
        show: 'link',
        filters: [
          { section: 'two', only: [title('two')] },
          { section: 'three', only: [title('three')] },
        ],
      },
    ]);
  });
});

describe('the hash', () => {
  const { hash } = reading(minimal);
  test.each([
    ['the title of the site', `site: { title: X }\n${minimal}`],
    ['how much is shown', `defaults: { show: full }\n${minimal}`],
    ['a filter', `defaults: { skip: { title: /a/ } }\n${minimal}`],
    ['another source', `${minimal}    - https://b.example\n`],
    [
      'another hour of the digest',
      'sections: { calais: { digest: { at: "Mon 08:00" }, sources: [ https://calais.example ] } }',
    ],
  ])('changes with %s', (_, text) => {
    expect(reading(text).hash).not.toBe(hash);
  });

  test.each([
    ['how often we ask', `defaults: { every: 2h }\n${minimal}`],
    ['the network', `network: { parallel: 2 }\nschedule: { refresh: "0 * * * *" }\n${minimal}`],
    ['comments and layout', `# a note\n${minimal.replace('    - ', '        - ')}`],
    [
      'the order of settings',
      `defaults: { lang: en, show: full }\n${minimal}`,
      `defaults: { show: full, lang: en }\n${minimal}`,
    ],
    [
      'the order inside a filter',
      `defaults: { skip: { title: a, text: b } }\n${minimal}`,
      `defaults: { skip: { text: b, title: a } }\n${minimal}`,
    ],
    ['a default written out', `site: { title: Relais, lang: en }\ndefaults: { show: excerpt }\n${minimal}`],
  ])('stays with %s', (_, text, before = minimal) => {
    expect(reading(text).hash).toBe(reading(before).hash);
  });

  test('tells one regular expression from another', () => {
    const withFilter = (term: string): string => reading(`defaults: { skip: { title: ${term} } }\n${minimal}`).hash;
    expect(new Set(['/a/', '/a/i', '/b/', 'a'].map(withFilter)).size).toBe(4);
  });
});

describe('what runs for years', () => {
  const text = `
network: { ports: [ 8081, 9000 ], proxy: "socks5h://\${TOR_USER}:x@127.0.0.1:9050/" }
report:
  ping: https://ping.example/\${PING_KEY}
  mail: { to: tech@relay.example, smtp: "smtps://relay:\${SMTP_PASSWORD}@mail.example" }
sections:
  calais:
    keep: 2y
    first_import: 5
    sources:
      - url: http://partner.onion/feed?key=\${MEMBERS_KEY}
        proxy: socks5://127.0.0.1:9150
        authority: keys/partner.pem
      - url: https://other.example
        first_import: 0
  phone: { keep: forever, sources: [ "https://phone.example" ] }
`;
  const values: Readonly<Record<string, string>> = {
    TOR_USER: 'stream',
    PING_KEY: 'k3y',
    SMTP_PASSWORD: 'pa55word',
    MEMBERS_KEY: 'tr0mpette',
  };
  const config = configOf(readConfig(text, '/srv/relais/sources.yaml', (name) => values[name]));

  test('proxies, with their secrets, for all and for one source', () => {
    expect(config.network).toMatchObject({ ports: [8081, 9000], proxy: 'socks5://stream:x@127.0.0.1:9050' });
    expect(config.sources.map((source) => source.proxy)).toEqual(['socks5://127.0.0.1:9150', undefined, undefined]);
  });

  test('a certificate authority lies beside the file', () => {
    expect(config.sources[0]?.authorityFile).toBe('/srv/relais/keys/partner.pem');
  });

  test('whom to tell', () => {
    expect(config.reporting).toEqual({
      ping: 'https://ping.example/k3y',
      mail: { to: ['tech@relay.example'], from: 'tech@relay.example', smtp: 'smtps://relay:pa55word@mail.example' },
    });
  });

  test('how long a section keeps, and what a first import may bring', () => {
    expect(config.sections.map((section) => section.keepMs)).toEqual([730 * day, undefined]);
    expect(config.sources.map((source) => source.firstImport)).toEqual([5, 0, 20]);
  });

  test('every secret that was used is known, the longest first', () => {
    expect(config.secrets).toEqual([
      { name: 'MEMBERS_KEY', value: 'tr0mpette' },
      { name: 'SMTP_PASSWORD', value: 'pa55word' },
      { name: 'TOR_USER', value: 'stream' },
      { name: 'PING_KEY', value: 'k3y' },
    ]);
  });
});
