import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchema } from '../../src/config/schema.ts';

const written = readFileSync(join(import.meta.dirname, '../../sources.schema.json'), 'utf8');

test('sources.schema.json is what the schema in the code gives', () => {
  const current = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
  expect(
    written === current,
    'sources.schema.json is out of date. Make it anew:  npx relais schema > sources.schema.json',
  ).toBe(true);
});

/** Every object inside the schema. */
function partsOf(value: unknown): readonly Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(partsOf)];
}

test('editors can use every part of it: patterns compile, references lead somewhere, nothing unknown is let in', () => {
  const schema = jsonSchema() as { definitions?: Record<string, unknown> };
  const parts = partsOf(schema);
  for (const { pattern } of parts) {
    if (typeof pattern === 'string') expect(() => new RegExp(pattern, 'u')).not.toThrow();
  }
  const references = parts.flatMap(({ $ref }) =>
    typeof $ref === 'string' ? [$ref.replace('#/definitions/', '')] : [],
  );
  expect(references.length).toBeGreaterThan(0);
  expect(references.filter((name) => !(name in (schema.definitions ?? {})))).toEqual([]);
  const groups = parts.filter(({ type, properties }) => type === 'object' && properties !== undefined);
  expect(groups.length).toBeGreaterThan(5);
  expect(groups.filter(({ additionalProperties }) => additionalProperties !== false)).toEqual([]);
});

test('every example in it is one that its own pattern accepts', () => {
  const exemplary = partsOf(jsonSchema()).filter(
    ({ pattern, examples }) => pattern !== undefined && examples !== undefined,
  );
  expect(exemplary.length).toBeGreaterThan(10);
  for (const { pattern, examples } of exemplary) {
    for (const example of examples as string[]) expect(example).toMatch(new RegExp(String(pattern), 'u'));
  }
});
