/** A house over days: what is done at night, once, and what is let go. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/run.ts';
import { isMaintenanceDue, lookAtDisk } from '../../src/maintenance.ts';
import { hasToBeSaid } from '../../src/run.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.parse('2026-10-20T12:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const mebibyte = 1_048_576;
const item = (title: string, date: string): string =>
  `<item><guid>${title}</guid><title>${title}</title><link>https://harbour.example/${title}</link><pubDate>${new Date(date).toUTCString()}</pubDate><description>${title} it is.</description></item>`;
const rss = (...items: readonly string[]): string =>
  `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>${items.join('')}</channel></rss>`;

let house: TestHouse;
const partners: Partner[] = [];
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  for (const partner of partners.splice(0)) await partner.close();
  await house.close();
});

async function partner(script: Script): Promise<string> {
  const started = await startPartner(script);
  partners.push(started);
  return started.url;
}

const backups = (): string[] => readdirSync(join(house.folder, 'backup')).sort();

test('a night’s work is done once a night, by the clocks of the site, and once after nights that were slept through', async () => {
  const url = await partner({ '/feed': rss(item('One', '2026-10-20')) });
  const yaml = `sections:\n  calais:\n    - ${url}/feed\n`;
  await house.run(yaml);
  expect(backups).toThrow(); // there is nothing yet to look after
  house.clock.set(Date.parse('2026-10-21T04:29Z'));
  await house.run(yaml);
  expect(backups).toThrow();
  house.clock.set(Date.parse('2026-10-21T04:30Z'));
  await house.run(yaml);
  await house.run(yaml);
  expect(backups()).toEqual(['relais-2026-10-21.db', 'sources-2026-10-21.yaml']);
  house.clock.set(Date.parse('2026-10-25T12:00Z'));
  await house.run(yaml);
  house.clock.set(Date.parse('2026-10-25T13:00Z'));
  await house.run(yaml);
  expect(backups()).toEqual([
    'relais-2026-10-21.db',
    'relais-2026-10-25.db',
    'sources-2026-10-21.yaml',
    'sources-2026-10-25.yaml',
  ]);
});

test('a copy that cannot be made is said each night, and by no run between', async () => {
  const yaml = `sections:\n  calais:\n    - ${await partner({ '/feed': rss(item('One', '2026-10-20')) })}/feed\n`;
  await house.run(yaml);
  writeFileSync(join(house.folder, 'backup'), 'no folder');
  const saidAt = async (time: string): Promise<[string[], number]> => {
    house.clock.set(Date.parse(time));
    const report = await house.run(yaml);
    return [report.problems.filter(hasToBeSaid).map(({ code }) => code), exitCodeOf(report)];
  };
  expect(await saidAt('2026-10-20T20:00Z')).toEqual([[], 0]);
  expect(await saidAt('2026-10-21T05:00Z')).toEqual([['store/backup-failed'], 1]);
  expect(await saidAt('2026-10-21T06:00Z')).toEqual([[], 0]);
  expect(await saidAt('2026-10-22T05:00Z')).toEqual([['store/backup-failed'], 1]);
});

test('a clock that ran a year ahead does not put the night off for a year', async () => {
  const config = settings('sections: { calais: [ "https://a.example/feed" ] }');
  house.clock.set(start + 365 * day);
  await isMaintenanceDue(config, house.house);
  house.clock.set(start);
  expect(await isMaintenanceDue(config, house.house)).toBe(true);
});

test('a source that goes silent against its own rhythm is news, once, and so is its return', async () => {
  const daily = [1, 2, 3, 4, 5].map((at) => item(`Day ${at}`, `2026-10-1${at}`));
  const url = await partner({
    '/feed': [rss(...daily), rss(...daily), rss(...daily), rss(...daily, item('Back', '2026-11-20'))],
  });
  const yaml = `sections:\n  calais:\n    - url: ${url}/feed\n      every: 1d\n`;
  await house.run(yaml);
  for (const days of [20, 22]) {
    house.clock.set(start + days * day);
    await house.run(yaml);
  }
  const news = await house.house.library.news(0);
  expect(news.map(({ kind, source }) => [kind, source])).toEqual([['silent', 'Harbour Watch']]);
  house.clock.set(start + 31 * day);
  await house.run(yaml);
  expect((await house.house.library.news(0)).map(({ kind }) => kind)).toEqual(['silent', 'back']);
});

test('one that asks us to wait is not said to answer', async () => {
  const daily = [1, 2, 3, 4, 5].map((at) => item(`Day ${at}`, `2026-10-1${at}`));
  let isPatient = true;
  const asked = await startPartner((_request, response) => {
    if (isPatient) response.writeHead(200).end(rss(...daily));
    else response.writeHead(429, { 'Retry-After': '3600' }).end();
  });
  partners.push(asked);
  const yaml = `sections:\n  calais:\n    - url: ${asked.url}/feed\n      every: 1d\n`;
  await house.run(yaml);
  isPatient = false;
  for (let days = 2; days < 40; days += 2) {
    house.clock.set(start + days * day);
    await house.run(yaml);
  }
  expect((await house.house.library.news(0)).map(({ kind }) => kind)).toEqual(['failing']);
});

test('what no section keeps goes from the site and from the database; the rest stays', async () => {
  const url = await partner({ '/feed': rss(item('Old', '2026-09-01'), item('New', '2026-10-19')) });
  const yaml = `sections:\n  calais:\n    keep: 60d\n    sources:\n      - ${url}/feed\n`;
  const report = await house.run(yaml);
  const page = report.publication.written.filter((path) => path.startsWith('story/'));
  expect(page).toHaveLength(2);
  house.clock.set(start + 20 * day);
  const later = await house.run(yaml);
  expect(later.publication.removed.filter((path) => path.startsWith('story/'))).toHaveLength(1);
  const memories = await house.house.library.samples([...(await house.house.library.memories()).keys()][0] ?? '', 10);
  expect(memories.map(({ title }) => title).filter((title) => title !== '')).toEqual(['New']);
});

test.each([
  ['plenty', 5_000, 20_000, 'fine'],
  ['a small disk with room', 150, 1_000, 'warned'],
  ['a large disk with a twentieth left', 900, 20_000, 'warned'],
  ['next to nothing', 20, 20_000, 'halted'],
])('%s: %i of %i MiB free is %s', async (_, free, total, verdict) => {
  const disk = { room: () => Promise.resolve({ freeBytes: free * mebibyte, totalBytes: total * mebibyte }) };
  const looked = lookAtDisk({ disk }).then(
    (problems) => (problems.length === 0 ? 'fine' : 'warned'),
    () => 'halted',
  );
  expect(await looked).toBe(verdict);
});
