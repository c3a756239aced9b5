import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { Config } from '../../src/model.ts';
import { agesOf } from '../../src/serve/rhythm.ts';
import { memoryOf } from '../source-memory.ts';

const hour = 3_600_000;

function settings(yaml: string): Config {
  const read = readConfig(yaml, 'sources.yaml', () => undefined);
  if (read.kind === 'problems') throw new Error(read.problems.map(({ happened }) => happened).join());
  return read.config;
}

const config = settings(
  'sections: { calais: [https://one.example/feed, https://two.example/feed], sea: [https://three.example/feed] }',
);

test('what comes often is asked for often, all sources of a section together', () => {
  const rhythms: Record<string, number> = { one: 10 * hour, two: 10 * hour, three: hour };
  const memories = new Map(
    config.sources.map(({ key }) => [key, memoryOf(key, { rhythmMs: rhythms[key.split('.', 1)[0] ?? ''] })]),
  );
  const ageOf = agesOf(config, memories);
  expect(ageOf('/calais/')).toBe(1_800);
  expect(ageOf('/calais/fr/atom.xml')).toBe(1_800);
  expect(ageOf('/sea/feed.json')).toBe(360);
  expect(ageOf('/')).toBe(360);
  expect(ageOf('/feed.xml')).toBe(360);
});

test('nobody waits long, and nobody asks each second', () => {
  const memories = new Map(
    config.sources.map(({ key }, at) => [key, memoryOf(key, { rhythmMs: at === 2 ? 1 : 10_000 * hour })]),
  );
  const ageOf = agesOf(config, memories);
  expect(ageOf('/calais/')).toBe(3_600);
  expect(ageOf('/sea/')).toBe(60);
});

test('where no rhythm is known, and what is of no section', () => {
  const ageOf = agesOf(config, new Map());
  for (const path of ['/', '/calais/', '/story/abc/', '/sources/one.example/', '/feed.xml'])
    expect(ageOf(path)).toBe(300);
  expect(ageOf('/images/ab/cd.jpg')).toBe(86_400);
});
