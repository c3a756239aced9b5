import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standingIn, standingKey, standingTail } from '../../src/text/standing.ts';

const account = 'Donate: Quayside Trust, account 12 34 56';
const heading = 'Reports of the week';
const text = (name: string): string =>
  `${heading}\nWhat happened at ${name}.\nAnd what came after ${name}.\n${account}`;
const keys = new Set(standingIn(['the pier', 'the mole', 'the yard'].map(text)));

describe('what a source repeats', () => {
  test('is a paragraph in three of its texts, however it is spelt', () => {
    expect([...keys].sort()).toEqual([standingKey(heading), standingKey(account.toUpperCase())].sort());
  });

  test('is nothing that two texts share, and no single word', () => {
    expect(standingIn([text('a'), text('b')])).toEqual([]);
    expect(standingIn(['One\nMore', 'Two\nMore', 'Three\nMore'])).toEqual([]);
  });

  test('is no appeal that was sent again word for word', () => {
    expect(
      standingIn([text('the pier'), text('the pier'), text('the pier'), 'Another text of two lines\nAnd its end']),
    ).toEqual([]);
  });

  test('does not depend on the order of the texts', () => {
    const line = fc.constantFrom('one two', 'three four', 'five six', 'seven eight');
    const texts = fc.array(
      fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n')),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(texts, (some) => {
        expect(standingIn([...some].reverse())).toEqual(standingIn(some));
      }),
    );
  });
});

describe('what stands at the end of a text', () => {
  test('goes; the heading in it stays', () => {
    expect(standingTail(text('the pier'), keys)).toEqual([account]);
    expect(standingTail(`${account}\nand more`, keys)).toEqual([]);
  });

  test('stays where it is all there is', () => {
    expect(standingTail(`${heading}\n${account}`, keys)).toEqual([]);
  });
});
