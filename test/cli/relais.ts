/** The built program, started as a person or cron starts it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));
const dieAtChange = new URL('../crash/die-at-change.mjs', import.meta.url).href;

export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  /** What it has printed so far, on both streams. */
  readonly said: () => string;
  /** Resolves once it has printed this. */
  readonly until: (words: string | RegExp) => Promise<string>;
  readonly stop: (signal?: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
}

export function start(folder: string, ...argv: readonly string[]): Started {
  return startAs(process.execPath, [program, ...argv], folder);
}

function startAs(command: string, argv: readonly string[], folder: string, more: NodeJS.ProcessEnv = {}): Started {
  const env = { ...process.env, ...more };
  const child = spawn(command, argv, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    for (const tell of listeners) tell();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    for (const tell of listeners) tell();
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (exitCode) => resolve({ exitCode, out, err })));
  return {
    said: () => out + err,
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const said = out + err;
          if (typeof words === 'string' ? !said.includes(words) : !words.test(said)) return;
          listeners.delete(look);
          resolve(said);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without saying ${String(words)}:\n${out}${err}`)));
      }),
    stop: (signal = 'SIGTERM') => child.kill(signal),
    ended,
  };
}

/** Runs it to its end. */
export async function relais(folder: string, ...argv: readonly string[]): Promise<Ended> {
  return await start(folder, ...argv).ended;
}

/** The same, killed just before its n-th change to the disk of one kind, such as `rename 5`: its exit code is null. */
export async function relaisDyingAt(folder: string, change: string, ...argv: readonly string[]): Promise<Ended> {
  const command = ['--import', dieAtChange, program, ...argv];
  return await startAs(process.execPath, command, folder, { RELAIS_DIE_AT: change }).ended;
}

/** The same where no file can grow beyond so many blocks of 512 bytes: it breaks off in the middle, as on a full disk. */
export async function relaisOnLittleRoom(folder: string, blocks: number, ...argv: readonly string[]): Promise<Ended> {
  const words = `ulimit -f ${blocks}; exec "$@"`;
  return await startAs('/bin/sh', ['-c', words, 'sh', process.execPath, program, ...argv], folder).ended;
}
