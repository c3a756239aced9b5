/** The small languages that other programs' files are written in. */
import { expect, test } from 'vitest';
import { readAddress } from '../../src/exchange/addresses.ts';
import { interpolated, readPythonIni } from '../../src/exchange/python-ini.ts';
import { readRubyIni } from '../../src/exchange/ruby-ini.ts';
import { selectorOf } from '../../src/exchange/xpath.ts';

test.each([
  ['//article', 'article'],
  ["//div[@class='news item']", 'div[class="news item"]'],
  ["//div[@class='news']/ul/li", 'div.news > ul > li'],
  ["//*[@id='list']//a", '#list a'],
  ["//li[contains(concat(' ', normalize-space(@class), ' '), ' post ')]", 'li.post'],
  ['descendant::h2', 'h2'],
  ['.//a[string-length(@href)>0]/@href', 'a[href]:not([href=""])'],
  ["./div[contains(@class, 'x')]/time/@datetime", 'div[class*="x"] > time'],
  ['h2/text()', 'h2'],
  ['//tr[2]/td', 'tr:nth-of-type(2) > td'],
  ['//h2 | //h3', 'h2, h3'],
  ["//a[starts-with(@href, '/n/') and @rel]", 'a[href^="/n/"][rel]'],
  ['//a/ancestor::article', undefined],
  ['//a[text()="x"]', undefined],
  ['//a[not(@x)]', undefined],
  ['.', undefined],
  ['./@href', undefined],
  ['"Anonymous"', undefined],
  ['', undefined],
])('the XPath %s is the selector %s', (xpath, selector) => {
  expect(selectorOf(xpath)?.selector).toBe(selector);
});

test.each([
  ['https://a.example/feed', 'https://a.example/feed'],
  ['  HTTPS://a.example/feed\n', 'https://a.example/feed'],
  ['feed://a.example/rss', 'http://a.example/rss'],
  ['feed:https://a.example/rss', 'https://a.example/rss'],
  ['a.example/rss', 'https://a.example/rss'],
  ['https://a.example/a b', 'https://a.example/a%20b'],
  ['javascript:alert(1)', undefined],
  ['http://', undefined],
  ['/feed', undefined],
])('the address %j is %s', (written, url) => {
  const read = readAddress(written);
  expect('url' in read ? read.url : undefined).toBe(url);
});

test('an ini file of Python is read by the rules of ConfigParser', () => {
  const { sections, odd } = readPythonIni(
    '[DEFAULT]\ntown = Havre\n# no\n; no\nREM no\n[A]\nName : one = two ; said aside\n long\n  tail\nempty = ""\n[B]\nx=1\n[A]\nurl=http://a.example/;b\nwhat\n',
  );
  const values = sections.map(({ name, values: said }) => [
    name,
    Object.fromEntries([...said].map(([key, { value }]) => [key, value])),
  ]);
  expect(values).toEqual([
    ['DEFAULT', { town: 'Havre' }],
    ['A', { name: 'one = two\nlong\ntail', empty: '', url: 'http://a.example/;b' }],
    ['B', { x: '1' }],
  ]);
  expect(odd).toEqual([{ line: 15, text: 'what' }]);
});

test('a value that names itself ends', () => {
  const known = new Map([['a', { value: '%(a)s%(a)s', line: 1 }]]);
  expect(interpolated('%(A)s and %(b)s', known).length).toBeLessThanOrEqual(10_000);
  expect(interpolated('100% of %(b)s', known)).toBe('100% of %(b)s');
});

test('an ini file of Ruby takes blanks in front, and settings before the first section', () => {
  const { sections } = readRubyIni('title = P\n  [ a b ]\n   feed : http://a.example/#x   # aside\n');
  expect(sections.map(({ name, values }) => [name, [...values].map(([key, { value }]) => `${key}=${value}`)])).toEqual([
    ['', ['title=P']],
    ['a b', ['feed=http://a.example/#x']],
  ]);
});
