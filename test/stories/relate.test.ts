/** Two texts, and how they stand to each other: what makes one story, what links, and what keeps apart. */
import { describe, expect, test } from 'vitest';
import { imprintOf } from '../../src/stories/imprint.ts';
import { overlapOf, sideOf } from '../../src/stories/overlap.ts';
import { relate } from '../../src/stories/relate.ts';
import type { Claim, Ties } from '../../src/stories/ties.ts';
import type { Compared, Relation } from '../../src/story-plan.ts';
import { compared, noTies } from './builders.ts';
import { comment, other, paragraphs } from './texts.ts';

const day = 86_400_000;
interface Given {
  readonly text: string;
  readonly title?: string;
  readonly source?: string;
  readonly at?: number | undefined;
  readonly isExcerpt?: boolean;
  readonly lang?: string;
}

function comparedAs(id: number, { source = `${id}.example`, at = 100, lang = 'en', ...written }: Given): Compared {
  return compared(id, written, { sourceKey: source, date: at * day, lang });
}

function stand(
  one: Given,
  another: Given,
  given: Partial<Ties> = {},
  isOpen = false,
  stopped?: ReadonlySet<number>,
): Relation | undefined {
  const [a, b] = [comparedAs(1, one), comparedAs(2, another)];
  const overlap = overlapOf(sideOf(a.imprint.prints, stopped), sideOf(b.imprint.prints, stopped));
  return relate({ a, b, ties: { ...noTies, ...given }, overlap, areOnePartner: false, isOpen });
}

const kind = (...args: Parameters<typeof stand>): string | undefined => stand(...args)?.kind;
const against = (...args: Parameters<typeof stand>): string[] => stand(...args)?.reasons.map(({ code }) => code) ?? [];
const whole = paragraphs.join('\n');
const credit: Claim = { by: 2, kind: 'group', detail: 'reposted from One' };
const link: Claim = { by: 2, kind: 'page', detail: '1.example/post' };

describe('one story', () => {
  test('the same text, whatever stands before and behind it', () => {
    expect(kind({ text: whole }, { text: `From our friends:\n${whole}\nSubscribe to our letter.` })).toBe('repost');
  });
  test('the same text with a word changed here and there', () => {
    const edited = whole
      .split(' ')
      .map((word, at) => (at % 31 === 7 ? 'then' : word))
      .join(' ');
    expect(kind({ text: whole }, { text: edited })).toBe('repost');
  });
  test('its beginning, where that says that it goes on', () => {
    const beginning = `${whole.split(' ').slice(0, 55).join(' ')} […]`;
    expect(kind({ text: whole }, { text: beginning })).toBe('excerpt');
    expect(against({ text: whole }, { text: beginning })).toContain('cut');
  });
  test('the text and as much of one’s own', () => {
    const longer = `${whole}\n${comment}\n${comment.toUpperCase()}`;
    expect(['repost', 'commented']).toContain(kind({ text: whole }, { text: longer }));
  });
  test('two channels of one group', () => {
    const [a, b] = [comparedAs(1, { text: whole }), comparedAs(2, { text: whole })];
    const overlap = overlapOf(sideOf(a.imprint.prints), sideOf(b.imprint.prints));
    expect(relate({ a, b, ties: noTies, overlap, areOnePartner: true, isOpen: false })?.kind).toBe('edition');
  });
  test('one guid made to be unique, where the words bear it out, or one group says so', () => {
    expect(kind({ text: whole }, { text: `${paragraphs[0]}` }, { guid: true })).toBe('repost');
    expect(kind({ text: whole }, { text: other }, { guid: true })).toBe('apart');
    const [a, b] = [comparedAs(1, { text: whole }), comparedAs(2, { text: other })];
    const overlap = overlapOf(sideOf(a.imprint.prints), sideOf(b.imprint.prints));
    const ties = { ...noTies, guid: true };
    expect(relate({ a, b, ties, overlap, areOnePartner: true, isOpen: false })?.kind).toBe('edition');
  });
  test('a line under another’s address or guid, where it says whose that is', () => {
    const line = { text: 'Read on.', title: 'Look at this' };
    for (const tie of [{ url: 'a' }, { guid: true }]) {
      expect(kind({ text: whole }, line, { ...tie, claims: [credit] })).toBe('repost');
      expect(kind({ text: whole }, line, tie)).toBe('apart');
    }
  });
  test('one address, where the words or the title bear it out', () => {
    expect(kind({ text: whole }, { text: `${paragraphs[0]}` }, { url: 'a' })).toBe('repost');
    expect(
      kind(
        { text: whole, title: 'Tents taken from the canal at dawn' },
        { text: comment, title: 'Tents taken from the canal at dawn' },
        { url: 'a' },
      ),
    ).toBe('repost');
    expect(kind({ text: whole }, { text: other }, { url: 'a' })).toBe('apart');
  });
  test('a small part, where it says from whom', () => {
    const quoting = `${other}\n${paragraphs[1]}\n${comment}`;
    expect(kind({ text: whole }, { text: quoting })).toBe('quotes');
    expect(kind({ text: whole }, { text: quoting }, { claims: [credit] })).toBe('excerpt');
  });
});

describe('no story', () => {
  test('two texts that share a phrase', () => {
    expect(
      kind(
        { text: `${whole} so that was that and we went home again` },
        { text: `${other} so that was that and we went home again` },
      ),
    ).toBeUndefined();
  });
  test('a round-up and what is in it', () => {
    const roundUp = [
      other,
      comment,
      paragraphs[2],
      other.toUpperCase().replaceAll('E', 'A'),
      comment.replaceAll('e', 'u'),
    ].join('\n');
    expect(kind({ text: `${paragraphs[2]}` }, { text: roundUp })).toBe('includes');
  });
  test('an appeal used again on another day', () => {
    const appeal = (when: string): string => `${whole}\nCome to the square on ${when}.`;
    expect(kind({ text: appeal('3 March') }, { text: appeal('10 April') })).toBe('reissue');
    expect(against({ text: appeal('3 March') }, { text: appeal('10 April') })).toContain('other-days');
    expect(kind({ text: appeal('3 March') }, { text: appeal('3 March') })).toBe('repost');
  });
  test('the same words more than sixty days later, but for whoever says from whom', () => {
    expect(kind({ text: whole, at: 100 }, { text: whole, at: 161 })).toBe('reissue');
    expect(kind({ text: whole, at: 100 }, { text: whole, at: 160 })).toBe('repost');
    expect(kind({ text: whole, at: 100 }, { text: whole, at: 400 }, { claims: [link] })).toBe('repost');
  });
  test('unless both name the same days, and most of either is in the other', () => {
    const dated = `${whole}\nIt was on 3 March.`;
    expect(kind({ text: dated, at: 100 }, { text: `${dated}\n${comment}`, at: 400 })).toBe('repost');
    expect(kind({ text: dated, at: 100 }, { text: `${dated}\nAnd on 4 March.`, at: 400 })).toBe('reissue');
    expect(kind({ text: `${dated} So on 4 March too.`, at: 100 }, { text: dated, at: 400 })).toBe('reissue');
    expect(
      kind(
        { text: dated, at: 100 },
        { text: `${dated}\n${comment}\n${other}\n${comment.toUpperCase().replaceAll('E', 'I')}`, at: 400 },
      ),
    ).toBe('reissue');
  });
  test('the same frame around other recordings', () => {
    const frame = (id: string): string => `${whole}\nyoutube.com/watch?v=${id}`;
    expect(kind({ text: frame('aaaaaaaaaaa') }, { text: frame('bbbbbbbbbbb') })).toBe('apart');
    expect(kind({ text: frame('aaaaaaaaaaa') }, { text: frame('aaaaaaaaaaa') })).toBe('repost');
  });
  test('numbers of one series', () => {
    expect(against({ text: whole, title: 'Weekly report 45' }, { text: whole, title: 'Weekly report 46' })).toContain(
      'series',
    );
  });
  test('two posts of one source, but for one post listed twice', () => {
    const [one, two] = [
      { text: whole, source: 's', title: 'A' },
      { text: `${whole} And so on.`, source: 's', title: 'B' },
    ];
    expect(kind(one, two)).toBe('apart');
    expect(kind(one, { ...one, at: 101 })).toBe('apart');
    expect(kind(one, one)).toBe('edition');
  });
  test('unless anybody may post there', () => {
    const [one, two] = [
      { text: whole, source: 's', title: 'A' },
      { text: `${whole} And so on.`, source: 's', title: 'B' },
    ];
    expect(kind(one, two, {}, true)).toBe('repost');
  });
  test('what is boilerplate counts for nothing', () => {
    const stopped = new Set(imprintOf({ title: '', text: whole, isExcerpt: false }).prints);
    expect(kind({ text: `${whole}\n${other}` }, { text: `${whole}\n${comment}` }, {}, false, stopped)).toBeUndefined();
  });
  test('a page that is named in another language is a translation', () => {
    expect(
      kind({ text: whole, lang: 'en' }, { text: other.replaceAll('the', 'la'), lang: 'fr' }, { claims: [link] }),
    ).toBe('translation');
  });
});

test('which of the two comes first makes no difference', () => {
  const texts = [whole, `${whole.slice(0, 300)} […]`, `${other}\n${paragraphs[1]}`, other];
  for (const one of texts)
    for (const two of texts)
      expect(kind({ text: one }, { text: two }, { claims: [] })).toBe(
        kind({ text: two }, { text: one }, { claims: [] }),
      );
});
