/** Corrections and withdrawals on pages: as people see and hear them, in both directions, whatever partners write. */
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { digestDocuments } from '../../src/publish/digest.ts';
import { renderDigestText } from '../../src/publish/digest-text.ts';
import { renderDigest, renderDigestMail } from '../../src/publish/pages/digest-page.tsx';
import { renderStory } from '../../src/publish/pages/story-page.tsx';
import type { CorrectionView, StoryView } from '../../src/publish/views.ts';
import { compareWords, passagesOf } from '../../src/publish/word-diff.ts';
import { ourLanguages, takenBackWords, wordsFor } from '../../src/publish/words.ts';
import { withdrawnMark } from '../../src/text/withdrawn-mark.ts';
import { arabic, at, calais, digestView, original, repost, siteView, story, withdrawn } from './pages-views.ts';

const passages = (old: string, now: string): CorrectionView['text'] => passagesOf(compareWords(old, now)).passages;

function correction(changes: Partial<CorrectionView> = {}): CorrectionView {
  return {
    at: at('2026-11-04T10:00Z'),
    title: [],
    text: passages('Three were hurt.', 'Four were hurt.'),
    authors: undefined,
    files: undefined,
    date: undefined,
    isCallMoved: false,
    isMore: false,
    isElsewhere: false,
    ...changes,
  };
}

const page = (changes: Partial<StoryView>) => load(renderStory(siteView(), story('c', changes)));

test('a story that was never corrected has no heading for it', () => {
  expect(page({})('.corrections')).toHaveLength(0);
});

describe('a correction', () => {
  test('is struck out and underlined, and said to those who hear it', () => {
    const $ = page({ corrections: [correction()] });
    expect($('.correction del').text()).toBe('taken out: Three');
    expect($('.correction ins').text()).toBe('put in: Four');
    $('.heard').remove();
    expect($('.correction dd').text()).toBe('Three Four were hurt.');
    expect($('.correction time').attr('datetime')).toBe('2026-11-04T11:00:00+01:00');
  });

  test('stands in its own direction, our words in theirs', () => {
    const text = passages('أُصيب ثلاثة أشخاص', 'أُصيب أربعة أشخاص');
    const inFrench = load(renderStory(siteView(), { ...arabic, lang: 'ckb', corrections: [correction({ text })] }));
    expect(inFrench('.correction dd p').attr('dir')).toBe('rtl');
    expect(inFrench('.correction dd p').attr('lang')).toBe('ckb');
    expect(inFrench('.correction .heard').first().attr('dir')).toBe('ltr');
    const inArabic = load(renderStory(siteView(), { ...arabic, corrections: [correction({ text })] }));
    expect(inArabic('html').attr('dir')).toBe('rtl');
    expect(inArabic('.correction .heard').first().attr('lang')).toBe('ar');
    expect(inArabic('.correction h3').text()).toContain('صُحّح في');
  });

  test('of many passages is opened only by who wants to', () => {
    const words = Array.from({ length: 400 }, (_, index) => `w${index}`);
    const now = words.map((word, index) => (index % 50 === 25 ? `new${index}` : word));
    const $ = page({ corrections: [correction({ text: passages(words.join(' '), now.join(' ')) }), correction()] });
    expect($('.correction details summary').text()).toBe('What was changed');
    expect($('.correction details del')).toHaveLength(8);
    expect($('.correction').last().find('details')).toHaveLength(0);
  });

  test('of title, authors, day, files and what is not shown is said in words', () => {
    const $ = page({
      corrections: [
        correction({
          title: passages('Road', 'The road'),
          authors: { gone: 1, come: ['Bea', 'Cem'] },
          date: { from: at('2026-11-01T10:00Z'), to: at('2026-11-03T10:00Z') },
          files: { gone: 0, come: ['list.pdf'] },
          isMore: true,
        }),
        correction({ text: [], isElsewhere: true }),
      ],
    });
    expect(
      $('.correction')
        .first()
        .find('dt')
        .toArray()
        .map((one) => $(one).text()),
    ).toEqual(['Title', 'Text', 'Authors', 'Date', 'Attached', 'Text']);
    $('.heard').remove();
    const said = $('.correction')
      .first()
      .find('dd')
      .toArray()
      .map((one) => $(one).text().trim());
    expect(said.slice(2)).toEqual([
      '[1 word taken out] Bea Cem',
      '1 November 2026 3 November 2026',
      'list.pdf',
      'More of the text was changed than is shown here.',
    ]);
    expect($('.correction').last().find('dd').text()).toBe('A link, a picture or the form of the text was changed.');
  });

  test.each([...ourLanguages()])('is told in %s', (lang) => {
    const text = passages('a b c d e f g h i j k', 'a b c');
    const $ = page({
      lang,
      corrections: [correction({ text })],
      reposts: [repost('Cook Together', { isBefore: at('2026-11-04T10:00Z') })],
    });
    const words = wordsFor(lang, {});
    expect($('.corrections h2').text()).toBe(words.corrections.heading);
    expect($('.withheld').text()).toBe(`[${words.corrections.withheld(8)}]`);
    for (const count of [1, 2, 3, 11, 100, 1_000_000]) expect(words.corrections.withheld(count)).not.toMatch(/[{}]/);
    expect(takenBackWords(words, 'N', 'D')).toMatch(/N.*D/);
    expect(takenBackWords(words, '', 'D')).not.toMatch(/undefined| {2}/);
    expect($('.stale').text()).toMatch(/\S/);
  });
});

test('whatever a partner writes stays text', () => {
  const bad = '</del><script>alert(1)</script> "><img src=x onerror=alert(2)>';
  const corrections = [
    correction({
      title: passages('Road', bad),
      text: passages(`a ${bad} b c d e f g`, `a <svg/onload=alert(3)> b c d e f g`),
      authors: { gone: 1, come: [bad] },
      files: { gone: 0, come: [bad] },
    }),
  ];
  const $ = page({ corrections, reposts: [repost('R', { isBefore: 0 })] });
  expect($('script, .correction img, svg')).toHaveLength(0);
  expect($('.correction').text()).toContain('<script>alert(1)</script>');
  expect($('.correction').text()).toContain('<svg/onload=alert(3)>');
});

test('no title of a partner makes a page say that it was withdrawn, and the stub does', () => {
  const head = (html: string): string => html.slice(0, html.indexOf('</head>'));
  const bad = { title: `${withdrawnMark}/>`, heading: `${withdrawnMark}/>`, excerpt: `"/>${withdrawnMark}/>` };
  expect(head(renderStory(siteView(), story('x', bad)))).not.toContain(withdrawnMark);
  expect(head(renderStory(siteView(), withdrawn('x')))).toContain(withdrawnMark);
});

test('a digest tells what has become of stories of earlier ones, in all three forms', async () => {
  const hostile = story('old', {
    heading: '<b>Old</b> story',
    original: { ...original, group: { name: '<i>Quay</i>', url: undefined } },
  });
  const digest = digestView(calais, [story('new')], {
    corrected: [{ story: hostile, at: at('2026-11-04T10:00Z') }],
    takenBack: [
      { name: 'Cook & Together', at: at('2026-11-05T10:00Z') },
      { name: '', at: at('2026-11-06T10:00Z') },
    ],
  });
  const site = siteView();
  for (const html of [renderDigest(site, digest), renderDigestMail(site, digest)]) {
    const $ = load(html);
    expect($('b, i').not('.chain i')).toHaveLength(0);
    const text = $('body').text().replace(/\s+/g, ' ');
    expect(text).toContain('<b>Old</b> story <i>Quay</i> · Corrected on 4 November 2026');
    expect(text).toContain('A text of Cook & Together was withdrawn on 5 November 2026.');
    expect(text).toContain('A text was withdrawn on 6 November 2026.');
  }
  const text = renderDigestText(site, digest);
  expect(text).toContain(
    `${'-'.repeat(78)}\nCorrected or withdrawn since the last digest\n\n   <b>Old</b> story\n   <i>Quay</i> · Corrected on 4 November 2026\n   https://news.example/story/old/\n\n   A text of Cook & Together`,
  );
  expect(renderDigest(site, digestView(calais, [story('new')]))).not.toContain('since-title');
  const markdown = (await digestDocuments(site, digest)).find(({ path }) => path.endsWith('digest.md'))?.body;
  expect(markdown).toContain(
    '- [\\<b\\>Old\\</b\\> story](<https://news.example/story/old/>) · \\<i\\>Quay\\</i\\> · Corrected on 4 November 2026',
  );
});
