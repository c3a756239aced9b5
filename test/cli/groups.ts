/** Three groups with feeds on loopback, read into a real database by the commands themselves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Printer } from '../../src/cli/print.ts';
import { run } from '../../src/cli/run.ts';
import type { Library } from '../../src/library.ts';
import type { StoryRecord } from '../../src/model.ts';
import { openStore } from '../../src/storage.ts';
import { startPartner } from '../partner/server.ts';
import { settingFor, storageIn } from '../storage.ts';

/** A day of November 2026. */
type Day = number;

export interface Entry {
  readonly guid?: string;
  readonly path: string;
  /** In the place of its own address. */
  readonly url?: string;
  readonly title: string;
  /** Markup inside one paragraph. */
  readonly text: string;
  readonly day?: Day;
}

const hosts = {
  harbour: 'https://harbour.example/',
  copies: 'https://copies.example/',
  third: 'https://third.example/',
};
type Name = keyof typeof hosts;

export interface Groups {
  readonly folder: string;
  readonly feeds: Record<Name, Entry[]>;
  readonly options: () => { readonly config: string; readonly data: string };
  readonly printer: Printer;
  /** What has been printed since it was asked last. */
  readonly said: () => string;
  /** The JSON printed last. */
  readonly printed: () => unknown;
  /** Asks every source. @returns the exit code */
  read(): Promise<number>;
  withStore<T>(work: (library: Library) => Promise<T>): Promise<T>;
  storyOf(url: string): Promise<StoryRecord>;
  /** Addresses of the posts in the story of one. */
  members(url: string): Promise<string[]>;
  /** A file of the site. */
  page(path: string): string;
  close(): Promise<void>;
}

export async function openGroups(langs: Partial<Record<Name, string>> = {}): Promise<Groups> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-groups-'));
  const feeds: Groups['feeds'] = { harbour: [], copies: [], third: [] };
  const partner = await startPartner((request, response) => {
    const name = request.url?.slice(1) as Name;
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss(name, feeds[name], langs[name] ?? 'en'));
  });
  const sources = Object.keys(hosts).map((name) => `    - { url: "${partner.url}/${name}", name: "${name} group" }\n`);
  writeFileSync(
    join(folder, 'sources.yaml'),
    `${settingFor(join(folder, 'data'))}site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais:\n${sources.join('')}`,
  );
  const lines: string[] = [];
  let printed: unknown;
  const printer: Printer = {
    isTerminal: false,
    width: 100,
    line: (text = '') => void lines.push(text),
    alarm: (text) => void lines.push(text),
    json: (value) => {
      printed = JSON.parse(JSON.stringify(value));
    },
  };
  const options = (): { config: string; data: string } => ({
    config: join(folder, 'sources.yaml'),
    data: join(folder, 'data'),
  });
  const withStore = async <T>(work: (library: Library) => Promise<T>): Promise<T> => {
    const library = await openStore(storageIn(join(folder, 'data')));
    try {
      return await work(library);
    } finally {
      await library.close();
    }
  };
  const storyOf = (url: string): Promise<StoryRecord> =>
    withStore(async (library) => {
      const [story] = await library.stories([(await library.findStory(url)) ?? 0]);
      if (story === undefined) throw new Error(`no story of ${url}`);
      return story;
    });
  return {
    folder,
    feeds,
    options,
    printer,
    said: () => lines.splice(0).join('\n'),
    printed: () => printed,
    read: () => run({ ...options(), now: true }, printer),
    withStore,
    storyOf,
    members: async (url) => (await storyOf(url)).items.map((item) => item.url ?? '').sort(),
    page: (path) => readFileSync(join(folder, 'data/site', path), 'utf8'),
    async close() {
      await partner.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function rss(name: Name, entries: readonly Entry[], lang: string): string {
  const items = entries.map(
    ({ guid, path, url, title, text, day = 20 }) =>
      `<item><guid isPermaLink="false">${guid ?? path}</guid><title>${title}</title><link>${url ?? `${hosts[name]}${path}`}</link><pubDate>${new Date(Date.UTC(2026, 10, day, 9)).toUTCString()}</pubDate><description><![CDATA[<p>${text}</p>]]></description></item>`,
  );
  return `<rss version="2.0"><channel><title>${name}</title><link>${hosts[name]}</link><language>${lang}</language>${items.join('')}</channel></rss>`;
}
