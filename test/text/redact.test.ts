/** Secrets as servers send them back: in every usual spelling, in part, and beside words that only look like them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactor } from '../../src/text/redact.ts';
import { expectLinear } from '../expect-linear.ts';

const key = 'tr0mp&tte "$& é';
const redact = redactor([
  { name: 'FEED_KEY', value: key },
  { name: 'TOKEN', value: 'S3cretTokenValue' },
  { name: 'CODE', value: 'q7x2' },
  { name: 'PIN', value: '123' },
]);

const percent = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

describe('a secret is shown by its name, however it is written', () => {
  test.each([
    ['as it is', key],
    ['as a browser writes it in a path', new URL(`https://a.example/${key}`).pathname.slice(1)],
    ['as a browser writes it in a query', new URL(`https://a.example/?${key.replaceAll('&', '%26')}`).search.slice(1)],
    ['as encodeURIComponent does', encodeURIComponent(key)],
    ['escapes in lower case', encodeURIComponent(key).toLowerCase()],
    ['every character escaped', percent(key)],
    ['with + for spaces', encodeURIComponent(key).replaceAll('%20', '+')],
    ['escaped twice', encodeURIComponent(encodeURIComponent(key))],
    ['in HTML', key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['in HTML by number', [...key].map((one) => `&#${one.codePointAt(0)};`).join('')],
    ['in HTML by number, in sixteens', [...key].map((one) => `&#x${one.codePointAt(0)?.toString(16)};`).join('')],
    ['in HTML that is escaped once more', key.replaceAll('&', '&amp;amp;').replaceAll('"', '&amp;quot;')],
    ['in JSON', JSON.stringify(key).slice(1, -1)],
    [
      'in JSON, all of it escaped',
      [...key].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    ],
    ['in capitals', key.toUpperCase().replace('É', 'é')],
  ])('%s', (_how, written) => {
    expect(redact(`from (${written}) to b`)).toBe(`from (\${FEED_KEY}) to b`);
  });
  test('or anything of that in turn', () => {
    const spell = fc.constantFrom<(one: string) => string>(
      (one) => one,
      percent,
      (one) => percent(one).toUpperCase(),
      (one) => `&#${one.codePointAt(0)};`,
      (one) => `&#x${one.codePointAt(0)?.toString(16)};`,
    );
    fc.assert(
      fc.property(fc.array(spell, { minLength: key.length, maxLength: key.length }), (spells) => {
        const written = [...key].map((one, at) => spells[at]?.(one) ?? one).join('');
        expect(redact(`<${written}>`)).toBe(`<\${FEED_KEY}>`);
      }),
    );
  });
});

describe('in base64, as HTTP Basic credentials are', () => {
  test.each(['', 'u:', 'us:', 'user:', 'user:x', 'somebody:'])('behind “%s”', (before) => {
    for (const after of ['', '!', '!!', '@host']) {
      const basic = Buffer.from(`${before}S3cretTokenValue${after}`).toString('base64');
      expect(redact(`Basic ${basic} was refused`)).toBe(`Basic \${TOKEN} was refused`);
      expect(redact(Buffer.from(`${before}S3cretTokenValue${after}`).toString('base64url'))).toBe(`\${TOKEN}`);
    }
  });
});

describe('a secret that was cut', () => {
  test.each([
    ['at the end', 'https://a.example/?key=S3cretTok'],
    ['before an ellipsis', 'a page titled S3cretTokenVal…'],
    ['before an ellipsis in a sentence', 'a page titled “S3cretTokenVal…” (a.example)'],
    ['before three dots', 'S3cretTokenVal...'],
    ['in the middle of an escape', 'https://a.example/?key=S3cretTokenV%6'],
  ])('%s is none any more', (_where, text) => {
    expect(redact(text)).not.toContain('S3cret');
    expect(redact(text)).toContain(`\${TOKEN}`);
  });
  test('but the beginning of another word is', () => {
    expect(redact('S3cretTokens for all')).toBe('S3cretTokens for all');
    expect(redact('the S3cret…')).toBe('the S3cret…');
  });
});

describe('what is no secret stays', () => {
  test.each([
    'item 1234', // too short
    'q7x2b and aq7x2', // a short one inside a word
    'tr0mpette',
    'S3cret Token Value',
    'a %2 b & c &amp; d + e \\ f',
    '',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
  test('any text at all, where there are no secrets', () => {
    expect(redactor([])('anything')).toBe('anything');
  });
});

test('a short one stands between words, also in an address that is escaped', () => {
  expect(redact('?k=q7x2&n=1 q7x2.')).toBe(`?k=\${CODE}&n=1 \${CODE}.`);
  expect(redact('%3Fk%3Dq7x2%26n')).toBe(`%3Fk%3D\${CODE}%26n`);
});

test('the longest comes first', () => {
  const both = redactor([
    { name: 'LONG', value: 'harbour-key-2026' },
    { name: 'SHORT', value: 'harbour-key' },
  ]);
  expect(both('harbour-key-2026 harbour-key.')).toBe(`\${LONG} \${SHORT}.`);
});

describe('a secret that is a whole address', () => {
  const hide = redactor([
    { name: 'FEED', value: 'https://quay.example/members/feed?key=tr0mpette' },
    { name: 'SMTP', value: 'smtps://relay:pa55%20word@mail.example:465' },
  ]);
  test('is what stands behind the host, and the password', () => {
    expect(hide('https://quay.example/members/feed?key=tr0mpette is down')).toBe(
      `https://quay.example\${FEED} is down`,
    );
    expect(hide('535 relay:pa55 word')).toBe(`535 relay:\${SMTP}`);
  });
  test.each(['https://…', 'https://quay.example/', 'https://quay.example/1', 'smtps://relay…'])(
    'and not %s',
    (text) => {
      expect(hide(text)).toBe(text);
    },
  );
});

test('what stands in its place may be said', () => {
  expect(redactor([{ name: 'TOKEN', value: 'S3cretTokenValue' }], () => '[…]')('a S3cretTokenValue b')).toBe('a […] b');
});

test.each<[string, (size: number) => string]>([
  ['of almost secrets', (size) => 'S3cretTokenValu'.repeat(size / 14)],
  ['of one letter', (size) => 's'.repeat(size)],
  ['of escapes', (size) => '%25'.repeat(size / 3)],
  ['of ampersands', (size) => '&amp;'.repeat(size / 5)],
  ['of backslashes', (size) => '\\'.repeat(size)],
  ['of base64', (size) => Buffer.alloc(0.7 * size, 'S3cretTokenValu').toString('base64')],
])('a megabyte %s is read at a cost in proportion', async (_what, make) => {
  await expectLinear(redact, 250_000, make);
});
