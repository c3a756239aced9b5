import { describe, expect, test } from 'vitest';
import { makeDirectory } from '../../src/stories/directory.ts';
import { source } from './builders.ts';

describe('whose page an address is', () => {
  test('a blog in a folder of a platform owns its folder, not the platform', () => {
    const blog = source('https://platform.example/feed/our-group');
    const directory = makeDirectory(
      [blog],
      [{ key: blog.key, title: 'Our group', home: 'https://platform.example/our-group' }],
    );
    expect(directory.byUrl('https://platform.example/our-group/post')).toBe(blog.key);
    expect(directory.byUrl('https://platform.example/somebody-else/post')).toBeUndefined();
  });

  test('the deepest home page on a shared host', () => {
    const [whole, part] = [source('https://host.example/a/feed'), source('https://host.example/a/b/feed')];
    const directory = makeDirectory(
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
    expect(makeDirectory([moved], []).byUrl('http://www.old.example/2009/1')).toBe(moved.key);
  });
});

describe('whom a name means', () => {
  const cms = source('https://cms.example/feed', {
    name: 'Calais Migrant Solidarity',
    aliases: ['Solidarité Migrants Calais'],
  });

  test('whatever its case, accents and marks', () => {
    const directory = makeDirectory([cms], []);
    expect(directory.byName('CALAIS – migrant solidarity')).toBe(cms.key);
    expect(directory.byName('solidarite migrants calais')).toBe(cms.key);
  });

  test('the feed’s own title, where the settings give no name', () => {
    const unnamed = source('https://cms.example/feed');
    expect(makeDirectory([unnamed], []).byName('Harbour Watch')).toBeUndefined();
    expect(
      makeDirectory([unnamed], [{ key: unnamed.key, title: 'Harbour Watch', home: undefined }]).byName('Harbour watch'),
    ).toBe(unnamed.key);
  });

  test('the feed’s own title too, where the settings give another name', () => {
    const short = source('https://cms.example/feed', { name: 'CMS' });
    const directory = makeDirectory([short], [{ key: short.key, title: 'Calais Migrant Solidarity', home: undefined }]);
    expect(directory.byName('Calais Migrant Solidarity')).toBe(short.key);
  });

  test('the group the maintainer named so, whatever another feed calls itself', () => {
    const thief = source('https://thief.example/feed');
    const directory = makeDirectory(
      [thief, cms],
      [{ key: thief.key, title: 'Calais Migrant Solidarity', home: undefined }],
    );
    expect(directory.byName('Calais Migrant Solidarity')).toBe(cms.key);
  });

  test('nobody, when two groups claim it', () => {
    const other = source('https://other.example/feed', { name: 'Calais Migrant Solidarity' });
    expect(makeDirectory([cms, other], []).byName('Calais Migrant Solidarity')).toBeUndefined();
  });

  test('the longest of several names', () => {
    const short = source('https://short.example/feed', { name: 'Calais' });
    expect(makeDirectory([short, cms], []).nameAt(['calais', 'migrant', 'solidarity', 'says'])).toEqual({
      key: cms.key,
      words: 3,
    });
  });
});

test('two sources with one home page are one partner; names alone do not make one', () => {
  const [rss, atom, other] = [
    source('https://a.example/rss'),
    source('https://a.example/atom'),
    source('https://b.example/rss'),
  ];
  const learned = [rss, atom].map(({ key }) => ({ key, title: 'A', home: 'https://a.example/' }));
  const directory = makeDirectory(
    [rss, atom, other],
    [...learned, { key: other.key, title: 'A', home: 'https://b.example/' }],
  );
  expect(directory.areOnePartner(rss.key, atom.key)).toBe(true);
  expect(directory.areOnePartner(rss.key, other.key)).toBe(false);
});

test('a feed that calls another source’s site its home is not believed', () => {
  const [victim, thief] = [source('https://victim.example/feed'), source('https://thief.example/feed')];
  const directory = makeDirectory(
    [victim, thief],
    [
      { key: victim.key, title: 'V', home: 'https://victim.example/' },
      { key: thief.key, title: 'T', home: 'https://victim.example/' },
    ],
  );
  expect(directory.areOnePartner(victim.key, thief.key)).toBe(false);
  expect(directory.byUrl('https://victim.example/post')).toBe(victim.key);
});
