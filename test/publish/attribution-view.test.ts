/** What a reader is told of who wrote a text, and why we say so. */
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { Attribution, Confidence, Evidence, Member, Original, StoredItem, StoryRecord } from '../../src/model.ts';
import { becauseOf } from '../../src/publish/because.ts';
import { groupsWith } from '../../src/publish/digest-order.ts';
import { feedEntry } from '../../src/publish/feeds/feed-entry.ts';
import { renderStory } from '../../src/publish/pages/story-page.tsx';
import { storyView } from '../../src/publish/story-view.ts';
import type { StoryView } from '../../src/publish/views.ts';
import { item, url } from '../stories/builders.ts';

const read = readConfig(
  `sections:
  calais:
    - { url: "https://alpha.example/feed", name: Alpha Collective, show: full }
    - { url: "https://beta.example/feed", name: Beta Relay, show: full }
    - { url: "https://gamma.example/feed", name: Gamma, show: full }
`,
  'sources.yaml',
  () => undefined,
);
if (read.kind !== 'config') throw new Error('the settings of the test are wrong');
const { config } = read;
const now = Date.UTC(2026, 10, 29);
const context = {
  config,
  sources: new Map(config.sources.map((source) => [source.key, source])),
  memories: new Map(),
  tagPrefix: 'tag:news.example,2026:',
  now,
};

const said = (given: Partial<Evidence>): Evidence => ({
  kind: 'credit-phrase',
  strength: 3,
  says: 'original',
  quote: '',
  targetSource: undefined,
  targetUrl: undefined,
  targetName: undefined,
  ...given,
});

function stored(id: number, group: string, html = '<p>Text.</p>'): StoredItem {
  return {
    ...item(`g${id}`, { title: 'Eviction', html }),
    id,
    sourceKey: `${group}.example/feed`,
    storyId: 1,
    seen: now,
    isFirstImport: false,
    published: now,
    date: now,
    revisedAt: undefined,
    withdrawn: undefined,
  };
}

const recordOf = (
  original: Original,
  members: readonly Member[],
  items: readonly StoredItem[],
  given: Partial<Pick<Attribution, 'confidence' | 'jointly'>> = {},
): StoryRecord => ({
  id: 1,
  uid: 's1',
  created: now,
  changed: now,
  published: undefined,
  attribution: {
    original,
    jointly: [],
    confidence: 'said',
    members,
    ...given,
  },
  items,
});

test('a credit that means nobody we know is shown in its own words', () => {
  const quote = 'Reposted from The Lighthouse Keepers;';
  const view = storyView(
    recordOf(
      { kind: 'elsewhere', sourceKey: undefined, name: 'The Lighthouse Keepers', url: undefined },
      [
        {
          itemId: 1,
          role: 'repost',
          via: undefined,
          evidence: [said({ quote, targetName: 'The Lighthouse Keepers' })],
        },
      ],
      [stored(1, 'beta', `<p>${quote}</p><p>Text.</p>`)],
    ),
    context,
  );
  expect(view.original.group.name).toBe('The Lighthouse Keepers');
  expect(view.original.because.join()).toContain(quote);
});

describe('what was not believed', () => {
  const hint = said({
    kind: 'closing-name',
    strength: 2,
    quote: 'Eviction – Gamma',
    targetSource: 'gamma.example/feed',
  });
  const viewWith = (evidence: readonly Evidence[], confidence: Confidence = 'guessed') =>
    storyView(
      recordOf(
        { kind: 'item', itemId: 1 },
        [
          { itemId: 1, role: 'original', via: undefined, evidence },
          { itemId: 2, role: 'repost', via: undefined, evidence: [] },
        ],
        [stored(1, 'alpha'), stored(2, 'beta')],
        { confidence },
      ),
      context,
    );

  test('is no reason why somebody else wrote it, nor makes an author of whom we only saw first', () => {
    expect(viewWith([hint]).original).toMatchObject({ because: [], isGuess: true });
  });

  test('a translation says whose text it was, not who published it first', () => {
    const from = said({
      kind: 'translation-of',
      says: 'translation',
      quote: 'Translated from Gamma',
      targetSource: 'gamma.example/feed',
    });
    expect(viewWith([from]).original).toMatchObject({ isGuess: true });
    expect(viewWith([from]).original.because.join()).toContain('Translated from Gamma');
  });

  test('what names the author counts', () => {
    const record = said({ quote: 'From Alpha', targetSource: 'alpha.example/feed' });
    expect(viewWith([record], 'said').original.isGuess).toBe(false);
  });

  test.each(['dated', 'guessed'] as const)('where it is only %s, the earliest is no author', (confidence) => {
    const { original, credit } = viewWith([], confidence);
    expect(original.isGuess).toBe(true);
    expect(credit).toBe('First seen at Alpha Collective · also published by Beta Relay');
  });
});

describe('a translation of a text that we do not hold', () => {
  const page = url('https://gamma.example/eviction');
  const from = said({
    kind: 'translation-of',
    says: 'translation',
    quote: 'Translated from Gamma',
    targetSource: 'gamma.example/feed',
    targetUrl: page,
  });
  const who = { kind: 'elsewhere', sourceKey: 'gamma.example/feed', name: undefined, url: page } as const;
  const viewWith = (evidence: readonly Evidence[], langs: readonly string[] = ['en']) =>
    storyView(
      recordOf(
        who,
        [{ itemId: 2, role: 'repost', via: undefined, evidence }],
        [{ ...stored(2, 'beta'), url: url('https://beta.example/translated'), langs }],
      ),
      context,
    );

  test('is credited to its author, leads to the page in its own language, and is published by one group', () => {
    const view = viewWith([from]);
    expect(view.credit).toBe('From Gamma · translation published by Beta Relay');
    expect(view.creditHtml).toContain(page);
    expect(view.url).toBe('https://beta.example/translated');
    expect(groupsWith(view)).toBe(1);
  });

  test.each([
    ['who is credited in words alone is passed on', [said({ targetSource: 'gamma.example/feed' })], ['en']],
    [
      'a translation of another’s text is none of the author’s',
      [{ ...from, targetSource: 'alpha.example/feed', targetUrl: undefined }],
      ['en'],
    ],
    ['what stands in both languages is no translation alone', [from], ['en', 'fr']],
  ])('%s', (_, evidence, langs) => {
    const view = viewWith(evidence, langs);
    expect(view.credit).toBe('From Gamma · reposted by Beta Relay');
    expect(view.url).toBe(page);
  });
});

describe('where a reposter took it', () => {
  test('is said after its name, in the sentence and in its links', () => {
    const members: readonly Member[] = [
      { itemId: 1, role: 'original', via: undefined, evidence: [] },
      { itemId: 2, role: 'repost', via: 'gamma.example/feed', evidence: [] },
    ];
    const items = [stored(1, 'alpha'), stored(2, 'beta')];
    const view = storyView(recordOf({ kind: 'item', itemId: 1 }, members, items), context);
    expect(view.reposts.map(({ group, via }) => [group.name, via?.name])).toEqual([['Beta Relay', 'Gamma']]);
    expect(view.credit).toMatch(/· reposted by Beta Relay \(via Gamma\)$/);
    expect(view.creditHtml).toMatch(/Beta Relay.*via.*Gamma/);
  });

  const page = url('https://stranger.example/found/7');
  const linked = said({ kind: 'via-link', strength: 4, quote: page, targetUrl: page });
  const viaOf = (evidence: Evidence, original: Original = { kind: 'item', itemId: 1 }) => {
    const members: readonly Member[] = [
      { itemId: 1, role: 'original', via: undefined, evidence: [] },
      { itemId: 2, role: 'repost', via: undefined, evidence: [evidence] },
    ];
    const view = storyView(
      recordOf(original, members, [{ ...stored(1, 'alpha'), url: own }, stored(2, 'beta')]),
      context,
    );
    return view.reposts.map(({ via }) => via);
  };
  const own = url('https://alpha.example/eviction');

  test.each([
    ['a link to where it was found', linked, { name: 'stranger.example', url: page }],
    ['words', said({ says: 'via', strength: 1, targetName: 'Night Wire' }), { name: 'Night Wire', url: undefined }],
  ])('a stranger that it names outright by %s is named too', (_, evidence, via) => {
    expect(viaOf(evidence)).toEqual([via]);
  });

  test.each<[string, Evidence, Original?]>([
    ['a hint', { ...linked, strength: 2 }],
    ['who wrote it', linked, { kind: 'elsewhere', sourceKey: undefined, name: undefined, url: page }],
    ['the author’s own page', { ...linked, targetUrl: own }],
    ['a credit for the text', said({ targetName: 'Night Wire' })],
    ['a name of nothing that is seen', said({ says: 'via', strength: 1, targetName: '\u200b' })],
  ])('%s is no place where it was found', (_, evidence, original) => {
    expect(viaOf(evidence, original)).toEqual([undefined]);
  });
});

describe('an author without a page', () => {
  test('is named without a link: the page there is, is the reposter’s', () => {
    const members: readonly Member[] = [{ itemId: 2, role: 'repost', via: undefined, evidence: [] }];
    const who = { kind: 'elsewhere', sourceKey: undefined, name: 'Lantern Street', url: undefined } as const;
    const { creditHtml } = storyView(recordOf(who, members, [stored(2, 'beta')]), context);
    expect(creditHtml).toMatch(/^From (<bdi>)?Lantern Street(<\/bdi>)? · reposted by <bdi><a href="[^"]+beta/);
  });
});

describe('a copy that is the same word for word', () => {
  const same = (target: string): Evidence =>
    said({ kind: 'same-text', strength: 4, says: 'same', targetSource: `${target}.example/feed` });
  const reasonsIn = (
    lang: string,
    evidence: readonly (readonly Evidence[])[],
    given: Partial<StoredItem> = {},
    seen: Parameters<typeof storyView>[1] = context,
  ) => {
    const groups = ['alpha', 'beta', 'gamma'];
    const members = evidence.map((ofOne, at): Member => {
      return { itemId: at + 1, role: at === 0 ? 'original' : 'repost', via: undefined, evidence: ofOne };
    });
    const items = evidence.map((_, at) => ({ ...stored(at + 1, groups[at] ?? ''), lang, ...(at === 1 ? given : {}) }));
    const view = storyView(recordOf({ kind: 'item', itemId: 1 }, members, items), seen);
    return view.reposts.map(({ because }) => because);
  };

  test.each([
    ['en', 'the text is the same as that of Alpha Collective, word for word'],
    ['fr', 'le texte est le même que chez Alpha Collective, mot pour mot'],
    ['de', 'der Text ist derselbe wie bei Alpha Collective, Wort für Wort'],
    ['es', 'el texto es el mismo que el de Alpha Collective, palabra por palabra'],
    ['it', 'il testo è lo stesso pubblicato da Alpha Collective, parola per parola'],
    ['ar', 'النص هو نفسه لدى Alpha Collective كلمةً بكلمة'],
    ['fa', 'متن واژه به واژه همان متن Alpha Collective است'],
  ])('says in %s with whom', (lang, sentence) => {
    expect(reasonsIn(lang, [[], [same('alpha')]])).toEqual([[sentence]]);
  });

  test('names the author rather than another, whichever copy was read first', () => {
    const sentence = 'the text is the same as that of Alpha Collective, word for word';
    expect(reasonsIn('en', [[same('beta')], [same('gamma')], []])[0]).toEqual([sentence]);
    expect(reasonsIn('en', [[], [same('gamma'), same('alpha')], []])[0]).toEqual([sentence]);
  });

  test('names who passed it on where it is the same as that copy alone', () => {
    expect(reasonsIn('en', [[], [], [same('beta')]])[1]).toEqual([
      'the text is the same as that of Beta Relay, word for word',
    ]);
  });

  test('names nobody of whom nothing is shown, and nobody as the same as itself', () => {
    const nameless = [['the text is the same, word for word']];
    const withdrawn = { withdrawn: { at: now, by: 'source', because: '' } } as const;
    expect(reasonsIn('en', [[], [], [same('beta')]], withdrawn)).toEqual(nameless);
    expect(reasonsIn('en', [[], [same('beta')]])).toEqual(nameless);
    const hidden = config.sources.map(
      (source) => [source.key, source.name === 'Beta Relay' ? { ...source, show: 'none' as const } : source] as const,
    );
    expect(reasonsIn('en', [[], [], [same('beta')]], {}, { ...context, sources: new Map(hidden) })).toEqual(nameless);
  });
});

describe('the beginning of a text', () => {
  const beginningOf = (html: string): string =>
    storyView(
      recordOf(
        { kind: 'item', itemId: 1 },
        [{ itemId: 1, role: 'original', via: undefined, evidence: [] }],
        [stored(1, 'alpha', html)],
      ),
      context,
    ).excerpt;

  test('shows where a heading and the items of a list end', () => {
    const html =
      '<h2>What we saw</h2><p>On Monday they came.</p><ul><li>water</li><li>food</li></ul><p>We need all.</p>';
    expect(beginningOf(html)).toBe('What we saw · On Monday they came. water · food · We need all.');
  });

  test('takes a line that is broken for the end of nothing, and two for that of a paragraph', () => {
    expect(beginningOf('<p>The police came<br />on Monday</p>')).toBe('The police came on Monday');
    expect(beginningOf('<p>What we saw<br /><br />On Monday they came.<br /></p><p>All</p>')).toBe(
      'What we saw · On Monday they came. All',
    );
    expect(beginningOf('<h3>What we saw<br /></h3>They came')).toBe('What we saw · They came');
  });
});

describe('a text without a date of its own', () => {
  const members: readonly Member[] = [
    { itemId: 1, role: 'original', via: undefined, evidence: [] },
    { itemId: 2, role: 'repost', via: undefined, evidence: [] },
  ];
  const viewWith = (published: number | undefined) =>
    storyView(
      recordOf({ kind: 'item', itemId: 1 }, members, [
        { ...stored(1, 'alpha'), published },
        { ...stored(2, 'beta'), published },
      ]),
      context,
    );
  const pageText = (view: StoryView): string =>
    load(renderStory({ site: config.site, sections: [] }, view))('.relay').text();

  test('is not said to be of the day on which we came by', () => {
    const view = viewWith(undefined);
    expect(view.credit).toBe('From Alpha Collective · reposted by Beta Relay');
    expect(pageText(view).match(/Seen here on 29 November 2026/g)).toHaveLength(2);
    expect(pageText(view)).not.toContain('00:00');
    const page = renderStory({ site: config.site, sections: [] }, view);
    expect(page).not.toMatch(/datePublished|dt-published/);
    expect(feedEntry(view, config.site)?.reposts.map(({ date }) => date)).toEqual([undefined]);
  });

  test('and one with a date is of that day', () => {
    const view = viewWith(now);
    expect(view.credit).toBe('From Alpha Collective, 29 November 2026 · reposted by Beta Relay');
    expect(pageText(view)).not.toContain('Seen here');
    const page = renderStory({ site: config.site, sections: [] }, view);
    expect(page).toMatch(/datePublished.*dt-published/s);
    expect(feedEntry(view, config.site)?.reposts.map(({ date }) => date)).toEqual([new Date(now)]);
  });
});

test('what has neither words nor a date is called by when it was seen', () => {
  const members: readonly Member[] = [{ itemId: 1, role: 'original', via: undefined, evidence: [] }];
  const called = (published: number | undefined) =>
    storyView(
      recordOf({ kind: 'item', itemId: 1 }, members, [{ ...stored(1, 'alpha', ''), title: '', published }]),
      context,
    ).heading;
  expect(called(now)).toBe('29 November 2026');
  expect(called(undefined)).toBe('Seen here on 29 November 2026');
});

describe('a text of several groups', () => {
  const jointly = [
    { sourceKey: 'alpha.example/feed', name: 'Alpha' },
    { sourceKey: undefined, name: 'The Lighthouse Keepers' },
    { sourceKey: 'gamma.example/feed', name: 'gamma' },
  ];

  test('is by all of them, each as it is called here, and none of their copies is a repost', () => {
    const members: readonly Member[] = [
      { itemId: 1, role: 'original', via: undefined, evidence: [] },
      { itemId: 2, role: 'repost', via: undefined, evidence: [] },
      { itemId: 3, role: 'copy', via: undefined, evidence: [] },
    ];
    const items = [stored(1, 'alpha'), stored(2, 'beta'), stored(3, 'gamma')];
    const view = storyView(recordOf({ kind: 'item', itemId: 1 }, members, items, { jointly }), context);
    expect(view.original.jointly.map(({ name }) => name)).toEqual([
      'Alpha Collective',
      'The Lighthouse Keepers',
      'Gamma',
    ]);
    expect(view.credit).toMatch(
      /^From Alpha Collective, The Lighthouse Keepers and Gamma, .* · reposted by Beta Relay$/,
    );
    expect(view.shownFrom).toBe('alpha.example/feed');
  });

  test('is by all of them where none of their copies is held', () => {
    const away: Original = { kind: 'elsewhere', sourceKey: 'alpha.example/feed', name: 'Alpha', url: undefined };
    const members: readonly Member[] = [{ itemId: 2, role: 'repost', via: undefined, evidence: [] }];
    const view = storyView(recordOf(away, members, [stored(2, 'beta')], { jointly }), context);
    expect(view.credit).toContain('From Alpha Collective, The Lighthouse Keepers and Gamma');
  });
});

test.each(['en', 'fr', 'de', 'es', 'it', 'ar', 'fa'])(
  '%s has a sentence of its own for each kind of evidence',
  (lang) => {
    const kinds = [
      'source-element',
      'via-link',
      'canonical-link',
      'credit-phrase',
      'appeared-first',
      'byline',
      'joint',
      'translation-of',
      'closing-name',
      'foreign-link',
      'foreign-guid',
      'outbound-link',
    ] as const;
    const sentences = kinds.map((kind) => becauseOf([said({ kind, quote: '“their words”' })], lang, {}).join());
    expect(sentences.filter((sentence) => !sentence.includes('“their words”'))).toEqual([]);
    expect(new Set(sentences).size).toBe(kinds.length);
    const english = kinds.map((kind) => becauseOf([said({ kind, quote: '“their words”' })], 'en', {}).join());
    if (lang !== 'en') expect(sentences.filter((sentence) => english.includes(sentence))).toEqual([]);
  },
);
