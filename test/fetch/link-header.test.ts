/** `Link` headers as servers write them. */
import { expect, test } from 'vitest';
import { hubLinksIn } from '../../src/fetch/link-header.ts';

const from = new URL('https://harbour.example/feed/');
const self = 'https://harbour.example/feed/';

test.each([
  ['<https://hub.example/>; rel="hub"', ['https://hub.example/'], undefined],
  ['<https://hub.example/>; rel="hub", <https://harbour.example/feed/>; rel="self"', ['https://hub.example/'], self],
  ['<https://hub.example/>;rel=hub,</feed/>;rel=self', ['https://hub.example/'], self],
  ['<https://hub.example/> ; title="a, b; c" ; REL="HUB"', ['https://hub.example/'], undefined],
  [
    '<https://a.example/>; rel="hub", <https://b.example/>; rel=hub',
    ['https://a.example/', 'https://b.example/'],
    undefined,
  ],
  ['<https://a.example/>; rel=hub, <https://a.example/>; rel=hub', ['https://a.example/'], undefined],
  ['<https://hub.example/>; rel="hub self"', ['https://hub.example/'], 'https://hub.example/'],
  [
    '<https://api.example/>; rel="https://api.w.org/", <https://hub.example/>; rel=hub',
    ['https://hub.example/'],
    undefined,
  ],
  ['<https://hub.example/>; rel=hub; rel=next', ['https://hub.example/'], undefined],
])('%s', (header, hubs, own) => {
  expect(hubLinksIn(header, from)).toEqual({ hubs, self: own });
});

test.each([
  undefined,
  '',
  '</feed/>; rel=self',
  '<javascript:alert(1)>; rel=hub',
  '<ftp://hub.example/>; rel=hub',
  '<https://hub.example/>; title="rel=hub"',
  '<https://hub.example/',
  'https://hub.example/; rel=hub',
  '<https://hub.example/>; rel=next; rel=hub',
])('%s names no hub', (header) => {
  expect(hubLinksIn(header, from)).toBeUndefined();
});
