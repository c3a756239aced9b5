/** What readers see of a source whose address is not for everybody. */
import { expect, test } from 'vitest';
import { groupView, publicFeedUrl } from '../../src/publish/source-view.ts';
import { source } from '../stories/builders.ts';

const keyInPath = source('https://quay.example/tr0mpette/feed', {
  key: 'quay.example/$%7BKEY%7D/feed',
  secrets: [{ name: 'KEY', value: 'tr0mpette' }],
});
const password = source('https://user:pa55word@quay.example/feed', { key: 'quay.example/feed' });

test.each([
  ['a key in its path', keyInPath],
  ['a password', password],
])('%s is in neither of its addresses', (_what, one) => {
  expect(publicFeedUrl(one, undefined)).toBeUndefined();
  expect(groupView(one, undefined).url).toBe('https://quay.example/');
});

test('an address for everybody is shown', () => {
  const open = source('https://quay.example/feed');
  expect(publicFeedUrl(open, undefined)).toBe('https://quay.example/feed');
  expect(groupView(open, undefined)).toEqual({ name: 'quay.example', url: 'https://quay.example/' });
});
