/** A world of sources to measure on, and settings that name them: what the measurements of whole runs share. */
import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Sqlite } from '../src/store/database.ts';
import { addressOf } from './world.ts';

/** What a process cost from its beginning to its end. */
export interface Cost {
  readonly exitCode: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export interface World {
  readonly port: number;
  /** From now on a source has one item more. */
  readonly addItem: (source: number) => Promise<void>;
}

export function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** @throws Error when the child ends before it has said anything */
export function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T));
    child.once('exit', (code) => reject(new Error(`a child ended with ${code} before it had spoken`)));
  });
}

/** @param validators whether its servers know ETags */
export async function withWorld<T>(validators: 'yes' | 'no', work: (world: World) => Promise<T>): Promise<T> {
  const child = fork(here('world.ts'), [validators]);
  try {
    const { port } = await message<{ port: number }>(child);
    return await work({
      port,
      async addItem(source) {
        child.send({ add: source });
        await message(child);
      },
    });
  } finally {
    child.kill();
  }
}

interface SettingsOptions {
  readonly sources: number;
  readonly parallel: number;
  readonly sections?: number;
  /** Of the site: another one makes every page another one. */
  readonly title?: string;
}

/** Sources spread evenly over sections. @returns path of the file written */
export function writeSettings(
  folder: string,
  port: number,
  { sources, parallel, sections = 1, title = 'Bench' }: SettingsOptions,
): string {
  const sectionOf = (section: number): string => {
    const lines = Array.from({ length: sources }, (_, feed) => feed)
      .filter((feed) => feed % sections === section)
      .map((feed) => `    - url: ${addressOf(feed, port)}/feed\n      name: Group ${feed}`);
    return `  bench${section === 0 ? '' : section}:\n${lines.join('\n')}`;
  };
  const file = join(folder, 'sources.yaml');
  const head = `site: { title: ${title}, url: "https://bench.example/" }\nnetwork: { allow: [127.0.0.0/8], spacing: 0s, parallel: ${parallel} }\n`;
  const all = Array.from({ length: sections }, (_, section) => sectionOf(section));
  writeFileSync(file, `${head}defaults: { show: full }\nsections:\n${all.join('\n')}\n`);
  return file;
}

/** Plain JavaScript without the loader that runs these files: it would cost more than what is measured. */
export async function measure(script: string, args: readonly string[]): Promise<Cost> {
  const child = fork(here(script), args, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return await message<Cost>(child);
}

/** Rows of a table in a database file. */
export function countIn(file: string, table: string): number {
  const db = new Sqlite(file, { readonly: true });
  try {
    return Number(db.prepare(`select count(*) from ${table}`).pluck().get());
  } finally {
    db.close();
  }
}
