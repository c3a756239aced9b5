/** What a story without a title is called wherever readers see it. */
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model.ts';
import { headingOf } from '../../src/publish/heading.ts';
import { expectLinear } from '../expect-linear.ts';
import { item } from '../stories/builders.ts';

const day = '2 November 2026';
const called = (html: string, given: Partial<Omit<Item, 'html'>> = {}): string => {
  const { title, text, enclosures, ...made } = item('1', { html, ...given });
  return headingOf({ title, html: made.html, text, enclosures }, { picture: 'Picture', day });
};

const long =
  'Last night the police cleared the camp near the harbour and took away forty tents, all blankets and the kitchen.';

describe('a heading is', () => {
  test.each<[string, string, string]>([
    ['the whole of a short text', '<p>They came at six.</p>', 'They came at six.'],
    [
      'the first words of a long one, and a mark of the cut',
      `<p>${long}</p>`,
      'Last night the police cleared the camp near the harbour and took away forty…',
    ],
    ['words of more than one paragraph', '<p>Six!</p><p>They came at six.</p>', 'Six! They came at six.'],
    ['words and no address', '<p>https://quay.example/a Read this www.quay.example/b now</p>', 'Read this now'],
    [
      'no address of a film, nor its type',
      '<p><a href="https://tube.example/w">tube.example/w?v=1</a> (video/mp4)</p><p>At the gate.</p>',
      'At the gate.',
    ],
    ['a sign where there is nothing else', '<p>❤️</p>', '❤️'],
    [
      'what a picture shows',
      '<img src="https://a.example/a.jpg" alt="" /><img src="https://a.example/b.jpg" alt="Tents in the snow" />',
      'Tents in the snow',
    ],
    ['and not its file', '<img src="https://a.example/a.jpg" alt="IMG_2034.JPG" />', 'Picture'],
    ['the word for one', '<img src="https://a.example/a.jpg" alt="" />', 'Picture'],
    ['never an address alone: the day', '<p>https://quay.example/a</p>', day],
    ['the day where there is nothing', '', day],
    ['the day where there are only marks', '<p>***</p><hr />', day],
  ])('%s', (_what, html, heading) => {
    expect(called(html)).toBe(heading);
  });

  test('the title where there is one', () => {
    expect(called('<p>They came at six.</p>', { title: 'Eviction' })).toBe('Eviction');
  });

  test('of an attached file, its name; of an attached picture without one, the word', () => {
    const file = { url: 'https://a.example/a', bytes: undefined };
    expect(called('', { enclosures: [{ ...file, type: 'audio/mpeg', title: 'Radio, part 2' }] })).toBe('Radio, part 2');
    expect(called('', { enclosures: [{ ...file, type: 'image/png', title: undefined }] })).toBe('Picture');
    expect(called('', { enclosures: [{ ...file, type: 'audio/mpeg', title: undefined }] })).toBe(day);
  });

  test('no longer than eighty characters, also in scripts without spaces', () => {
    for (const text of ['x'.repeat(300), '警察が昨夜港の近くのキャンプを撤去した。'.repeat(9), '👩‍🚒'.repeat(90)]) {
      const heading = called(`<p>${text}</p>`);
      expect(heading.length).toBeLessThanOrEqual(81);
      expect(heading.isWellFormed() && heading.endsWith('…')).toBe(true);
      expect(heading).not.toContain('\u200d…');
    }
  });
});

test('a heading costs in proportion to the text', async () => {
  await expectLinear((size) => called(`<p>${'a.b'.repeat(size)}</p>`), 50_000);
});
