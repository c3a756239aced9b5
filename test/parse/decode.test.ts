/** Bytes under true, false and missing labels to text. */
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/parse/decode.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { cpuMs } from '../expect-linear.ts';

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

describe('bytes that are no characters', () => {
  /** `¿` stands for a byte that is no UTF-8. */
  const broken = (text: string, byte = 0x93): Buffer =>
    Buffer.concat(text.split('¿').flatMap((part, at) => [Buffer.from(at === 0 ? [] : [byte]), Buffer.from(part)]));
  const xml = '<?xml version="1.0" encoding="utf-8"?>';

  test.each([
    ['declared by the header', 'text/xml; charset=utf-8', ''],
    ['declared by the document', undefined, 'declared'],
    ['declared by nobody, and mostly UTF-8', undefined, ''],
    ['with a byte order mark', undefined, 'mark'],
  ])('in UTF-8 %s, they spoil themselves only', async (_what, contentType, how) => {
    const front = how === 'mark' ? '\ufeff' : how === 'declared' ? xml : '';
    const decoded = await decode(broken(`${front}<a>déjà été — ¿vu¿</a>`), contentType);
    expect(decoded.text).toBe(`${how === 'declared' ? xml : ''}<a>déjà été — \ufffdvu\ufffd</a>`);
    expect(decoded.invalid).toBe('2 bytes in it are no utf-8');
    expect(decoded.mismatch).toBeUndefined();
  });

  test.each([
    ['more of them than of anything else', '<a>é ¿ ¿ ¿ ¿ ¿</a>', '<a>é \ufffd \ufffd \ufffd \ufffd \ufffd</a>', 5],
    ['a document cut inside a letter', '<a>é¿', '<a>é\ufffd', 1],
  ])('%s, under the label of UTF-8', async (_what, written, text, count) => {
    const bytes = broken(written, 0xc3);
    expect(await decode(bytes, 'text/xml; charset=utf-8')).toMatchObject({
      text,
      invalid: `${count} ${count === 1 ? 'byte in it is' : 'bytes in it are'} no utf-8`,
    });
  });

  test.each([
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ['a letter that is not finished', [0xe2, 0x82]],
  ])('%s', async (_what, wrong) => {
    const bytes = Buffer.concat([Buffer.from('<a>— '), Buffer.from(wrong), Buffer.from(' é</a>')]);
    const { text, invalid } = await decode(bytes, 'text/xml; charset=utf-8');
    expect(text).toMatch(/^<a>— \ufffd+ é<\/a>$/);
    expect(invalid).toMatch(/no utf-8$/);
  });

  test('in other encodings too', async () => {
    const bytes = Buffer.concat([iconv.encode('<a>日本', 'shift_jis'), Buffer.from([0x82, 0x20]), Buffer.from('</a>')]);
    const { text, invalid } = await decode(bytes, 'text/xml; charset=shift_jis');
    expect(text).toMatch(/^<a>日本\ufffd ?<\/a>$/);
    expect(invalid).toBe('1 byte in it is no shift_jis');
  });

  test('are told of beside a feed that is whole', async () => {
    const body = broken(`<rss version="2.0"><channel><title>déjà ¿</title></channel></rss>`);
    const parsed = await parseDocument({ body, contentType: undefined, url: 'https://a.example/' }, undefined);
    expect(parsed).toMatchObject({
      kind: 'feed',
      feed: { title: 'déjà \ufffd' },
      problems: [{ code: 'parse/invalid-bytes', severity: 'warning' }],
    });
  });

  test.each(['utf-8', 'shift_jis', 'iso-2022-jp'])('a hundred megabits of them cost little, in %s', async (label) => {
    await decode(Buffer.from([0xff]), `text/xml; charset=${label}`); // libraries load on first use
    const start = cpuMs();
    await decode(Buffer.alloc(12_000_000, Buffer.from([0xc3, 0xa9, 0xff])), `text/xml; charset=${label}`);
    expect(cpuMs() - start).toBeLessThan(4_000);
  });
});

describe('ISO-2022-JP, which is ASCII with escape sequences', () => {
  const title = Buffer.from([0x1b, 0x24, 0x42, 0x25, 0x46, 0x25, 0x39, 0x25, 0x48, 0x1b, 0x28, 0x42]);
  const document = (label: string): Buffer => {
    const [before = '', after = ''] = feed(label, '|').split('|');
    return Buffer.concat([Buffer.from(before), title, Buffer.from(after)]);
  };

  test.each([
    ['the header', 'text/xml; charset=ISO-2022-JP', '', undefined],
    ['the declaration', 'text/xml', 'iso-2022-jp', undefined],
    [
      'the declaration, where the header lies',
      'text/xml; charset=utf-8',
      'iso-2022-jp',
      'it says utf-8 and is iso-2022-jp',
    ],
  ])('named by %s', async (_what, contentType, label, mismatch) => {
    expect(await decode(document(label), contentType)).toEqual({ text: feed(label, 'テスト'), mismatch });
  });

  test('reaches the reader of feeds whole', async () => {
    const parsed = await parseDocument(
      { body: document('iso-2022-jp'), contentType: undefined, url: 'https://a.example/' },
      undefined,
    );
    expect(parsed).toMatchObject({ kind: 'feed', feed: { title: 'テスト' }, problems: [] });
  });

  test('escape sequences alone select nothing, nor does the label alone', async () => {
    expect((await decode(document('utf-8'), undefined)).text).toContain('%F%9%H');
    const utf8 = feed('iso-2022-jp', 'déjà');
    expect(await decode(Buffer.from(utf8), undefined)).toEqual({
      text: utf8,
      mismatch: 'it says iso-2022-jp and is utf-8',
    });
  });
});

describe('labels that lie', () => {
  test('a meta element in a text of a feed is no label of the feed', async () => {
    const bytes = iconv.encode(
      feed('utf-8', 'déjà').replace(
        '<channel>',
        '<channel><description><![CDATA[<meta charset="koi8-r">]]></description>',
      ),
      'windows-1252',
    );
    expect((await decode(bytes, undefined)).text).toContain('déjà');
  });

  test('a few pairs of bytes that happen to be UTF-8 make no UTF-8 of windows-1252', async () => {
    const words = '«\u00a0LIBERTÉ», été déjà là où élève préféré très fatigué fêté où ça né à côté né été';
    expect(Buffer.from(iconv.encode('É»', 'windows-1252')).toString('utf8')).not.toContain('\ufffd');
    const { text, mismatch } = await decode(iconv.encode(feed('utf-8', words), 'windows-1252'), undefined);
    expect(text).toContain(words);
    expect(mismatch).toBe('it says utf-8 and is windows-1252');
  });

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
