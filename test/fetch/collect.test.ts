/** Memory that one body lets go of and the next takes. */
import { expect, test } from 'vitest';
import { type Collector, openCollector } from '../../src/fetch/collect.ts';

const collector = (room: (bytes: number) => Promise<void> | undefined = () => undefined): Collector =>
  openCollector({ limit: 1_048_576, excess: (came) => new Error(`${came}`), room });

async function fill(one: Collector, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    one.sink.on('error', reject);
    one.sink.end(text, resolve);
  });
}

test('what was taken stays as it is while the next body comes, and is empty once it is let go', async () => {
  const first = collector();
  await fill(first, 'the first');
  const taken = first.take();
  const next = collector();
  await fill(next, 'another');
  expect(Buffer.from(taken).toString()).toBe('the first');
  first.letGo();
  first.letGo();
  expect(taken).toHaveLength(0);
  expect(Buffer.from(next.look()).toString()).toBe('another');
  next.letGo();
  expect(next.look()).toHaveLength(0);
});

test('room is asked for also where the memory is there', async () => {
  for (const time of [1, 2, 3]) {
    const asked: number[] = [];
    const one = collector((bytes) => {
      asked.push(bytes);
      return undefined;
    });
    await fill(one, 'x'.repeat(100_000));
    expect(Math.max(...asked), `${time}`).toBeGreaterThanOrEqual(100_000);
    one.letGo();
  }
});

test('a large body is in no memory twice, and leaves none', async () => {
  const one = collector();
  await fill(one, 'x'.repeat(500_000));
  const taken = one.take();
  expect(taken.buffer).toBe(one.look().buffer);
  expect(taken).toHaveLength(500_000);
  one.letGo();
  expect(taken).toHaveLength(0);
});
