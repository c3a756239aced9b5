/** A data folder and the built program on it: started, killed at a moment that was aimed at, and looked into afterwards. */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connection, Sqlite } from '../../src/store/database.ts';

const program = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));
const dieAtChange = new URL('./die-at-change.mjs', import.meta.url).href;

/** When to kill: after so many ms; so many ms after the partners' n-th request; or at the n-th change of a kind to the disk. */
export type Aim =
  | { readonly kind: 'moment'; readonly ms: number }
  | { readonly kind: 'request'; readonly count: number; readonly ms: number }
  | { readonly kind: 'open' | 'rename' | 'rm'; readonly count: number };

export interface Ended {
  /** False when it was done before it could be killed. */
  readonly isKilled: boolean;
  readonly exitCode: number | null;
  readonly said: string;
}

/** What is in the database. */
export interface Stored {
  /** SQLite's own word on the file: `ok`. */
  readonly integrity: string;
  /** By path of the feed, `guid title` of every item, sorted; a withdrawn item has no title. */
  readonly items: ReadonlyMap<string, readonly string[]>;
  /** By path of the feed, the ETag that will be sent. */
  readonly validators: ReadonlyMap<string, string>;
}

export interface CrashHouse {
  readonly site: string;
  settings(sourcesYaml: string): void;
  /** Runs a command to its end. */
  run(...argv: readonly string[]): Promise<Ended>;
  /** Runs a command and kills it as aimed; a command that never ends by itself is killed after three seconds at the latest. */
  kill(aim: Aim, atRequest: (count: number) => Promise<void>, ...argv: readonly string[]): Promise<Ended>;
  /** Reads a copy, so that looking mends nothing. */
  stored(): Stored;
  /** Lets the time come at which every source is to be asked again. */
  letAllBeDue(): void;
  /** Path, inode, size and time of change of every published file. */
  marks(): string[];
  /** Ids of processes that run in the folder; none where the system does not tell (all but Linux). */
  processes(): readonly string[];
  remove(): void;
}

const longestLifeMs = 3_000;

export function openCrashHouse(): CrashHouse {
  const folder = mkdtempSync(join(tmpdir(), 'relais-crash-'));
  const database = join(folder, 'data', 'relais.db');
  const site = join(folder, 'data', 'site');
  return {
    site,
    settings: (sourcesYaml) => writeFileSync(join(folder, 'sources.yaml'), sourcesYaml),
    run: (...argv) => start(folder, argv).ended,
    kill: (aim, atRequest, ...argv) => killedRun(folder, aim, atRequest, argv),
    stored: () => readStored(database),
    letAllBeDue() {
      if (!existsSync(database)) return;
      const sqlite = new Sqlite(database);
      if (isBegun(sqlite)) sqlite.prepare('update sources set next_due = ?').run(Date.now());
      sqlite.close();
    },
    marks: () => marksOf(site),
    processes: () => processesIn(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Life {
  readonly ended: Promise<Ended>;
  readonly kill: () => void;
}

function start(folder: string, argv: readonly string[], more: Readonly<Record<string, string>> = {}): Life {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: folder,
    env: { ...process.env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return {
    kill: () => void child.kill('SIGKILL'),
    ended: new Promise((resolve) =>
      child.on('close', (exitCode, signal) => resolve({ isKilled: signal === 'SIGKILL', exitCode, said })),
    ),
  };
}

async function killedRun(
  folder: string,
  aim: Aim,
  atRequest: (count: number) => Promise<void>,
  argv: readonly string[],
): Promise<Ended> {
  const isTimed = aim.kind === 'moment' || aim.kind === 'request';
  const more = isTimed ? {} : { NODE_OPTIONS: `--import ${dieAtChange}`, RELAIS_DIE_AT: `${aim.kind} ${aim.count}` };
  const life = start(folder, argv, more);
  const timers = [setTimeout(life.kill, aim.kind === 'moment' ? aim.ms : longestLifeMs)];
  if (aim.kind === 'request') void atRequest(aim.count).then(() => timers.push(setTimeout(life.kill, aim.ms)));
  const ended = await life.ended;
  for (const timer of timers) clearTimeout(timer);
  return ended;
}

function readStored(database: string): Stored {
  if (!existsSync(database)) return { integrity: 'ok', items: new Map(), validators: new Map() };
  const copy = mkdtempSync(join(tmpdir(), 'relais-crash-look-'));
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(database + end)) cpSync(database + end, join(copy, `relais.db${end}`));
  const sqlite = new Sqlite(join(copy, 'relais.db'));
  try {
    const faults = [
      sqlite.pragma('integrity_check', { simple: true }),
      ...(sqlite.pragma('foreign_key_check') as unknown[]),
    ];
    const integrity = faults.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('; ');
    if (!isBegun(sqlite)) return { integrity, items: new Map(), validators: new Map() };
    const items = new Map<string, string[]>();
    const rows = sqlite.prepare('select source, guid, title from items order by id').all() as Record<
      'source' | 'guid' | 'title',
      string
    >[];
    for (const { source, guid, title } of rows) {
      const path = source.slice(source.indexOf('/'));
      items.set(path, [...(items.get(path) ?? []), `${guid} ${title}`].sort());
    }
    const sources = sqlite.prepare('select key, etag from sources where etag is not null').all() as Record<
      'key' | 'etag',
      string
    >[];
    const validators = new Map(sources.map(({ key, etag }) => [key.slice(key.indexOf('/')), etag]));
    return { integrity, items, validators };
  } finally {
    sqlite.close();
    rmSync(copy, { recursive: true });
  }
}

/** False for a database whose first process was killed before it had made the tables. */
function isBegun(sqlite: Connection): boolean {
  return sqlite.prepare(`select 1 from sqlite_master where name = 'items'`).get() !== undefined;
}

function marksOf(site: string): string[] {
  if (!existsSync(site)) return [];
  return readdirSync(site, { recursive: true, encoding: 'utf8' })
    .map((path) => ({ path, stat: statSync(join(site, path)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ path, stat }) => `${path} ${stat.ino} ${stat.size} ${stat.mtimeMs}`)
    .sort();
}

function processesIn(folder: string): string[] {
  if (!existsSync('/proc/self/cwd')) return [];
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readlinkSync(`/proc/${id}/cwd`) === realpathSync(folder);
    } catch {
      return false; // it has ended meanwhile, or is another user's
    }
  });
}
