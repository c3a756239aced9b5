/** What a person at a terminal sees while a run is under way, in a real terminal; and that nobody else sees it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProgress } from '../../src/cli/progress.ts';
import { relais } from './relais.ts';

const ok = (newItems = 0) => ({ kind: 'fresh', newItems }) as const;

test('sources done, failing, items new, and the time that is left once it can be told', () => {
  const progress = openProgress(1_000);
  expect(progress.due(100)).toBe('0 of 100 sources, 0 new items');
  expect(progress.outcome(ok(1), 1_500)).toBe('1 of 100 sources, 1 new item');
  expect(progress.outcome({ kind: 'failed', newItems: 0 }, 2_000)).toBe('2 of 100 sources, 1 failing, 1 new item');
  for (const now of [2_500, 3_000]) progress.outcome(ok(), now);
  expect(progress.outcome(ok(), 11_000)).toBe('5 of 100 sources, 1 failing, 1 new item, about 3 minutes left');
  for (let count = 6; count < 99; count++) progress.outcome(ok(), 11_000 + count);
  expect(progress.outcome(ok(), 60_000)).toContain('99 of 100 sources, 1 failing, 1 new item, a few seconds left');
  expect(progress.outcome(ok(), 61_000)).toBe('100 of 100 sources, 1 failing, 1 new item');
  expect(progress.drawn(1)).toBe('drawing up the site: 1 file');
});

const hasScript = spawnSync('script', ['--version']).status === 0;

describe.runIf(hasScript)('in a terminal', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'relais-progress-'));
    // A port on which nobody listens: refused at once.
    writeFileSync(
      join(folder, 'sources.yaml'),
      'network: { allow: "127.0.0.1" , ports: [ 1024 ] }\nsections:\n  calais:\n    - http://127.0.0.1:1024/feed\n',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const program = join(import.meta.dirname, '../../bin/relais.js');
  // What Node asks about colours besides the terminal is as it is for a person at home, wherever this test runs.
  const { CI, NO_COLOR, FORCE_COLOR, NODE_DISABLE_COLORS, ...home } = process.env;
  const typed = (words: string, env: NodeJS.ProcessEnv = {}): string =>
    spawnSync('script', ['-qec', `'${process.execPath}' '${program}' ${words}`, '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...home, TERM: 'xterm', ...env },
    }).stdout;

  test.each(['run --dry-run --now', 'run --now'])('of %s one line is overwritten, and gone at the end', (words) => {
    const seen = typed(words);
    expect(seen).toContain('0 of 1 source');
    expect(seen).toContain('1 failing');
    expect(seen).toContain('drawing up the site');
    const last = seen.slice(seen.lastIndexOf('\r\u001b[K'));
    expect(last).not.toMatch(/of 1 source|drawing up/);
  });

  test('of check --online too', () => {
    const seen = typed('check --online');
    expect(seen).toContain('0 of 1 source asked');
    expect(seen.slice(seen.lastIndexOf('\r\u001b[K'))).not.toContain('of 1 source');
  });

  test('with --quiet, on a terminal that cannot move, and without one there is none', async () => {
    expect(typed('run --now --quiet')).not.toContain('of 1 source');
    expect(typed('run --now', { TERM: 'dumb' })).not.toContain('of 1 source, ');
    const { out, err } = await relais(folder, 'run', '--now', '--verbose');
    expect(out + err).not.toContain('\u001b[K');
  });

  test('colours are left out with NO_COLOR', () => {
    expect(typed('status')).toContain('\u001b[3');
    expect(typed('status', { NO_COLOR: '1' })).not.toContain('\u001b[3');
  });
});
