/** The built program at work several times over on one database, and what that database says of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession, placeOf } from '../../src/store/postgres-session.ts';

const program = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

export interface FleetSettings {
  readonly port: number;
  readonly addresses: readonly string[];
  /** When workers look for what is due, as cron says it. */
  readonly refresh: string;
}

/** One folder of settings and data that all workers share, as on a shared disk. */
export interface Workers {
  readonly folder: string;
  /** Starts one more. */
  start(): ChildProcess;
  readonly running: ReadonlySet<ChildProcess>;
  /** As `kill -9` does it. */
  kill(worker: ChildProcess): Promise<void>;
  /** Asks all to stop, and waits for them. */
  stop(): Promise<void>;
  /** What they have said of our own bugs, a line each. */
  readonly defects: readonly string[];
  remove(): void;
}

export function openWorkers(address: string, { port, addresses, refresh }: FleetSettings): Workers {
  const folder = mkdtempSync(join(tmpdir(), 'relais-fleet-'));
  const list = addresses.map((one) => `      - ${one}\n`).join('');
  writeFileSync(
    join(folder, 'sources.yaml'),
    `network: { allow: [127.0.0.0/8], ports: [${port}], spacing: 0s }\nschedule: { refresh: "${refresh}" }\nsections:\n  all:\n    every: 15m\n    sources:\n${list}`,
  );
  const running = new Set<ChildProcess>();
  const defects: string[] = [];
  const kill = async (worker: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (!running.delete(worker)) return;
    const ended = once(worker, 'exit');
    worker.kill(signal);
    await ended;
  };
  return {
    folder,
    running,
    defects,
    start() {
      const worker = spawn(process.execPath, [program, 'work'], {
        cwd: folder,
        env: { ...process.env, RELAIS_DATABASE_URL: address },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [worker.stdout, worker.stderr])
        stream.setEncoding('utf8').on('data', (said: string) => {
          for (const line of said.split('\n')) if (/"defect"|^\s+at .*:\d+:\d+/.test(line)) defects.push(line);
        });
      worker.on('exit', (code, signal) => {
        if (running.delete(worker)) defects.push(`a worker ended by itself: ${code ?? signal}`);
      });
      running.add(worker);
      return worker;
    },
    kill: (worker) => kill(worker, 'SIGKILL'),
    async stop() {
      await Promise.all([...running].map((worker) => kill(worker, 'SIGTERM')));
    },
    remove: () => rmSync(folder, { recursive: true, maxRetries: 5 }),
  };
}

export interface Stored {
  /** `source guid` of every item, doubled ones twice. */
  readonly items: readonly string[];
  readonly withdrawn: number;
  /** The story of each. */
  readonly stories: ReadonlyMap<string, number>;
  /** Stories without an item, and items without a story. */
  readonly torn: number;
}

/** What the database says; each question waits for a server that does not answer. */
export interface Book {
  /** Has sources come due, whatever their schedule says. @param keys undefined for all. @returns how many were not due before */
  makeDue(keys?: readonly string[]): Promise<number>;
  /** Sources that are due. */
  due(): Promise<number>;
  /** Due sources that a worker has in hand. @param pid undefined for any */
  inHand(pid?: number): Promise<readonly string[]>;
  /** The tables are there. */
  isMade(): Promise<boolean>;
  stored(): Promise<Stored>;
  close(): Promise<void>;
}

export function openBook(address: string): Book {
  const session = openSession(placeOf(address), 'fleet trial');
  const ask = async (words: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> => {
    for (const until = Date.now() + 60_000; ; ) {
      try {
        return (await session.say(words, values)).rows;
      } catch (error) {
        if (Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };
  const count = async (words: string): Promise<number> =>
    Number((await ask(`select count(*) as n from ${words}`))[0]?.n);
  return {
    async makeDue(keys) {
      const rows = await ask(
        `update sources set next_due = 0, wait_until = null
           where ($1::text[] is null or key = any($1)) and next_due > now_ms() returning key`,
        [keys ?? null],
      );
      return rows.length;
    },
    due: () => count('sources where next_due <= now_ms()'),
    async inHand(pid) {
      const rows = await ask(
        `select c.source from source_claims c join workers w on w.id = c.worker left join sources s on s.key = c.source
           where c.until > now_ms() and coalesce(s.next_due, 0) <= now_ms() and ($1::int is null or w.pid = $1)`,
        [pid ?? null],
      );
      return rows.map(({ source }) => String(source));
    },
    isMade: async () => (await ask(`select to_regclass('items') is not null as made`))[0]?.made === 1,
    async stored() {
      const rows = await ask(`select source || ' ' || guid as name, story from items`);
      return {
        items: rows.map(({ name }) => String(name)),
        withdrawn: await count('items where withdrawn_at is not null'),
        stories: new Map(rows.map(({ name, story }) => [String(name), Number(story)])),
        torn:
          (await count('stories t where not exists (select from items i where i.story = t.id)')) +
          (await count('items i where not exists (select from stories t where t.id = i.story)')),
      };
    },
    close: () => session.close(),
  };
}
