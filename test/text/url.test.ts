import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainUrl, plainParts } from '../../src/text/plain-url.ts';
import { canonicalUrl, hostOf, isHomePage, linkUrl, politenessKey, resolveUrl, urlKey } from '../../src/text/url.ts';

describe('canonicalUrl', () => {
  test.each([
    ['HTTP://Example.ORG:80/A', 'http://example.org/A'],
    ['https://example.org:443', 'https://example.org/'],
    ['https://example.org:8443/', 'https://example.org:8443/'],
    ['https://anna:secret@example.org/x', 'https://example.org/x'],
    ['https://example.org/x#comments', 'https://example.org/x'],
    ['https://example.org/x?', 'https://example.org/x'],
    ['https://example.org/a/../b/./c', 'https://example.org/b/c'],
    ['https://example.org/?utm_source=feed&p=12&fbclid=abc', 'https://example.org/?p=12'],
    ['https://example.org/?UTM_Source=feed', 'https://example.org/'],
    ['https://example.org/?utm%5Fsource=feed', 'https://example.org/'],
    ['https://example.org/spip.php?article834', 'https://example.org/spip.php?article834'],
    ['https://example.org/?b=2&a=1', 'https://example.org/?b=2&a=1'],
    ['https://example.org/?x=%zz&y', 'https://example.org/?x=%zz&y'],
    ['https://müller.example/ü', 'https://xn--mller-kva.example/%C3%BC'],
    ['  https://example.org/a\n', 'https://example.org/a'],
    ['https://[2001:db8::1]/a', 'https://[2001:db8::1]/a'],
  ])('%s', (written, canonical) => {
    expect(canonicalUrl(written)).toBe(canonical);
  });

  test.each([
    '',
    '   ',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'ftp://example.org/',
    'mailto:a@b.example',
    'http://',
    'https://a"b/',
    'https://<b>/',
    '/only/a/path',
    `https://example.org/${'a'.repeat(2_000)}`,
  ])('no address: %j', (written) => {
    expect(canonicalUrl(written)).toBeUndefined();
  });

  test('reads an address with accents as well the ten-thousandth time as the first', () => {
    const read = Array.from({ length: 10_000 }, () => canonicalUrl('/é', 'https://müller.example/'));
    expect(new Set(read)).toEqual(new Set(['https://xn--mller-kva.example/%C3%A9']));
  });

  test('relative addresses need a base', () => {
    expect(canonicalUrl('../b?utm_medium=x', 'https://example.org/a/c')).toBe('https://example.org/b');
    expect(canonicalUrl('//other.example/x', 'http://example.org/')).toBe('http://other.example/x');
    expect(canonicalUrl('x', 'mailto:nobody')).toBeUndefined();
    expect(canonicalUrl('https://example.org/x', 'not a base')).toBe('https://example.org/x');
  });

  test('is idempotent, and so is linkUrl', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        'utm_source=a',
        '&',
        '?',
        '#',
        '%',
        '%41',
        '..',
        '//',
        '@',
        ':',
        '=',
        'é',
        '\u202e',
        '"',
        "'",
        '<',
        '\\',
      ),
    );
    const written = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.array(part, { maxLength: 8 }).map((parts) => `https://example.org/${parts.join('')}`),
      fc.array(part, { maxLength: 8 }).map((parts) => `http://${parts.join('')}`),
    );
    fc.assert(
      fc.property(written, (address) => {
        for (const canonicalise of [canonicalUrl, linkUrl]) {
          const once = canonicalise(address);
          if (once !== undefined) expect(canonicalise(once)).toBe(once);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('never ends inside an attribute: no quote, angle or space is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const url = linkUrl(`https://example.org/${text}`);
        if (url !== undefined) expect(url).not.toMatch(/["<>\s]/);
      }),
    );
  });
});

describe('linkUrl', () => {
  test('keeps the place in the page, loses who sent the reader', () => {
    expect(linkUrl('/a?utm_source=x&b=1#part-2', 'https://u:p@example.org/')).toBe('https://example.org/a?b=1#part-2');
    expect(linkUrl('javascript:alert(1)#x')).toBeUndefined();
  });
});

describe('comparing addresses', () => {
  test('urlKey: scheme, www. and trailing slash make no difference', () => {
    const same = [
      'https://www.example.org/a/',
      'http://example.org/a',
      'https://example.org/a',
      'HTTPS://WWW.example.org/a/',
    ];
    expect(new Set(same.map(urlKey)).size).toBe(1);
    expect(urlKey('https://example.org/a/?p=1')).toBe(urlKey('http://www.example.org/a?p=1'));
    expect(urlKey('https://example.org/spip.php?article1')).not.toBe(urlKey('https://example.org/spip.php?article2'));
  });

  test('hostOf keeps a port and drops www.', () => {
    expect(hostOf('https://www.Example.org/x')).toBe('example.org');
    expect(hostOf('http://localhost:8099/x')).toBe('localhost:8099');
    expect(hostOf('nonsense')).toBeUndefined();
    expect(hostOf('mailto:a@b.example')).toBeUndefined();
  });

  test.each([
    ['https://example.org', true],
    ['https://example.org/index.php', true],
    ['https://example.org/?p=4', false],
    ['https://example.org/2026/03/a', false],
  ])('isHomePage %s', (url, is) => {
    expect(isHomePage(url)).toBe(is);
  });

  test('politenessKey: the blogs of one platform share a limit, two groups do not', () => {
    expect(politenessKey('https://a.example.org/')).toBe(politenessKey('https://b.example.org/x'));
    expect(politenessKey('https://a.example.org/')).not.toBe(politenessKey('https://a.example.net/'));
    expect(politenessKey('http://127.0.0.1:8001/')).not.toBe(politenessKey('http://127.0.0.1:8002/'));
  });

  test('resolveUrl keeps any scheme and refuses what is no address', () => {
    expect(resolveUrl('mailto:a@b.example')).toBe('mailto:a@b.example');
    expect(resolveUrl('b', 'https://example.org/a/')).toBe('https://example.org/a/b');
    expect(resolveUrl('b')).toBeUndefined();
  });
});

describe('an address that needs no parser', () => {
  const piece = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'a',
        '7',
        'b-c',
        '.',
        '/',
        'example',
        'org',
        '~x',
        ':',
        '@',
        '?',
        '#',
        '=',
        '&',
        'utm_source=a',
        '%20',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'xn--a',
        '--',
        '..',
        '%2e',
        '%',
        '\\',
        '|',
        '^',
        '`',
        '?',
        '#',
        'é',
        ' ',
        'A',
        '0x1',
        '//',
      ),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 3 }) },
  );
  const address = fc
    .tuple(
      fc.constantFrom('https://', 'http://', 'https:/'),
      fc.array(piece, { maxLength: 8 }),
      fc.array(piece, { maxLength: 8 }),
    )
    .map(([scheme, host, path]) => `${scheme}${host.join('')}.org/${path.join('')}`);

  test('is what the parser makes of it', () => {
    let plain = 0;
    fc.assert(
      fc.property(address, (written) => {
        if (!isPlainUrl(written)) return;
        plain++;
        const { href, hostname, pathname, search, hash, port } = new URL(written, 'ftp://elsewhere.example/x');
        expect(href).toBe(written);
        expect(plainParts(written)).toEqual({ hostname, pathname, search, hash });
        expect(port).toBe('');
        // Behind its default port the same address is parsed.
        const end = written.indexOf('//') + 2 + hostname.length;
        const parsed = `${written.slice(0, end)}:${written.startsWith('https') ? 443 : 80}${written.slice(end)}`;
        expect(canonicalUrl(written)).toBe(canonicalUrl(parsed));
        expect(linkUrl(written)).toBe(linkUrl(parsed));
        expect(resolveUrl(written)).toBe(resolveUrl(parsed));
      }),
      { numRuns: 5_000 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  test.each([
    'https://example.org',
    'https://1.2.3.4/',
    'https://a.0x7/',
    'https://example.org/a/../b',
    'https://example.org/a/%2e%2e/b',
    'https://xn--a.org/',
    'https://example.org:80/',
    'https://anna@example.org/',
    'https://example.org/?',
    'https://example.org/#',
    'https://example.org/?%20 ',
    "https://example.org/?'",
    'https://EXAMPLE.org/',
    'https://example.org/a b',
  ])('not %s', (written) => {
    expect(isPlainUrl(written)).toBe(false);
  });
});
