/** Several Relais and the groups that they read, each on a host of its own: a real server each, found through a proxy on loopback. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/model.ts';
import { runOnce } from '../../src/run.ts';
import { openServer } from '../../src/serve/server.ts';
import { type House, openHouse } from '../../src/wire.ts';
import { filesIn } from '../crash/site.ts';
import { startHttpProxy } from '../partner/proxy.ts';
import { startPartner } from '../partner/server.ts';
import { settings } from '../pipeline/house.ts';
import { storageIn } from '../storage.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
export const start = Date.UTC(2026, 10, 20, 3);

export interface Entry {
  /** In its address and its guid. */
  readonly name: string;
  readonly guid?: string;
  readonly title: string;
  /** Markup. */
  readonly html: string;
  /** Hours before the start. */
  readonly age: number;
  readonly rights?: string;
  /** When and where what it calls to takes place, as elements. */
  readonly call?: string;
  /** What it asks to be republished of it. */
  readonly wish?: string;
}

export interface Group {
  title: string;
  entries: Entry[];
  /** Names of entries that the feed says are taken back. */
  deleted: string[];
  /** What the feed asks to be republished of all. */
  wish?: string;
  /** Names of entries whose pages are not there. */
  gone: string[];
  /** Pictures, by their names on its site. */
  readonly pictures: Map<string, Buffer>;
}

export interface Relay {
  readonly host: string;
  /** All that it keeps. */
  readonly folder: string;
  house(): House;
  /** What stands in its sources.yaml below its own address. */
  sections: string;
  /** Paths that were written or removed, but for the status pages, which tell of visits. */
  run(): Promise<string[]>;
  /** The same, when its own address has changed. */
  runAt(host: string): Promise<string[]>;
  file(path: string): string;
  /** Published files in which these words stand. */
  carrying(words: string): string[];
  /** Asks its own server. */
  answer(path: string): Promise<{ readonly status: number; readonly body: string }>;
  config(): Config;
  /** As after the end of a process. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Network {
  readonly groups: Record<string, Group>;
  now(): number;
  pass(ms: number): void;
  /** @param parallel sources that it asks at once: one is asked after the other, in the order of its settings, where it is 1 */
  openRelay(host: string, sections: string, parallel?: number): Promise<Relay>;
  close(): Promise<void>;
}

export const urlOf = (host: string, name: string): string => `http://${host}/${name}`;
const guidOf = (host: string, name: string): string => `tag:${host},2026:${name}`;

export async function openNetwork(names: Readonly<Record<string, string>>): Promise<Network> {
  let now = start;
  const groups: Record<string, Group> = {};
  for (const [host, title] of Object.entries(names))
    groups[host] = { title, entries: [], deleted: [], gone: [], pictures: new Map() };
  const sites = await startPartner((request, response) => {
    const host = request.headers.host ?? '';
    const group = groups[host];
    const name = request.url?.slice(1) ?? '';
    if (group === undefined || group.gone.includes(name)) response.writeHead(404).end('not here');
    else response.end(name === 'feed' ? atom(host, group) : (group.pictures.get(name) ?? 'a page'));
  });
  const places = new Map(Object.keys(groups).map((host) => [`${host}:80`, sites.url]));
  const proxy = await startHttpProxy((target) => places.get(target));
  const closing: (() => Promise<void>)[] = [proxy.close, sites.close];
  return {
    groups,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    async openRelay(host, sections, parallel = 8) {
      let address = host;
      const limits = (): string =>
        `network: { allow: [127.0.0.1], spacing: 0s, parallel: ${parallel}, proxy: "${proxy.url}" }\nsite: { url: "http://${address}/" }\n`;
      const folder = mkdtempSync(join(tmpdir(), 'relais-journey-'));
      const clock = { now: () => now, wait: () => Promise.resolve() };
      const config = (): Config => settings(`${limits()}${relay.sections}`);
      const relay = { sections };
      let house = await openHouse(config(), storageIn(folder), clock);
      const { siteFolder } = house;
      const server = await openServer(siteFolder, { port: 0, host: '127.0.0.1', clock: Date, onDefect: () => {} });
      const place = server.url.replace(/\/$/, '');
      places.set(`${host}:80`, place);
      let isOpen = true;
      const close = async (): Promise<void> => {
        if (!isOpen) return;
        isOpen = false;
        await house.close();
        await server.close();
        rmSync(folder, { recursive: true });
      };
      closing.unshift(close);
      return Object.assign(relay, {
        host,
        folder,
        house: () => house,
        config,
        async run() {
          const report = await runOnce(config(), house, { now: 'all' });
          if (report.defects.length > 0) throw report.defects[0]?.error;
          const failed = report.outcomes.flatMap(({ problems }) => problems.map(({ happened }) => happened));
          if (failed.length > 0) throw new Error(`${host}: ${failed.join('\n')}`);
          const { written, removed } = report.publication;
          return [...written, ...removed].filter((path) => !path.startsWith('status'));
        },
        async runAt(other: string) {
          address = other;
          return await this.run();
        },
        file: (path: string) => readFileSync(join(siteFolder, path), 'utf8'),
        carrying: (words: string) =>
          filesIn(siteFolder).flatMap(({ path, body }) => (body.includes(words) ? [path] : [])),
        async answer(path: string) {
          const come = await fetch(`${place}${path}`, { redirect: 'manual' });
          return { status: come.status, body: await come.text() };
        },
        async restart() {
          await house.close();
          house = await openHouse(config(), storageIn(folder), clock);
        },
        close,
      });
    },
    async close() {
      for (const one of closing) await one();
    },
  };
}

function atom(host: string, { title, entries, deleted, wish: all }: Group): string {
  const wishOf = (wish: string | undefined): string =>
    wish === undefined ? '' : `<relais:republish>${wish}</relais:republish>`;
  const written = entries.map(
    ({ name, guid = guidOf(host, name), title: heading, html, age, rights, wish, call = '' }) => {
      const date = new Date(start - age * hour).toISOString();
      return `<entry><id>${guid}</id><title>${heading}</title><link href="${urlOf(host, name)}"/><published>${date}</published><updated>${date}</updated>${rights === undefined ? '' : `<rights>${rights}</rights>`}${wishOf(wish)}${call}<content type="html">${html.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</content></entry>`;
    },
  );
  const gone = deleted.map((name) => `<at:deleted-entry ref="${guidOf(host, name)}" when="2026-11-20T03:30:00Z"/>`);
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:relais="urn:relais:wishes">${wishOf(all)}<title>${title}</title><id>urn:${host}</id><link href="http://${host}/"/><updated>2026-11-20T09:00:00Z</updated>${written.join('')}${gone.join('')}</feed>`;
}
