/** Four feeds of three groups over days: what they list, what the site and the data folder hold of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config, Instant } from '../../src/model.ts';
import { type RunReport, runOnce } from '../../src/run.ts';
import { openCopies } from '../../src/storage.ts';
import { type House, openHouse } from '../../src/wire.ts';
import { startPartner } from '../partner/server.ts';
import { storageIn } from '../storage.ts';
import { storedIn } from '../told-database.ts';
import { settings } from './house.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
const start = Date.parse('2026-11-20T12:00Z');

const groups = ['harbour', 'mirror', 'copies', 'third'] as const;
type Name = (typeof groups)[number];

export interface Entry {
  /** In its address, and in its guid where that is not given. */
  readonly name: string;
  readonly guid?: string;
  readonly title?: string;
  /** Markup. */
  readonly html: string;
  readonly published?: string;
  readonly author?: string;
  /** Elements beside these, as they stand in the feed. */
  readonly extra?: string;
}

export interface World {
  readonly feeds: Record<Name, Entry[]>;
  /** Guids that a feed says are taken back. */
  readonly deleted: Record<Name, string[]>;
  /** Home pages as the feeds name them. */
  readonly homes: Record<Name, string>;
  /** What the feeds call themselves. */
  readonly titles: Record<Name, string>;
  /** Elements of the feeds themselves, beside these. */
  readonly extras: Record<Name, string>;
  /** What sources.yaml says of each beside its address. */
  readonly lines: Record<Name, string>;
  readonly folder: string;
  house(): House;
  config(): Config;
  now(): Instant;
  /** Lets time pass, asks everybody, publishes. */
  tick(ms?: number): Promise<RunReport>;
  /** Under other settings of the harbour group from now on. */
  set(more: string): void;
  /** The night's work, and the run that follows it. */
  night(): Promise<RunReport>;
  restart(): Promise<void>;
  /** Puts a copy in the place of the database file. */
  putBack(copy: string): Promise<void>;
  /** All that is published, in one string. */
  site(): string;
  /** What holds these words: paths of files in the data folder, as bytes, and tables of a database on a server. */
  holding(words: string): Promise<string[]>;
  close(): Promise<void>;
}

export const guidOf = (group: Name, name: string): string => `tag:${group}.example,2026:${name}`;
export const urlOf = (group: Name, name: string): string => `https://${group}.example/${name}`;

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-taken-back-'));
  const feeds: World['feeds'] = { harbour: [], mirror: [], copies: [], third: [] };
  const deleted: World['deleted'] = { harbour: [], mirror: [], copies: [], third: [] };
  const homes: World['homes'] = {
    harbour: 'https://harbour.example/',
    mirror: 'https://mirror.example/',
    copies: 'https://copies.example/',
    third: 'https://third.example/',
  };
  const titles: World['titles'] = { harbour: 'harbour', mirror: 'mirror', copies: 'copies', third: 'third' };
  const extras: World['extras'] = { harbour: '', mirror: '', copies: '', third: '' };
  const lines: World['lines'] = {
    harbour: 'name: Harbour Watch, partner: harbour',
    mirror: 'name: Harbour Watch on air, partner: harbour',
    copies: 'name: Copy House',
    third: 'name: Third Bell',
  };
  const partner = await startPartner((request, response) => {
    const name = request.url?.slice(1) as Name;
    response.end(
      groups.includes(name)
        ? atom(name, { title: titles[name], home: homes[name], extra: extras[name] }, feeds[name], deleted[name])
        : 'nothing',
    );
  });
  let more = '';
  let now = start;
  const clock = { now: () => now, wait: () => Promise.resolve() };
  const config = (): Config =>
    settings(`site: { url: "https://news.example/" }
network: { allow: [127.0.0.1], spacing: 0s }
sections:
  quay:
    - { url: "${partner.url}/harbour", ${lines.harbour}, show: full${more} }
    - { url: "${partner.url}/mirror", ${lines.mirror}, show: full }
    - { url: "${partner.url}/copies", ${lines.copies}, show: full }
    - { url: "${partner.url}/third", ${lines.third}, show: full }
`);
  let house = await openHouse(config(), storageIn(folder), clock);
  const tick = async (ms = hour): Promise<RunReport> => {
    now += ms;
    const report = await runOnce(config(), house, { now: 'all' });
    if (report.defects.length > 0) throw report.defects[0]?.error;
    return report;
  };
  return {
    feeds,
    deleted,
    homes,
    titles,
    extras,
    lines,
    folder,
    house: () => house,
    config,
    now: () => now,
    tick,
    set: (words) => {
      more = words;
    },
    async night() {
      now = Math.floor(now / day) * day + day + 5 * hour;
      return await tick(0);
    },
    async restart() {
      await house.close();
      house = await openHouse(config(), storageIn(folder), clock);
    },
    async putBack(copy) {
      await house.close();
      await (await openCopies(storageIn(folder), clock)).restore(copy);
      house = await openHouse(config(), storageIn(folder), clock);
    },
    site: () =>
      filesIn(join(folder, 'site'))
        .map((path) => readFileSync(path, 'utf8'))
        .join('\n'),
    async holding(words) {
      const files = filesIn(folder)
        .filter((path) => readFileSync(path).includes(words))
        .map((path) => path.slice(folder.length + 1));
      if (storageIn(folder).database === undefined) return files;
      const tables = [...(await storedIn(folder))].filter(([, rows]) => JSON.stringify(rows).includes(words));
      return [...files, ...tables.map(([name]) => name)];
    },
    async close() {
      await house.close();
      await partner.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}

interface Head {
  readonly title: string;
  readonly home: string;
  readonly extra: string;
}

function atom(
  group: Name,
  { title, home, extra }: Head,
  entries: readonly Entry[],
  deleted: readonly string[],
): string {
  const written = entries.map(
    ({
      name,
      guid = guidOf(group, name),
      title = name,
      html,
      published = '2026-11-20T09:00:00Z',
      author = '',
      extra: more = '',
    }) =>
      `<entry><id>${guid}</id><title>${title}</title><link href="${urlOf(group, name)}"/><published>${published}</published><updated>${published}</updated>${author === '' ? '' : `<author><name>${author}</name></author>`}${more}<content type="html">${html.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</content></entry>`,
  );
  const gone = deleted.map((ref) => `<at:deleted-entry ref="${ref}" when="2026-11-20T12:30:00Z"/>`);
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>${title}</title><id>urn:uuid:${group}</id><link href="${home}"/><updated>2026-11-20T09:00:00Z</updated>${extra}${written.join('')}${gone.join('')}</feed>`;
}
