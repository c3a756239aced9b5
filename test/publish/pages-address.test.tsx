import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contactLink, outsideLink, publishedAt, relativePath } from '../../src/publish/pages/address.ts';
import { siteView } from './pages-views.ts';

describe('from page to page', () => {
  test.each([
    ['', 'style.css', 'style.css'],
    ['', 'calais/', 'calais/index.html'],
    ['calais/', '', '../index.html'],
    ['calais/', 'calais/', 'index.html'],
    ['calais/', 'calais/feed.xml', 'feed.xml'],
    ['calais/2026-11/', 'calais/2026-10/', '../2026-10/index.html'],
    ['calais/digest/2026-w45/', 'story/abc/', '../../../story/abc/index.html'],
    ['story/abc/', 'story/abc/', 'index.html'],
    ['a/b/', 'a/', '../index.html'],
  ])('%j to %j is %j', (from, to, expected) => {
    expect(relativePath(from, to)).toBe(expected);
  });

  test('leads there from wherever the site lies', () => {
    const segments = fc.array(fc.constantFrom('calais', 'story', 'x', 'digest'), { maxLength: 4 });
    const folder = segments.map((some) => some.map((one) => `${one}/`).join(''));
    fc.assert(
      fc.property(folder, folder, fc.constantFrom('', 'feed.xml'), (from, to, file) => {
        const base = 'https://host.example/sub/folder/';
        const reached = new URL(relativePath(from, `${to}${file}`), base + from).href;
        expect(reached).toBe(`${base}${to}${file === '' ? 'index.html' : file}`);
      }),
    );
  });
});

describe('addresses from outside', () => {
  test.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//x',
    '',
    'nonsense',
    undefined,
  ])('%s is no link', (url) => {
    expect(outsideLink(url)).toBeUndefined();
    expect(contactLink(url)).toBeUndefined();
  });

  test('web pages are', () => {
    expect(outsideLink('https://quay.example/a?b=c#d')).toBe('https://quay.example/a?b=c#d');
  });

  test.each([
    ['desk@news.example', 'mailto:desk@news.example'],
    ['mailto:desk@news.example', 'mailto:desk@news.example'],
    ['https://news.example/contact', 'https://news.example/contact'],
    ['desk@news.example?bcc=all@evil.example', undefined],
  ])('the contact %s', (contact, expected) => {
    expect(contactLink(contact)).toBe(expected);
  });
});

test('a published address keeps the folder the site lies in', () => {
  expect(publishedAt(siteView({ url: 'https://host.example/news/' }).site, 'calais/')).toBe(
    'https://host.example/news/calais/',
  );
  expect(publishedAt(siteView({ url: undefined }).site, 'calais/')).toBeUndefined();
});
