/** Lists of other programs, in the forms in which these write them: NAME.ext, and beside it what an import says and writes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { caseFolder, imported } from './imported.ts';

const names = readdirSync(caseFolder).filter((name) => !name.endsWith('.expected.txt'));

test('every case has what is expected of it, and there are many', () => {
  const expected = readdirSync(caseFolder).filter((name) => name.endsWith('.expected.txt'));
  expect(expected.sort()).toEqual(names.map((name) => `${name}.expected.txt`).sort());
  expect(names.length).toBeGreaterThanOrEqual(10);
});

describe('a list of another program', () => {
  test.each(names)('%s', async (name) => {
    const { said, after } = await imported(name);
    expect(`${said}\n\n${after}`).toBe(readFileSync(join(caseFolder, `${name}.expected.txt`), 'utf8'));
    if (after !== '') {
      const read = readConfig(after, 'sources.yaml', () => undefined);
      expect(read.kind === 'problems' ? read.problems.map(({ happened }) => happened) : []).toEqual([]);
    }
  });
});
