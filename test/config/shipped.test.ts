/** The sources.yaml that ships: it must read, and keep the promises that its comments make to partners. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';

const text = readFileSync(join(import.meta.dirname, '../../sources.yaml'), 'utf8');
const read = readConfig(text, 'sources.yaml', () => undefined);
const config = read.kind === 'config' ? read.config : undefined;

test('it reads without a mistake', () => {
  expect(read.kind === 'problems' ? read.problems : []).toEqual([]);
});

test('it names its schema for editors', () => {
  expect(text.split('\n', 1)[0]).toBe('# yaml-language-server: $schema=./sources.schema.json');
});

test('it has the five sections, each fed by somebody', () => {
  const fed = config?.sections.map(({ id }) => [id, config.sources.some((source) => source.sections.includes(id))]);
  expect(fed).toEqual(['calais', 'channel', 'mediterranean', 'balkans', 'reports'].map((id) => [id, true]));
});

test('every group has a name, a language and a credit, and is shown in full only under a licence', () => {
  expect(config?.sources.length).toBeGreaterThanOrEqual(15);
  for (const source of config?.sources ?? []) {
    expect(source, source.key).toMatchObject({
      name: expect.any(String),
      lang: expect.any(String),
      credit: expect.any(String),
    });
    expect(source.show !== 'full' || source.licence !== undefined, source.key).toBe(true);
    expect(source.url, source.key).toMatch(/^https:/);
  }
});

test('the settings in its comments read too, for whoever takes the # away', () => {
  const uncommented = text
    .replace('# url: https://news.example.org/', 'url: https://news.example.org/')
    .replace('# contact:', 'contact:')
    .replace('# - url: https://oldsite', '- url: https://oldsite')
    .replace('#   paused:', '  paused:')
    .replace(
      /( +)title: Calais\n/,
      '$&$1digest: { when: weekly, at: "Fri 18:00", send: [ { email: calais-news@lists.example.org } ] }\n',
    );
  const again = readConfig(uncommented, 'sources.yaml', () => undefined);
  expect(again.kind === 'problems' ? again.problems : []).toEqual([]);
  if (again.kind !== 'config') return;
  expect(again.config.site).toMatchObject({ url: 'https://news.example.org/', contact: 'tech@example.org' });
  expect(again.config.sections[0]?.digest?.weekday).toBe(5);
  expect(again.config.sources.at(-1)?.paused).toContain('site is down');
});
