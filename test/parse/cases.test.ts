/** Documents in test/cases/parse to what is expected of them: NAME.xml|html|jsonfeed beside NAME.expected.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PageSelectors, Parsed } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';

const folder = new URL('../cases/parse/', import.meta.url);
const ending = '.expected.json';
const names = readdirSync(folder);
const inputs = new Map(
  names.filter((name) => !name.endsWith(ending)).map((name) => [name.replace(/\.\w+$/, ''), name]),
);
const expected = new Set(names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)));

interface Expectation {
  readonly url?: string;
  readonly contentType?: string;
  readonly page?: PageSelectors;
  readonly parsed: unknown;
}

/** Problems as their codes; absent values as null, so that JSON can expect them. */
function comparable(parsed: Parsed): unknown {
  if (parsed.kind === 'feed') return plain({ ...parsed, problems: parsed.problems.map(({ code }) => code) });
  if (parsed.kind === 'failed')
    return { kind: 'failed', problem: parsed.problem.code, happened: parsed.problem.happened };
  return plain(parsed);
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, member: unknown) => (member === undefined ? null : member)));
}

/** The part of `actual` that `wanted` speaks of: members it names, arrays whole. */
function partOf(actual: unknown, wanted: unknown): unknown {
  if (Array.isArray(actual))
    return actual.map((one, at) => partOf(one, Array.isArray(wanted) ? wanted[at] : undefined));
  if (typeof actual !== 'object' || actual === null || typeof wanted !== 'object' || wanted === null) return actual;
  return Object.fromEntries(
    Object.keys(wanted).map((key) => [key, partOf(Reflect.get(actual, key) ?? null, Reflect.get(wanted, key))]),
  );
}

describe('cases', () => {
  test('there are some, and every document has its expectation', () => {
    expect(inputs.size).toBeGreaterThan(0);
    expect([...inputs.keys()].sort()).toEqual([...expected].sort());
  });

  test.each([...inputs])('%s', async (name, file) => {
    const wanted: Expectation = JSON.parse(readFileSync(new URL(`${name}${ending}`, folder), 'utf8'));
    const body = readFileSync(new URL(file, folder));
    const document = { body, contentType: wanted.contentType, url: wanted.url ?? 'https://document.example/feed' };
    const actual = comparable(await parseDocument(document, wanted.page));
    expect(partOf(actual, wanted.parsed)).toEqual(wanted.parsed);
  });
});
