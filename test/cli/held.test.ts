/** `relais held` and `relais stop` from the maintainer's chair: what is printed, what is published, and the exit code. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { acceptHeld, held, refuseHeld } from '../../src/cli/held.ts';
import type { Printer } from '../../src/cli/print.ts';
import { rule } from '../../src/cli/rule.ts';
import { run } from '../../src/cli/run.ts';
import { stop } from '../../src/cli/stop.ts';
import { openStore } from '../../src/storage.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { storageIn } from '../storage.ts';

const item = (title: string, link: string): string =>
  `<item><guid>${link}</guid><title>${title}</title><link>${link}</link><description>Text of ${title}.</description></item>`;
const rss = (head: string, items: string): string => `<rss version="2.0"><channel>${head}${items}</channel></rss>`;
const own = rss(
  '<title>Harbour Watch</title><link>https://harbour.example/</link><language>en</language>',
  item('Eviction', 'https://harbour.example/1') + item('Meeting', 'https://harbour.example/2'),
);
const sold = rss(
  '<title>Slot Gacor</title><link>https://slots.example/</link><language>id</language>',
  item('Bonus\u001b[31m', 'https://slots.example/1') + item('Judi', 'https://slots.example/2'),
);

let folder: string;
let partner: Partner;
let feed: string;
let lines: string[];
let printed: unknown;

const printer = {
  isTerminal: false,
  width: 100,
  line: (text = '') => void lines.push(text),
  alarm: (text: string) => void lines.push(text),
  json: (value: unknown) => {
    printed = JSON.parse(JSON.stringify(value));
  },
} satisfies Printer;
const options = () => ({ config: join(folder, 'sources.yaml'), data: join(folder, 'data') });
const json = () => ({ ...options(), json: true });
const said = (): string => lines.splice(0).join('\n');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-held-'));
  lines = [];
  printed = undefined;
  feed = own;
  partner = await startPartner((_request, response) => response.writeHead(200).end(feed));
  writeFileSync(
    join(folder, 'sources.yaml'),
    `site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais:\n    - { url: "${partner.url}/feed", name: "Harbour's Watch" }\n`,
  );
});
afterEach(async () => {
  await partner.close();
  rmSync(folder, { recursive: true });
});

const published = (): string => readFileSync(join(folder, 'data/site/calais/feed.xml'), 'utf8');

/** Two runs: the partner's own feed, then the buyer's. @returns exit code of the second */
async function soldOff(): Promise<number> {
  await run({ ...options(), now: true }, printer);
  feed = sold;
  return await run({ ...options(), now: true }, printer);
}

describe('relais held', () => {
  test('before any run nothing is held, and looking makes no database', async () => {
    expect(await held(options(), printer)).toBe(0);
    expect(said()).toBe('Nothing is held: every source looks like itself, and no text waits for you.');
    expect(await held(json(), printer)).toBe(0);
    expect(printed).toEqual({ sources: [], texts: [] });
  });

  test('the run that holds says so with exit code 1, the next one is silent', async () => {
    expect(await soldOff()).toBe(1);
    expect(said()).toContain('does not look like itself any more');
    feed = `${sold} `;
    expect(await run({ ...options(), now: true }, printer)).toBe(0);
    expect(said()).toBe('');
  });

  test('lists why, what waits, and what to type; nothing of it moves the terminal', async () => {
    await soldOff();
    said();
    expect(await held(options(), printer)).toBe(0);
    const text = said();
    expect(text).toContain('– none of its 2 items was known before');
    expect(text).toContain('– its title changed from “Harbour Watch” to “Slot Gacor”');
    expect(text).toContain('Judi  https://slots.example/2');
    expect(text).toContain("relais held accept 'Harbour'\\''s Watch'");
    expect(text).not.toContain('\u001b[31m');
    await held(json(), printer);
    expect(printed).toMatchObject({ sources: [{ source: "Harbour's Watch", items: 2, newest: [{}, {}] }] });
  });

  test('accept publishes what was held; a second time there is nothing to accept', async () => {
    await soldOff();
    said();
    expect(published()).not.toContain('Judi');
    expect(await acceptHeld("Harbour's Watch", options(), printer)).toBe(0);
    expect(said()).toContain('2 items let in');
    expect(published()).toContain('Judi');
    expect(await acceptHeld("Harbour's Watch", options(), printer)).toBe(2);
    expect(said()).toBe("Nothing of Harbour's Watch is held.");
  });

  test('explain says of what is held that it is', async () => {
    await soldOff();
    said();
    expect(await explain('https://slots.example/2', options(), printer)).toBe(0);
    expect(said()).toBe(
      "In no story yet: “Judi”, Harbour's Watch  https://slots.example/2\n  It is held, as all that its source sends, until you have ruled:  relais held",
    );
    expect(await explain('https://slots.example/2', json(), printer)).toBe(0);
    expect(printed).toMatchObject({ title: 'Judi', url: 'https://slots.example/2' });
  });

  test('refuse throws it away, and the source stays held', async () => {
    await soldOff();
    expect(await refuseHeld("Harbour's Watch", json(), printer)).toBe(0);
    expect(printed).toMatchObject({ sources: [{ isDone: true, shown: 0 }], problems: [] });
    await held(json(), printer);
    expect(printed).toMatchObject({ sources: [{ items: 0 }] });
    expect(published()).not.toContain('Judi');
  });

  test('a name that no source has is told with the nearest one, and nothing is done', async () => {
    expect(await acceptHeld('Harbours Watch', options(), printer)).toBe(2);
    expect(said()).toBe("No source is called “Harbours Watch”. Did you mean “Harbour's Watch”?");
    expect(await stop('xyz', json(), printer)).toBe(2);
    expect(printed).toEqual({ error: 'No source is called “xyz”.  relais status  shows what they are called.' });
  });
});

describe('relais stop', () => {
  test('takes back, publishes, and is undone, each by one command', async () => {
    await run({ ...options(), now: true }, printer);
    expect(published()).toContain('Eviction');
    said();
    expect(await stop(`${partner.url}/feed`, { ...options(), since: 'all' }, printer)).toBe(0);
    const stopped = said();
    expect(stopped).toContain("Harbour's Watch is not asked any more. 2 items taken back.");
    expect(stopped).toContain("relais stop --undo 'Harbour'\\''s Watch'");
    expect(published()).not.toContain('Eviction');
    expect(await explain('https://harbour.example/1', options(), printer)).toBe(0);
    expect(said()).toMatch(/\n +shown nowhere since \d{4}-.* UTC: taken back by the maintainer of this relay$/m);
    const asked = partner.requests.length;
    await run({ ...options(), now: true }, printer);
    expect(partner.requests).toHaveLength(asked);
    expect(await stop(`${partner.url}/feed`, { ...options(), undo: true }, printer)).toBe(0);
    expect(said()).toContain('is asked again. 2 items shown again.');
    expect(published()).toContain('Eviction');
  });

  test('without a date only the asking stops, and it says how to take back more', async () => {
    await run({ ...options(), now: true }, printer);
    said();
    expect(await stop("Harbour's Watch", options(), printer)).toBe(0);
    expect(said()).toMatch(/0 items taken back\. To take back what it brought before, add {2}--since DATE/);
    expect(published()).toContain('Eviction');
    expect(await stop("Harbour's Watch", { ...options(), since: '1 January 2020' }, printer)).toBe(0);
    expect(published()).not.toContain('Eviction');
  });

  test.each([
    ['yesterday', false],
    ['2026-11-20', true],
  ])('--since %s, --undo %s is refused', async (since, undo) => {
    expect(await stop("Harbour's Watch", { ...options(), since, undo }, printer)).toBe(2);
    expect(said()).toMatch(/no date|leave out --since/);
  });

  test('beside another Relais at work it is noted, and done by whoever runs next', async () => {
    await run({ ...options(), now: true }, printer);
    said();
    const other = await openStore(storageIn(join(folder, 'data')));
    expect(await other.takeLease(Date.now())).toBeUndefined();
    expect(await stop("Harbour's Watch", { ...options(), since: 'all' }, printer)).toBe(0);
    expect(said()).toContain('will do this within a minute');
    expect(published()).toContain('Eviction');
    await other.giveBackLease();
    await other.close();
    await run(options(), printer);
    expect(published()).not.toContain('Eviction');
  });

  test('a title that feeds of two groups bear is nobody’s name: it asks for the address and does nothing', async () => {
    const blog = (host: string): string =>
      rss(`<title>Blog</title><link>https://${host}/</link>`, item(`At ${host}`, `https://${host}/1`));
    const two = await startPartner({ '/one': blog('one.example'), '/two': blog('two.example') });
    try {
      const list = ['one', 'two'].map((name) => `    - ${two.url}/${name}\n`).join('');
      writeFileSync(
        join(folder, 'sources.yaml'),
        `site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais:\n${list}`,
      );
      await run({ ...options(), now: true }, printer);
      said();
      const [first = '', second = ''] = ['one', 'two'].map((name) => `${two.url}/${name}`.replace('http://', ''));
      for (const ruled of [
        stop('Blog', { ...options(), since: 'all' }, printer),
        acceptHeld('Blog', options(), printer),
        refuseHeld('Blog', options(), printer),
      ]) {
        expect(await ruled).toBe(2);
        expect(said()).toBe(`“Blog” has 2 sources: ${first}, ${second}. Name one by its address.`);
      }
      for (const ruling of [
        { kind: 'alias', group: 'Blog', name: 'Quay Bulletin' },
        { kind: 'original', item: 'https://one.example/1', group: 'Blog' },
      ] as const) {
        expect(await rule(ruling, options(), printer)).toBe(2);
        expect(said()).toContain(`“Blog” has 2 sources, which are not one group’s: ${first}, ${second}.`);
      }
      expect(await stop(`${two.url}/one`, { ...options(), since: 'all' }, printer)).toBe(0);
      expect(said()).toContain(`relais stop --undo '${first}'`);
      expect(published()).toContain('At two.example');
      expect(published()).not.toContain('At one.example');
    } finally {
      await two.close();
    }
  });

  test('two feeds of one partner are stopped by the name they share', async () => {
    writeFileSync(
      join(folder, 'sources.yaml'),
      `network: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais:\n${['feed', 'more']
        .map((path) => `    - { url: "${partner.url}/${path}", partner: Harbour }\n`)
        .join('')}`,
    );
    await run({ ...options(), now: true }, printer);
    said();
    expect(await stop('Harbour', options(), printer)).toBe(0);
    expect(said().match(/is not asked any more/g)).toHaveLength(2);
  });
});
