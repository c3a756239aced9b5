/** The keys by which texts of few words are known again, without a store. */
import { describe, expect, test } from 'vitest';
import { saidAgain, saidKeys } from '../../src/stories/said.ts';

const at = 1_000;
const keys = (title: string, text: string, published: number | undefined = at) =>
  saidKeys({ title, published }, [text]);
const kinds = (title: string, text: string, published?: number) => keys(title, text, published).map(({ kind }) => kind);

describe('keys of few words', () => {
  test('are its words, those with the title, and what a title of them would be', () => {
    expect(kinds('News', 'They saw who struck first')).toEqual(['said', 'said', 'phrase']);
    expect(kinds('They saw who struck first', '')).toEqual(['said', 'phrase']);
  });

  test('of hardly any are one, and need a date', () => {
    expect(kinds('Demo', 'Today')).toEqual(['said']);
    expect(saidKeys({ title: 'Demo', published: undefined }, ['Today'])).toEqual([]);
    expect(keys('Demo', 'Today')).toEqual(keys('DEMO!', 'today'));
    expect(keys('Demo', 'Today')).not.toEqual(keys('Demo', 'Today', at + 1));
    expect(kinds('', 'https://a.example/one/two/three/four/five/six')).toEqual(['said']);
  });

  test('answer each other in both directions but for titles', () => {
    const [text, title] = [keys('', 'They saw who struck first'), keys('They saw who struck first', '')];
    expect(saidAgain(text, title)).not.toEqual([]);
    expect(saidAgain(title, text)).not.toEqual([]);
    const heading = [...keys('They saw who struck first', 'And that is what they will tell'), ...title.slice(1)];
    const own = { kind: 'title', key: title.find(({ kind }) => kind === 'phrase')?.key ?? '' } as const;
    expect(saidAgain([own], [own, ...heading])).toEqual([]);
    expect(saidAgain([own], title)).not.toEqual([]);
  });
});
