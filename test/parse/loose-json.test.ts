/** JSON as broken programs write it to the value that was meant. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLooseJson } from '../../src/parse/loose-json.ts';
import { parseDocument } from '../../src/parse/parse.ts';

/** Back to plain objects, so that values can be compared. */
function meantBy(text: string): unknown {
  const read = readLooseJson(text);
  return read === undefined ? undefined : JSON.parse(JSON.stringify(read.value));
}

describe('readLooseJson', () => {
  test.each([
    ['{"a": "x\ty\nz"}', { a: 'x\ty\nz' }],
    ['{"a": [1, 2,], }', { a: [1, 2] }],
    ['{"a": 1 "b": 2}', { a: 1, b: 2 }],
    ['[{"a": 1} {"a": 2}]', [{ a: 1 }, { a: 2 }]],
    ["{'a': 'it\\'s'}", { a: "it's" }],
    ['{a: true, b-c: null, d: NaN}', { a: true, 'b-c': null, d: null }],
    ['{ // the title\n "a": /* one */ 1 }', { a: 1 }],
    ['{"a": "\\u00e9\\x\\/"}', { a: 'éx/' }],
    ['{"a": -1.5e3}', { a: -1500 }],
  ])('%s', (text, value) => {
    expect(meantBy(text)).toEqual(value);
  });

  test.each(['{"a": }', '{"a": nonsense}', '{"a": <p>}', '[1, %]', '{{}}', '['.repeat(200)])('no value: %s', (text) => {
    expect(readLooseJson(text)).toBeUndefined();
  });

  test('what ends in the middle keeps what was whole', () => {
    expect(readLooseJson('{"a": 1, "list": [{"id": 1}, {"id": 2, "x')).toMatchObject({
      value: { a: 1, list: [{ id: 1 }] },
      isCut: true,
    });
    expect(readLooseJson('{"a": 1, "b": "half')).toMatchObject({ value: { a: 1 }, isCut: true });
  });

  test('reads whatever is JSON as JSON.parse does, cut anywhere it never throws', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(), (json, at) => {
        expect(meantBy(json)).toEqual(JSON.parse(JSON.stringify(JSON.parse(json))));
        readLooseJson(json.slice(0, at % (json.length + 1)));
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readLooseJson(`{${text}`)));
  });

  test('names of a prototype are names', () => {
    const read = readLooseJson('{"__proto__": {"x": 1}, "constructor": 2,}');
    expect(Object.keys(read?.value ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});

test('a JSON Feed cut anywhere keeps the items that are whole, and no half ones', async () => {
  const item = (at: number): string => `{"id":"${at}","title":"T${at}","content_text":"C"}`;
  const whole = `{"version":"https://jsonfeed.org/version/1.1","title":"Cut","items":[${[1, 2, 3].map(item).join(',')}]}`;
  const ends = [1, 2, 3].map((at) => whole.indexOf(item(at)) + item(at).length);
  for (let length = whole.indexOf('"items"') + 10; length < whole.length; length++) {
    const body = Buffer.from(whole.slice(0, length));
    const parsed = await parseDocument(
      { body, contentType: 'application/feed+json', url: 'https://c.example/' },
      undefined,
    );
    const guids = parsed.kind === 'feed' ? parsed.feed.entries.map(({ guid }) => guid) : parsed.kind;
    expect(guids, `cut at ${length}`).toEqual(['1', '2', '3'].slice(0, ends.filter((end) => end <= length).length));
    expect(parsed.kind === 'feed' && parsed.problems.map(({ code }) => code)).toEqual(['parse/repaired']);
    expect(parsed.kind === 'feed' && parsed.feed.isCut, 'what it does not list is not missing').toBe(true);
  }
  const broken = Buffer.from(whole.replace('{"id":"1"', '{id:"1"'));
  const mended = await parseDocument({ body: broken, contentType: undefined, url: 'https://c.example/' }, undefined);
  expect(mended.kind === 'feed' && mended.feed.isCut !== true && mended.feed.entries.length).toBe(3);
});
