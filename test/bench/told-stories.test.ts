/** The way from labelled posts to predictions, on posts of our own: whole, unmixed with labels, and the same in any order. */
import { describe, expect, test } from 'vitest';
import { arrivals } from '../../bench/arrivals.ts';
import { labelOf, type Post, postOf } from '../../bench/labelled-posts.ts';
import { feedOf, settingsOf, sitesOf } from '../../bench/labelled-world.ts';
import { predictionsOf } from '../../bench/predictions.ts';
import { faultsIn } from '../../bench/story-faults.ts';
import { tellStories } from '../../bench/told-stories.ts';

const walk =
  'On Friday evening forty of us walked from the old mill to the harbour gate with lamps and two drums, and stood there until the night shift came out and some of the drivers stayed to talk with us about the fence.';
const kitchen =
  'The kitchen on the quay needs onions, rice and clean jars before the weekend, and two people who can drive a van in the early morning and who do not mind the cold, since its heating has been broken for three weeks.';

function post(id: string, more: Partial<Post> = {}): Post {
  const base = {
    site: 'mill.example',
    group: 'millgroup',
    date: '2019-03-04',
    lang: 'en',
    title: id,
    text: `${id}. ${kitchen}`,
  };
  return { id, url: `https://${more.site ?? base.site}/${id}`, ...base, ...more };
}

/** Every form that sites and dates have been seen in. */
const strange: readonly Post[] = [
  post('whole', { text: `${walk}\n\n${kitchen}` }),
  post('year', { date: '1997' }),
  post('month', { date: '2003-11' }),
  post('undated', { date: undefined, lang: undefined, title: '' }),
  post('port', { site: 'harbour.example:8081', group: 'harbour' }),
  post('lowport', { site: 'harbour.example:81', group: 'harbour' }),
  post('path', { site: 'platform.example/quay', group: 'quay' }),
  post('pathtoo', { site: 'platform.example/mole/', group: 'mole' }),
  post('shared', { site: 'wire.example', group: 'wire' }),
  post('sharedtoo', { site: 'wire.example', group: 'wireless' }),
  post('quaytoo', { site: 'quay-two.example', group: 'quay' }),
  post('scheme', { site: 'https://www.Scheme.example/', group: 'scheme' }),
  post('www', { site: 'www.twin.example', group: 'twin' }),
  post('bare', { site: 'twin.example', group: 'twin' }),
  post('foreign', { site: 'bücher.example/größe', group: 'bücher' }),
  post('underscore', { site: 'under_score.example', group: '_' }),
  post('dot', { site: 'archive.example.', group: 'archive' }),
  post('query', { site: 'query.example/?cat=3', group: 'query' }),
  post('querytoo', { site: 'query.example/?cat=4', group: 'query' }),
  post('onion', { site: `${'a'.repeat(56)}.onion`, group: 'onion' }),
  post('noaddress', { site: 'The Quay, printed', group: 'the quay' }),
  post('noaddresstoo', { site: '', group: '' }),
  post('case', { site: 'case.example', group: 'MillGroup' }),
  post('guest', { site: 'quay.example', group: 'wire.example' }),
  post('control', { title: 'a\u0000b & <c> ]]>', text: 'Bad \u0007 characters & <tags> ]]> stay words.\nNext line.' }),
  post('empty', { text: '' }),
  post('archived', { url: 'http://web.archive.org/web/2016id_/https://mill.example/archived' }),
  post('nowhere', { url: '' }),
];

describe('posts become the feeds of their sites', () => {
  test('nothing that a label says is in them', () => {
    const row = {
      ...post('one'),
      split: 'open',
      story: 'STORYMARK',
      repost_of: 'ext:REPOSTMARK',
      origin: 'ext:ORIGINMARK',
    };
    const labels = {
      origin_group: 'GROUPMARK',
      via_groups: ['VIAMARK'],
      attribution_phrase: 'PHRASEMARK',
      attribution_scored: true,
    };
    const posts = [postOf({ ...row, ...labels })];
    const [site, ...none] = sitesOf(posts);
    if (site === undefined) throw new Error('the post has a site');
    const world = feedOf(site, posts) + settingsOf([site], 'http://127.0.0.1:1');
    expect(none).toEqual([]);
    expect(world).toContain('millgroup');
    expect(world).not.toMatch(/[A-Z]+MARK/);
    expect(labelOf({ ...row, ...labels })).toMatchObject({
      story: 'STORYMARK',
      isRepost: true,
      originGroup: 'GROUPMARK',
    });
  });

  test('a title in parentheses is none', () => {
    expect(postOf({ id: 'a', site: 's.example', title: '(made up)' }).title).toBe('');
    expect(postOf({ id: 'a', site: 's.example', title: '(Calais) made' }).title).toBe('(Calais) made');
  });

  test('every post is stored, whatever its site and date look like', async () => {
    const telling = await tellStories([strange]);
    expect(telling.missing).toEqual([]);
    expect(telling.problems).toEqual([]);
    expect([...telling.told.keys()].sort()).toEqual(strange.map(({ id }) => id).sort());
  });

  test('hundreds that come in a few visits are not lost to the flood guard', async () => {
    const many = Array.from({ length: 240 }, (_, at) =>
      post(`post-${at}`, { date: `20${10 + (at % 12)}-05-0${1 + (at % 9)}` }),
    );
    const telling = await tellStories(arrivals(many, 'shuffle:1,batches:3'));
    expect(telling.missing).toEqual([]);
    expect(telling.accepted).toBeGreaterThan(0);
  });
});

describe('order of arrival', () => {
  const posts = ['2019-05', '2001', undefined, '2019-04-30', '2020-01-01'].map((date, at) =>
    post(String(at), { date }),
  );
  const idsOf = (order: string | undefined): string[][] =>
    arrivals(posts, order).map((batch) => batch.map(({ id }) => id));

  test('by date, backwards, by chance, in so many visits', () => {
    expect(idsOf(undefined)).toEqual([['0', '1', '2', '3', '4']]);
    expect(idsOf('date')).toEqual([['1'], ['3'], ['0'], ['4'], ['2']]);
    expect(idsOf('reverse,batches:2')).toEqual([
      ['2', '4', '0'],
      ['3', '1'],
    ]);
    expect(idsOf('shuffle:5').flat().sort()).toEqual(['0', '1', '2', '3', '4']);
    expect(idsOf('shuffle:5')).toEqual(idsOf('shuffle:5'));
    expect(idsOf('shuffle:5')).not.toEqual(idsOf('shuffle:6'));
  });

  test('another word is refused', () => {
    expect(() => arrivals(posts, 'sideways')).toThrow(RangeError);
    expect(() => arrivals(posts, 'batches:0')).toThrow(RangeError);
  });
});

describe('what the database says becomes predictions', () => {
  const posts = [
    post('walk', { text: walk }),
    post('copy', {
      site: 'quay.example',
      group: 'quay',
      date: '2019-03-09',
      text: `Reposted from millgroup;\n\n${walk}`,
    }),
    post('elsewhere', {
      site: 'quay.example',
      group: 'quay',
      text: `${kitchen}\n\nReposted from https://lamp-post.example/kitchen`,
    }),
    post('alone', { site: 'quay.example', group: 'quay', text: `${kitchen} It is warm inside.` }),
  ];

  test('an original by its post, one that is no post by its group', async () => {
    for (const order of [undefined, 'reverse,batches:4', 'shuffle:2,batches:3']) {
      const { told } = await tellStories(arrivals(posts, order));
      const predictions = predictionsOf(posts, told, ['millgroup', 'quay', 'lamppost']);
      const origins = Object.fromEntries(predictions.map((one) => [one.id, one.origin_id]));
      expect(origins).toEqual({ walk: 'walk', copy: 'walk', elsewhere: 'ext:lamppost', alone: 'alone' });
      const storyOf = (id: string): string | undefined => predictions.find((one) => one.id === id)?.story_id;
      expect(storyOf('copy')).toBe(storyOf('walk'));
      expect(storyOf('alone')).not.toBe(storyOf('walk'));
    }
  });

  test('who was only seen first is credited by nobody, and who signs with others by themselves', async () => {
    const signed = `Joint statement by millgroup, quay and The Lamp Choir\n\n${kitchen}`;
    const unsaid = [
      post('one', { text: walk }),
      post('two', { site: 'quay.example', group: 'quay', text: walk }),
      post('ours', { text: signed, date: '2019-05-01' }),
      post('theirs', { site: 'quay.example', group: 'quay', text: signed, date: '2019-05-04' }),
    ];
    const { told } = await tellStories([unsaid]);
    const predictions = predictionsOf(unsaid, told, []);
    expect(predictions.map(({ id, origin_id }) => [id, origin_id])).toEqual(unsaid.map(({ id }) => [id, id]));
    expect(new Set(predictions.map(({ story_id }) => story_id)).size).toBe(2);
    expect(told.get('one')?.isGuess).toBe(true);
  });

  test('faults name what is wrong and what is known of it, and nothing else', async () => {
    const { told } = await tellStories([posts]);
    const predictions = predictionsOf(posts, told, []);
    const label = (id: string, story: string, originGroup = 'quay', origin = id) =>
      labelOf({
        id,
        story,
        origin,
        origin_group: originGroup,
        repost_of: origin === id ? undefined : origin,
        attribution_scored: true,
      });
    const right = [label('walk', 'w', 'millgroup'), label('copy', 'w', 'millgroup', 'walk'), label('alone', 'a')];
    expect(faultsIn({ posts, told, predictions, labels: right, pairs: [] })).toEqual([]);
    const wrong = [label('walk', 'w', 'millgroup'), label('copy', 'other', 'lamp', 'ext:lamp')];
    const pair = { a: 'walk', b: 'alone', label: 'same', kind: 'whole', split: '' } as const;
    const faults = faultsIn({ posts, told, predictions, labels: wrong, pairs: [pair] }).join('\n');
    expect(faults).toMatch(/not merged \(whole\).*merged, of two stories.*credited to walk, want lamp/s);
    expect(faults).toContain('credit-phrase');
  });
});
