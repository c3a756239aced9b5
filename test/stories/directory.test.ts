import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDirectory } from '../../src/stories/directory.ts';
import { source } from './builders.ts';

describe('whose page an address is', () => {
  test('a blog in a folder of a platform owns its folder, not the platform', () => {
    const blog = source('https://platform.example/feed/our-group');
    const directory = openDirectory(
      [blog],
      [{ key: blog.key, title: 'Our group', home: 'https://platform.example/our-group' }],
    );
    expect(directory.byUrl('https://platform.example/our-group/post')).toBe(blog.key);
    expect(directory.byUrl('https://platform.example/somebody-else/post')).toBeUndefined();
  });

  test('the deepest home page on a shared host', () => {
    const [whole, part] = [source('https://host.example/a/feed'), source('https://host.example/a/b/feed')];
    const directory = openDirectory(
      [whole, part],
      [
        { key: whole.key, title: undefined, home: 'https://host.example/a/' },
        { key: part.key, title: undefined, home: 'https://host.example/a/b/' },
      ],
    );
    expect(directory.byUrl('https://host.example/a/b/c')).toBe(part.key);
    expect(directory.byUrl('https://host.example/a/c')).toBe(whole.key);
  });

  test('an old host named in the settings', () => {
    const moved = source('https://new.example/feed', { hosts: ['old.example'] });
    expect(openDirectory([moved], []).byUrl('http://www.old.example/2009/1')).toBe(moved.key);
  });
});

describe('whom a name means', () => {
  const cms = source('https://cms.example/feed', {
    name: 'Calais Migrant Solidarity',
    aliases: ['Solidarité Migrants Calais'],
  });

  test('whatever its case, accents and marks', () => {
    const directory = openDirectory([cms], []);
    expect(directory.byName('CALAIS – migrant solidarity')).toBe(cms.key);
    expect(directory.byName('solidarite migrants calais')).toBe(cms.key);
  });

  test('the feed’s own title, where the settings give no name', () => {
    const unnamed = source('https://cms.example/feed');
    expect(openDirectory([unnamed], []).byName('Harbour Watch')).toBeUndefined();
    expect(
      openDirectory([unnamed], [{ key: unnamed.key, title: 'Harbour Watch', home: undefined }]).byName('Harbour watch'),
    ).toBe(unnamed.key);
  });

  test('the feed’s own title too, where the settings give another name', () => {
    const short = source('https://cms.example/feed', { name: 'CMS' });
    const directory = openDirectory([short], [{ key: short.key, title: 'Calais Migrant Solidarity', home: undefined }]);
    expect(directory.byName('Calais Migrant Solidarity')).toBe(short.key);
  });

  test('the group the maintainer named so, whatever another feed calls itself', () => {
    const thief = source('https://thief.example/feed');
    const directory = openDirectory(
      [thief, cms],
      [{ key: thief.key, title: 'Calais Migrant Solidarity', home: undefined }],
    );
    expect(directory.byName('Calais Migrant Solidarity')).toBe(cms.key);
  });

  test('nobody, when two groups claim it', () => {
    const other = source('https://other.example/feed', { name: 'Calais Migrant Solidarity' });
    expect(openDirectory([cms, other], []).byName('Calais Migrant Solidarity')).toBeUndefined();
  });

  test('the longest of several names', () => {
    const short = source('https://short.example/feed', { name: 'Calais' });
    expect(openDirectory([short, cms], []).nameAt(['calais', 'migrant', 'solidarity', 'says'])).toEqual({
      key: cms.key,
      words: 3,
    });
  });
});

describe('a name whose words are written together, or parted', () => {
  const spaced = source('https://cms.example/feed', { name: 'Calais Migrant Solidarity' });
  const joined = source('https://watch.example/feed', { name: 'harbourwatchnorth' });
  const everyBody = source('https://body.example/feed', { name: 'Every Body' });
  const short = source('https://sea.example/feed', { name: 'Sea Eye' });
  const directory = openDirectory([spaced, joined, everyBody, short], []);

  test('is the same name', () => {
    expect(directory.byName('calaismigrantsolidarity')).toBe(spaced.key);
    expect(directory.byName('Harbour Watch North')).toBe(joined.key);
    expect(directory.byName('CalaisMigrant Solidarity')).toBe(spaced.key);
    expect(directory.nameAt(['calaismigrantsolidarity', 'says'])).toEqual({ key: spaced.key, words: 1 });
    expect(directory.nameAt(['harbour', 'watch', 'north', 'says'])).toEqual({ key: joined.key, words: 3 });
  });

  test('is not found in a word of every day, nor where it is short', () => {
    expect(directory.nameAt(['everybody', 'who', 'was', 'there'])).toBeUndefined();
    expect(directory.byName('seaeye')).toBeUndefined();
    expect(directory.nameAt(['calaismigrantsolidarityblog'])).toBeUndefined();
    expect(directory.nameAt(['calais', 'migrant'])).toBeUndefined();
  });

  test('means whoever has it as it is written, and nobody where two have it only so', () => {
    const exact = source('https://exact.example/feed', { name: 'Calaismigrantsolidarity' });
    expect(openDirectory([spaced, exact], []).byName('calaismigrantsolidarity')).toBe(exact.key);
    expect(openDirectory([spaced, exact], []).byName('Calais Migrant Solidarity')).toBe(spaced.key);
    const other = source('https://other.example/feed', { name: 'Calais MigrantSolidarity' });
    expect(openDirectory([spaced, other], []).byName('calaismigrantsolidarity')).toBeUndefined();
  });

  test('is forgotten with the title of a feed that calls itself something else', () => {
    const unnamed = source('https://un.example/feed');
    const growing = openDirectory([unnamed], [{ key: unnamed.key, title: 'Night Kitchen', home: undefined }]);
    expect(growing.byName('nightkitchen')).toBe(unnamed.key);
    growing.learn({ key: unnamed.key, title: 'Day Kitchen', home: undefined });
    expect(growing.byName('nightkitchen')).toBeUndefined();
  });
});

test('two sources with one home page are one partner; names alone do not make one', () => {
  const [rss, atom, other] = [
    source('https://a.example/rss'),
    source('https://a.example/atom'),
    source('https://b.example/rss'),
  ];
  const learned = [rss, atom].map(({ key }) => ({ key, title: 'A', home: 'https://a.example/' }));
  const directory = openDirectory(
    [rss, atom, other],
    [...learned, { key: other.key, title: 'A', home: 'https://b.example/' }],
  );
  expect(directory.areOnePartner(rss.key, atom.key)).toBe(true);
  expect(directory.areOnePartner(rss.key, other.key)).toBe(false);
});

test('a feed that calls another source’s site its home is not believed', () => {
  const [victim, thief] = [source('https://victim.example/feed'), source('https://thief.example/feed')];
  const directory = openDirectory(
    [victim, thief],
    [
      { key: victim.key, title: 'V', home: 'https://victim.example/' },
      { key: thief.key, title: 'T', home: 'https://victim.example/' },
    ],
  );
  expect(directory.areOnePartner(victim.key, thief.key)).toBe(false);
  expect(directory.byUrl('https://victim.example/post')).toBe(victim.key);
});

describe('a home page that a feed claims in the site of another', () => {
  const page = 'https://victim.example/2026/post';
  const homed = (key: string, home: string) => ({ key, title: undefined, home });
  const thief = source('https://thief.example/feed');
  const claim = homed(thief.key, 'https://victim.example/2026');

  test('is not believed on a host that the maintainer says is another’s', () => {
    const victim = source('https://feeds.example/victim', { hosts: ['victim.example'] });
    const directory = openDirectory([victim, thief], [homed(victim.key, 'https://victim.example/'), claim]);
    expect(directory.byUrl(page)).toBe(victim.key);
  });

  test('makes it nobody’s where both only claim it', () => {
    const victim = source('https://feeds.example/victim');
    const directory = openDirectory([victim, thief], [homed(victim.key, 'https://victim.example/'), claim]);
    expect(directory.byUrl(page)).toBeUndefined();
    expect(directory.byUrl('https://victim.example/2025/post')).toBe(victim.key);
  });

  test('comes after the one whose feed lies there, on a platform of both', () => {
    const [a, b] = [source('https://platform.example/a/feed'), source('https://platform.example/b/feed')];
    const told = [homed(a.key, 'https://platform.example/a'), homed(b.key, 'https://platform.example/a/posts')];
    expect(openDirectory([a, b], told).byUrl('https://platform.example/a/posts/1')).toBe(a.key);
  });
});

describe('what is learned while it is in use', () => {
  const hosts = ['a.example', 'b.example', 'platform.example/a', 'platform.example/b', 'elsewhere.example'];
  const titles = ['Harbour Watch', 'Quai Ouest', 'Harbour watch', 'No', undefined];
  const sources = [
    source('https://a.example/feed', { name: 'Harbour Watch' }),
    source('https://b.example/feed'),
    source('https://platform.example/a/feed', { hosts: ['elsewhere.example'] }),
    source('https://platform.example/b/feed', { partner: 'Quai Ouest' }),
  ];
  const keys = [...sources.map(({ key }) => key), 'gone.example/feed'];
  const lesson = fc.record({
    key: fc.constantFrom(...keys),
    title: fc.constantFrom(...titles),
    home: fc.constantFrom(undefined, ...hosts.map((host) => `https://${host}`)),
  });
  const pages = hosts.map((host) => `https://${host}/post`);

  test('comes to the same as if it had been known from the beginning', () => {
    fc.assert(
      fc.property(fc.array(lesson, { maxLength: 12 }), fc.nat(12), (lessons, count) => {
        const grown = openDirectory(sources, lessons.slice(0, count));
        for (const one of lessons.slice(count)) grown.learn(one);
        const whole = openDirectory(sources, [...new Map(lessons.map((one) => [one.key, one])).values()].reverse());
        for (const page of pages) expect(grown.byUrl(page)).toBe(whole.byUrl(page));
        for (const title of titles) expect(grown.byName(title ?? '')).toBe(whole.byName(title ?? ''));
        for (const a of keys) for (const b of keys) expect(grown.areOnePartner(a, b)).toBe(whole.areOnePartner(a, b));
      }),
    );
  });

  test('a name that another group calls itself by too means neither until that ends', () => {
    const [, plain] = sources;
    if (plain === undefined) throw new Error('no source');
    const other = source('https://c.example/feed');
    const directory = openDirectory([plain, other], [{ key: plain.key, title: 'Dock Watch', home: undefined }]);
    expect(directory.byName('dock watch')).toBe(plain.key);
    directory.learn({ key: other.key, title: 'Dock Watch', home: undefined });
    expect(directory.byName('dock watch')).toBeUndefined();
    directory.learn({ key: other.key, title: 'Another', home: undefined });
    expect(directory.byName('dock watch')).toBe(plain.key);
  });
});

test('a source is what the maintainer says it is, and one that has gone was a group', () => {
  const wire = source('https://wire.example/feed', { role: 'newswire' });
  const directory = openDirectory([wire, source('https://a.example/feed')], []);
  expect([wire.key, 'a.example/feed', 'gone.example/feed'].map((key) => directory.roleOf(key))).toEqual([
    'newswire',
    'group',
    'group',
  ]);
});
