/** What a JSON Feed of another relay says was taken back, and what else may stand there. */
import { expect, test } from 'vitest';
import type { DeletedEntry } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';

async function deletedIn(relais: unknown): Promise<readonly DeletedEntry[]> {
  const body = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'T',
    items: [{ id: '1', content_text: 'Text' }],
    _relais: relais,
  });
  const parsed = await parseDocument(
    {
      body: new TextEncoder().encode(body),
      contentType: 'application/feed+json',
      url: 'https://relay.example/feed.json',
    },
    undefined,
  );
  if (parsed.kind !== 'feed') throw new Error(parsed.kind);
  expect(parsed.feed.entries).toHaveLength(1);
  return parsed.feed.deleted;
}

test('ids and when', async () => {
  const when = '2026-11-12T00:00:00Z';
  expect(await deletedIn({ deleted: [{ id: 'tag:relay.example,2026:story/1', when }, { id: '2' }] })).toEqual([
    { guid: 'tag:relay.example,2026:story/1', whenText: when, because: undefined },
    { guid: '2', whenText: undefined, because: undefined },
  ]);
});

test.each([
  undefined,
  null,
  1,
  'x',
  [],
  {},
  { deleted: 'x' },
  { deleted: {} },
  { deleted: [null, 1, [], {}, { id: '' }, { id: {} }] },
])('nothing in %j', async (relais) => {
  expect(await deletedIn(relais)).toEqual([]);
});

test('no more than a thousand', async () => {
  expect(await deletedIn({ deleted: Array.from({ length: 3_000 }, (_, at) => ({ id: `${at}` })) })).toHaveLength(1_000);
});
