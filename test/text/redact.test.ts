import { expect, test } from 'vitest';
import { redactor } from '../../src/text/redact.ts';

const redact = redactor([
  { name: 'FEED_KEY', value: 'tr0mp&tte $& é' },
  { name: 'PIN', value: '123' },
]);

test('a secret is shown by its name, however it is written', () => {
  const key = 'tr0mp&tte $& é';
  expect(redact(`from https://a.example/?key=${key} to b`)).toBe(`from https://a.example/?key=\${FEED_KEY} to b`);
  expect(redact(`https://a.example/?key=${encodeURIComponent(key)}`)).toBe(`https://a.example/?key=\${FEED_KEY}`);
  expect(redact(new URL(`https://a.example/${key}`).href)).not.toContain('tr0mp');
});

test('a value too short to be a secret leaves ordinary text alone', () => {
  expect(redact('item 1234')).toBe('item 1234');
});
