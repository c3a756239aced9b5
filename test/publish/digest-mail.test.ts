import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDigestMail, type DigestMail } from '../../src/publish/digest-mail.ts';

const digest: DigestMail = {
  subject: 'Calais: die Woche 2026-W47 – résumé',
  from: '"No Borders News" <relais@news.example>',
  to: ['calais@lists.example'],
  text: 'Räumung am Hafen\r\nhttps://harbour.example/?a=1&b=2\r\n.\r\nFrom the beginning',
  html: '<p>Räumung am Hafen – <a href="https://harbour.example/?a=1&amp;b=2">lesen</a></p>',
  messageId: '<calais.2026-w47@news.example>',
  date: Date.parse('2026-11-22T18:00:00Z'),
  listId: 'calais.news.example',
  archivedAt: 'https://news.example/calais/digest/2026-w47/',
};

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Header lines unfolded (RFC 5322 §2.2.3), names in lower case; a name that comes twice is joined, so that a test sees it. */
function split(message: string): Part {
  const end = message.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of message
    .slice(0, end)
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')) {
    const [, name = '', value = ''] = /^([\x21-\x39\x3b-\x7e]+): ?(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    headers.set(key, headers.has(key) ? `${headers.get(key)} AND ${value}` : value);
  }
  return { headers, body: message.slice(end + 4) };
}

function partsOf({ headers, body }: Part): Part[] {
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '').replace(/\r\n$/, '')));
}

/** RFC 2045 §6.7 */
function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** RFC 2047, Q and B; white space between two encoded words is none. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuotedPrintable(word.replaceAll('_', ' ')),
    );
}

describe('a digest as mail', () => {
  test('has the text first, then the HTML, and both come back whole', async () => {
    const message = split(await buildDigestMail(digest));
    expect(message.headers.get('content-type')).toMatch(/^multipart\/alternative;/);
    const parts = partsOf(message);
    expect(parts.map((part) => part.headers.get('content-type'))).toEqual([
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
    ]);
    expect(parts.map((part) => part.headers.get('content-transfer-encoding'))).toEqual([
      'quoted-printable',
      'quoted-printable',
    ]);
    expect(parts.map((part) => decodeQuotedPrintable(part.body))).toEqual([digest.text, digest.html]);
  });

  test('has the headers that mail programs and lists look for', async () => {
    const { headers } = split(await buildDigestMail(digest));
    expect(decodeWords(headers.get('subject') ?? '')).toBe(digest.subject);
    expect(headers.get('from')).toBe('No Borders News <relais@news.example>');
    expect(headers.get('to')).toBe('calais@lists.example');
    expect(headers.get('message-id')).toBe('<calais.2026-w47@news.example>');
    expect(headers.get('date')).toBe('Sun, 22 Nov 2026 18:00:00 +0000');
    expect(headers.get('mime-version')).toBe('1.0');
    expect(headers.get('list-id')).toBe('<calais.news.example>');
    expect(headers.get('archived-at')).toBe('<https://news.example/calais/digest/2026-w47/>');
    expect([...headers.keys()].sort()).toEqual([
      'archived-at',
      'content-type',
      'date',
      'from',
      'list-id',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
  });

  test('needs neither a receiver nor a list nor a page', async () => {
    const { headers } = split(await buildDigestMail({ ...digest, to: [], listId: undefined, archivedAt: undefined }));
    expect(['to', 'list-id', 'archived-at'].filter((name) => headers.has(name))).toEqual([]);
  });

  test('is the same, byte for byte, every time; another digest has another boundary', async () => {
    const first = await buildDigestMail(digest);
    expect(await buildDigestMail(digest)).toBe(first);
    const boundary = (message: string): string | undefined => /boundary="([^"]+)"/.exec(message)?.[1];
    expect(boundary(await buildDigestMail({ ...digest, messageId: '<other@news.example>' }))).not.toBe(boundary(first));
  });

  test('takes away control characters, and ends every line alike', async () => {
    const message = split(
      await buildDigestMail({
        ...digest,
        text: 'a\u0000\u0007b\rc\nd\r\neleven letters\ud800',
        html: '<p>\u001b[2J</p>',
      }),
    );
    expect(partsOf(message).map((part) => decodeQuotedPrintable(part.body))).toEqual([
      'ab\r\nc\r\nd\r\neleven letters\ufffd',
      '<p>[2J</p>',
    ]);
  });

  test('lets no text add a header, whatever stands in it', async () => {
    const known = [...split(await buildDigestMail(digest)).headers.keys()].sort();
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\r\nBcc: all@lists.example',
        '\n\n<script>',
        '\rX: y',
        '\u0000',
        '\u2028Bcc: x',
        'ä'.repeat(600),
        'a'.repeat(3000),
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (subject, name, tail) => {
        const message = await buildDigestMail({
          ...digest,
          subject: `s${subject}${tail}`,
          from: `"${name.replace(/["\\]/g, '').slice(0, 300)}" <relais@news.example>`,
          messageId: `<a${tail}@news.example>`.slice(0, 400),
          listId: `calais.news.example${tail}`.slice(0, 400),
          archivedAt: `https://news.example/${tail}`.slice(0, 400),
          text: `.\n${subject}\n${tail}`,
          html: `<p>${name}${tail}</p>`,
        });
        const { headers } = split(message);
        expect(known).toEqual(expect.arrayContaining([...headers.keys()])); // an address too long for a line is left out
        expect(message).not.toMatch(/[^\x09\x0a\x0d\x20-\x7e]/);
        expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(Math.max(...message.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      }),
      { numRuns: 60 },
    );
  });
});
