/** Whom two statements mean when they name somebody. */
import { describe, expect, test } from 'vitest';
import type { CanonicalUrl } from '../../src/model.ts';
import { fuller, type Named, speller } from '../../src/stories/authors.ts';
import { expectLinear } from '../expect-linear.ts';

const partners = { areOnePartner: (a: string, b: string) => a[0] === b[0] };
const named = (name: string | undefined, url?: string, sourceKey?: string): Named => ({
  sourceKey,
  name,
  url: url as CanonicalUrl | undefined,
});

function areOne(a: Named, b: Named, ...others: readonly Named[]): boolean {
  const spell = speller([a, b, ...others], partners);
  const back = speller([...others, b, a], partners);
  expect([spell(a) === spell(b)]).toEqual([back(a) === back(b)]);
  return spell(a) === spell(b);
}

const watch = named('Corporate Watch');

describe('one group', () => {
  test.each([
    [watch, named('corporatewatch')],
    [watch, named('CORPORATE WATCH')],
    [watch, named('corporatewatch.org')],
    [watch, named('https://corporatewatch.org/port', 'https://corporatewatch.org/port')],
    [watch, named('this page', 'https://www.corporatewatch.org/')],
    [named('Solidarité Calais'), named('x', 'https://solidaritecalais.blogs.example/2')],
    [named('Quay'), named('x', 'https://facebook.com/Quay/posts/1')],
    [named('x', 'https://corporatewatch.org/1'), named('y', 'https://corporatewatch.org/2')],
    [named('A', undefined, 'a1'), named('Another name', undefined, 'a2')],
  ])('%#', (a, b) => {
    expect(areOne(a, b)).toBe(true);
  });
});

describe('two groups', () => {
  test.each([
    [watch, named('Corporate Watchers')],
    [watch, named('x', 'https://watch.example/')],
    [named('org'), named('x', 'https://corporatewatch.org/')],
    [named('www'), named('x', 'https://www.quay.example/')],
    [named('x', 'https://facebook.com/quay'), named('y', 'https://facebook.com/harbour')],
    [named('A', undefined, 'a1'), named('A', undefined, 'b1')],
  ])('%#', (a, b) => {
    expect(areOne(a, b)).toBe(false);
  });

  test('where a name fits the hosts of two', () => {
    const [org, net] = ['https://corporatewatch.org/1', 'https://corporatewatch.net/1'].map((url) => named('x', url));
    if (org === undefined || net === undefined) throw new Error('both are there');
    expect(areOne(watch, org, net)).toBe(false);
  });
});

test('together they are called by the name that is one, and lead to the page that one of them knows', () => {
  const page = named('here', 'https://corporatewatch.org/port');
  expect(fuller(page, watch)).toEqual({ ...watch, url: page.url });
  expect(fuller(named('corporatewatch'), watch).name).toBe('Corporate Watch');
  expect(fuller(named('corporatewatch.org'), named('CW')).name).toBe('CW');
});

test('as many as anybody can name cost no more than their number', async () => {
  await expectLinear((count) => {
    const all = Array.from({ length: count }, (_, at) =>
      named(`Group ${at}`, at % 2 === 0 ? `https://g${at}.example/` : undefined),
    );
    const spell = speller(all, partners);
    for (const one of all) spell(one);
  }, 2_000);
});
