/** Bytes under true, false and missing labels to text. */
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/parse/decode.ts';
import { parseDocument } from '../../src/parse/parse.ts';

const feed = (encoding: string, title: string): string =>
  `<?xml version="1.0"${encoding === '' ? '' : ` encoding="${encoding}"`}?><rss version="2.0"><channel><title>${title}</title></channel></rss>`;

describe('labels that tell the truth', () => {
  test.each([
    ['windows-1256', 'سلام'],
    ['iso-8859-7', 'ψάρι'],
    ['koi8-r', 'привет'],
    ['windows-1254', 'şık'],
    ['shift_jis', '日本'],
    ['gb2312', '汉字'],
    ['x-mac-cyrillic', 'Да'],
    ['cp437', 'é'],
    ['IBM850', 'é'],
    ['cp866', 'привет'],
  ])('%s in the declaration', async (encoding, title) => {
    const bytes = iconv.encode(feed(encoding, title), encoding === 'x-mac-cyrillic' ? 'maccyrillic' : encoding);
    expect(await decode(bytes, 'text/xml')).toEqual({ text: feed(encoding, title), mismatch: undefined });
  });

  test('the header speaks before the declaration', async () => {
    const bytes = iconv.encode(feed('koi8-r', 'سلام'), 'windows-1256');
    expect((await decode(bytes, 'text/xml; charset="Windows-1256"')).text).toContain('سلام');
  });

  test.each(['latin1', 'ISO-8859-1', 'us-ascii', 'cp1252'])('%s means windows-1252', async (label) => {
    const bytes = iconv.encode(feed(label, '“10 €” cœur’s'), 'windows-1252');
    expect(await decode(bytes, undefined)).toEqual({ text: feed(label, '“10 €” cœur’s'), mismatch: undefined });
  });

  test('a meta element of HTML', async () => {
    const html =
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><title>Łódź</title>';
    expect((await decode(iconv.encode(html, 'iso-8859-2'), 'text/html')).text).toBe(html);
  });
});

describe('byte order marks and UTF-16', () => {
  test.each([
    ['utf-16le', true],
    ['utf-16le', false],
    ['utf-16be', true],
    ['utf-16be', false],
  ] as const)('%s, mark: %s', async (encoding, addBOM) => {
    const bytes = iconv.encode(feed('utf-16', 'Ünïcødé'), encoding, { addBOM });
    expect(await decode(bytes, 'text/xml; charset=iso-8859-1')).toEqual({
      text: feed('utf-16', 'Ünïcødé'),
      mismatch: undefined,
    });
  });

  test.each([
    ['utf-32le', true],
    ['utf-32le', false],
    ['utf-32be', true],
    ['utf-32be', false],
  ] as const)('%s, mark: %s', async (encoding, addBOM) => {
    const text = feed('', 'Ünïcødé 日本 🚢');
    expect((await decode(iconv.encode(text, encoding, { addBOM }), 'text/xml')).text).toBe(text);
  });

  test('ISO-2022-JP, which no library of ours writes', async () => {
    const bytes = Buffer.from(feed('iso-2022-jp', '\x1b$BF|K\\\x1b(B'), 'latin1');
    expect((await decode(bytes, undefined)).text).toBe(feed('iso-2022-jp', '日本'));
  });

  test('a UTF-8 mark, even twice, goes', async () => {
    expect((await decode(Buffer.from(`\ufeff\ufeff${feed('', 'é')}`), undefined)).text).toBe(feed('', 'é'));
  });
});

describe('labels that lie', () => {
  test('latin1 that is UTF-8 is read as UTF-8, with a note', async () => {
    const { text, mismatch } = await decode(Buffer.from(feed('iso-8859-1', 'déjà')), undefined);
    expect(text).toContain('déjà');
    expect(mismatch).toBe('it says windows-1252 and is utf-8');
  });

  test('a wrong label on plain ASCII does no harm and is no problem', async () => {
    expect(
      (await decode(Buffer.from(feed('iso-8859-1', 'plain')), 'text/xml; charset=koi8-r')).mismatch,
    ).toBeUndefined();
  });

  test('UTF-8 that is windows-1252', async () => {
    const { text, mismatch } = await decode(
      iconv.encode(feed('utf-8', 'déjà “vu”'), 'windows-1252'),
      'text/xml; charset=utf-8',
    );
    expect(text).toContain('déjà “vu”');
    expect(mismatch).toBe('it says utf-8 and is windows-1252');
  });

  test('a header of UTF-8 gives way to a declaration when the bytes refute it', async () => {
    const { text } = await decode(
      iconv.encode(feed('windows-1251', 'привет'), 'windows-1251'),
      'text/xml; charset=utf-8',
    );
    expect(text).toContain('привет');
  });

  test('a few stray bytes in UTF-8 spoil themselves only', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<a>déjà été — '),
      Buffer.from([0x93]),
      Buffer.from('vu'),
      Buffer.from([0x94]),
      Buffer.from('</a>'),
    ]);
    const { text, mismatch } = await decode(bytes, undefined);
    expect(text).toBe('<a>déjà été — “vu”</a>');
    expect(mismatch).toContain('2 bytes');
  });

  test.each(['hex', 'base64', 'ucs2', 'utf-7', 'klingon', ''])('the label "%s" says nothing', async (label) => {
    expect((await decode(iconv.encode('<a>é</a>', 'windows-1252'), `text/xml; charset=${label}`)).text).toBe(
      '<a>é</a>',
    );
    expect((await decode(Buffer.from('<a>é</a>'), `text/xml; charset=${label}`)).text).toBe('<a>é</a>');
  });

  test('is reported once, beside a feed that is whole', async () => {
    const parsed = await parseDocument(
      { body: Buffer.from(feed('iso-8859-1', 'déjà')), contentType: undefined, url: 'https://a.example/' },
      undefined,
    );
    expect(parsed).toMatchObject({ kind: 'feed', feed: { title: 'déjà' }, problems: [{ code: 'parse/bad-encoding' }] });
  });
});
