/** `relais desk password` at a real terminal: what is typed is shown by nothing, and can be mended, broken off and mistyped. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isPassword } from '../../src/desk/password.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;
const program = join(import.meta.dirname, '../../bin/relais.js');
const soup = 'soup at the harbour gate';
const [enter, back, clear, interrupt, end, arrowUp] = ['\r', '\u007f', '\u0015', '\u0003', '\u0004', '\u001b[A'];

describe.runIf(hasScript)('at a terminal', () => {
  let folder: string;
  let child: ChildProcessWithoutNullStreams | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relais-typed-'));
  });
  afterEach(() => {
    child?.kill();
    rmSync(folder, { recursive: true });
  });

  /** Types each line once it is asked for. @returns all that the terminal has shown */
  async function type(lines: readonly string[]): Promise<{ readonly shown: string; readonly exitCode: number | null }> {
    // stty says at the end whether the terminal shows again what is typed.
    const command = `'${process.execPath}' '${program}' desk password; code=$?; stty -a | tr -d '\\r'; exit $code`;
    const terminal = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: folder,
      env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
    });
    child = terminal;
    const questions = [/nothing is shown while you type\):\s*$/, /The same once more:\s*$/];
    let shown = '';
    let asked = 0;
    terminal.stdout.on('data', (text) => {
      shown += String(text);
      if (questions[asked]?.test(shown) !== true) return;
      terminal.stdin.write(lines[asked] ?? '');
      asked++;
    });
    return await new Promise((resolve, reject) => {
      terminal.on('error', reject).on('close', (exitCode) => resolve({ shown, exitCode }));
    });
  }

  const echoes = (shown: string): boolean => /[^-]\becho\b/.test(shown) && /[^-]\bicanon\b/.test(shown);

  test('a password typed twice becomes the line to paste, and no letter of it is shown', async () => {
    const { shown, exitCode } = await type([soup + enter, soup + enter]);
    expect(exitCode).toBe(0);
    const hash = /scrypt\S+/.exec(shown)?.[0] ?? '';
    expect(await isPassword(soup, hash)).toBe(true);
    expect(shown).toContain('Paste this line into');
    expect(shown).not.toContain('soup');
    expect(shown).not.toContain('*');
    expect(echoes(shown)).toBe(true);
  });

  test('backspace takes a letter, also one of two signs; Ctrl-U all of the line; keys that are no letters are none', async () => {
    const mended = [
      `soup 🚪x${back}${back}at the harbour gate${enter}`,
      `wrong all of it${clear}soup at the harbour gate${enter}`,
    ];
    const { shown, exitCode } = await type(mended);
    expect([exitCode, shown.includes('scrypt.')]).toEqual([0, true]);
    expect(await isPassword(soup, /scrypt\S+/.exec(shown)?.[0] ?? '')).toBe(true);
    const arrows = await type([`soup at${arrowUp} the harbour gate${enter}`, soup + enter]);
    expect(await isPassword(soup, /scrypt\S+/.exec(arrows.shown)?.[0] ?? '')).toBe(true);
  });

  test.each([
    ['Ctrl-C at the first', [`soup${interrupt}`]],
    ['Ctrl-D at the second', [soup + enter, `soup${end}`]],
  ])('%s makes nothing, and leaves the terminal as it was', async (_, lines) => {
    const { shown, exitCode } = await type(lines);
    expect(exitCode).toBe(2);
    expect(shown).toContain('Nothing was made.');
    expect(shown).not.toMatch(/scrypt|soup/);
    expect(echoes(shown)).toBe(true);
  });

  test('two that differ, and one that is short, make nothing', async () => {
    const differing = await type([soup + enter, `${soup}s${enter}`]);
    expect([differing.exitCode, /scrypt|soup/.test(differing.shown)]).toEqual([2, false]);
    expect(differing.shown).toContain('The two are not the same. Nothing was made; run it once more.');
    const short = await type([`soup${enter}`, `soup${enter}`]);
    expect([short.exitCode, /scrypt|soup/.test(short.shown)]).toEqual([2, false]);
    expect(short.shown).toContain('That has 4 characters; take 12 or more.');
  });

  test('two lines pasted at once are both heard', async () => {
    const { shown, exitCode } = await type([`${soup}${enter}${soup}${enter}`]);
    expect([exitCode, await isPassword(soup, /scrypt\S+/.exec(shown)?.[0] ?? '')]).toEqual([0, true]);
  }, 15_000);
});
