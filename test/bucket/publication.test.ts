/** Whole runs that publish into a bucket: the same bytes as in a folder, once per change, also when they are cut short. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRehearsal, rehearseRun } from '../../src/rehearsal.ts';
import { runOnce } from '../../src/run.ts';
import { type House, openHouse } from '../../src/wire.ts';
import { faultsOf } from '../crash/site.ts';
import { photograph } from '../darkroom/pictures.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from '../pipeline/house.ts';
import { storageIn } from '../storage.ts';
import { type BucketServer, startBucket, writes } from './server.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;
const url = 'https://news.example/';
let server: BucketServer;
let house: TestHouse;
let partner: Partner;

const entry = (name: string, html = ''): string =>
  `<entry><id>tag:harbour.example,2026:${name}</id><title>${name}</title><link href="https://harbour.example/${name}"/><updated>2026-11-19T10:00:00Z</updated><content type="html">${`<p>Text of ${name}.</p>${html}`.replaceAll('<', '&lt;')}</content></entry>`;
const tombstone = (name: string): string =>
  `<at:deleted-entry ref="tag:harbour.example,2026:${name}" when="2026-11-20T00:00:00Z"/>`;
const atom = (...entries: readonly string[]): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Harbour</title><id>urn:uuid:1</id><link href="https://harbour.example/"/>${entries.join('')}</feed>`;

let feed: () => string;
beforeEach(async () => {
  server = await startBucket();
  house = await openTestHouse(start);
  const picture = await photograph();
  feed = () => atom(entry('One', `<p><img src="${partner.url}/sea.jpg" alt="the sea"></p>`), entry('Two'));
  partner = await startPartner({
    '/feed': (_request, response) => response.end(feed()),
    '/sea.jpg': { body: picture, headers: { 'Content-Type': 'image/jpeg' } },
  });
});
afterEach(async () => {
  await house.close();
  await partner.close();
  await server.close();
});

const yaml = (): string => `sections:\n  quay:\n    - { url: "${partner.url}/feed", show: full, images: copy }\n`;
/** The same settings, with the bucket. */
function config(change: Partial<BucketServer['settings']> = {}) {
  const limits = `network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "${url}" }\n`;
  return { ...settings(`${limits}${yaml()}`), bucket: { ...server.settings, ...change } };
}

/** The house with its site in the bucket. Of another machine: with other folders, on the same database. */
async function inBucket(change: Partial<BucketServer['settings']> = {}, folder = house.folder): Promise<House> {
  const other = await openHouse(config(change), storageIn(folder), house.house.clock);
  await other.close();
  return { ...house.house, folder: other.folder, pictures: other.pictures };
}

const run = (site: House) => runOnce(config(), site, { now: 'all' });
const published = (): Map<string, string> =>
  new Map(
    [...server.objects]
      .filter(([key]) => key.startsWith('site/') && !key.startsWith('site/.'))
      .map(([key, { body }]) => [key.slice('site/'.length), body.toString('latin1')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
function onDisk(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]));
}

test('byte for byte the site is the same as in a folder, pictures too', async () => {
  await house.run(yaml(), { now: 'all' });
  const before = onDisk(house.house.siteFolder);
  expect([...before.keys()].filter((path) => path.startsWith('images/'))).toHaveLength(1);
  const report = await run(await inBucket());
  expect([report.problems, report.defects]).toEqual([[], []]);
  expect(published()).toEqual(before);
  expect(existsSync(join(house.folder, 'images')) ? readdirSync(join(house.folder, 'images')) : []).toEqual([]); // they have moved
  expect(partner.requests.filter(({ path }) => path === '/sea.jpg')).toHaveLength(1);
});

test('a run that changes nothing uploads nothing; one machine goes on where another was', async () => {
  await run(await inBucket());
  server.asked.length = 0;
  const other = await inBucket({}, join(house.folder, 'other'));
  const report = await run(other);
  expect(report.publication).toEqual({ written: [], removed: [], defects: [] });
  expect(writes(server.asked)).toEqual([]);
  server.asked.length = 0;
  await run(other);
  expect(server.asked.filter((one) => one === 'LIST site/')).toEqual([]); // a moment ago everything was there
  feed = () => atom(entry('Three'), tombstone('One'), entry('Two'));
  house.clock.set(start + hour);
  await run(other);
  const words = [...published().values()].join('\n');
  expect([words.includes('Text of Three.'), words.includes('Text of One.')]).toEqual([true, false]);
  expect([...server.objects.keys()].filter((key) => key.includes('.jpg'))).toEqual([]); // its picture is gone with it
  expect(await faultsOf(server.files(), url, 'judge')).toEqual([]);
  expect((await run(await inBucket())).publication).toEqual({ written: [], removed: [], defects: [] });
});

test('wherever a run is cut off from the bucket, no link leads nowhere, it is told, and the next run makes it whole', async () => {
  await run(await inBucket());
  let isCut = true;
  for (let allowed = 0; isCut; allowed += 3) {
    const name = `N${allowed}`;
    feed = () => atom(entry(name), tombstone(`N${allowed - 3}`), entry('Two'));
    house.clock.set(house.clock.now() + hour);
    let count = 0;
    server.trouble = (asked) => {
      if (writes([asked]).length > 0) count += 1;
      return count > allowed ? { status: 403, code: 'AccessDenied' } : undefined;
    };
    const report = await run(await inBucket());
    isCut = report.problems.length > 0;
    if (isCut) expect(report.problems.map(({ code }) => code)).toEqual(['publish/bucket-denied']);
    expect(await faultsOf(server.files(), url, 'reader'), `after ${allowed}`).toEqual([]);
    server.trouble = () => undefined;
    expect((await run(await inBucket({}, join(house.folder, 'other')))).problems).toEqual([]);
    expect(await faultsOf(server.files(), url, 'judge'), `after ${allowed}`).toEqual([]);
    expect([...published().values()].join('\n')).toContain(`Text of ${name}.`);
    expect([...published().values()].join('\n')).not.toContain(`Text of N${allowed - 3}.`);
    expect(allowed).toBeLessThan(60);
  }
});

test('another folder in the bucket gets the whole site', async () => {
  await run(await inBucket());
  const before = published();
  const moved = await inBucket({ prefix: 'new/' });
  await runOnce({ ...config({ prefix: 'new/' }), hash: 'of-the-new-place' }, moved, { now: 'all' });
  const after = [...server.objects.keys()].filter((key) => key.startsWith('new/') && !key.startsWith('new/.'));
  expect(after.map((key) => key.slice('new/'.length)).sort()).toEqual([...before.keys()]);
  expect(published()).toEqual(before); // the old place is the maintainer's
});

test('a rehearsal announces what a run does, and writes nothing', async () => {
  await run(await inBucket());
  feed = () => atom(entry('Three'), tombstone('Two'));
  house.clock.set(start + hour);
  server.asked.length = 0;
  const rehearsal = await openRehearsal(config(), storageIn(house.folder), house.house.clock);
  const { files } = await rehearseRun(config(), rehearsal, { now: 'all' });
  await rehearsal.end();
  expect(writes(server.asked)).toEqual([]);
  const { publication } = await run(await inBucket());
  expect([...files.added, ...files.changed].sort()).toEqual([...publication.written].sort());
  expect(files.removed).toEqual(publication.removed);
});

test('while the settings change, the site moves with them', async () => {
  const opened = await openHouse(
    settings(`site: { url: "${url}" }\n${yaml()}`),
    storageIn(join(house.folder, 'third')),
    house.house.clock,
  );
  const moved = await opened.under(config());
  expect(moved.folder).not.toBe(opened.folder);
  expect((await opened.under(config())).folder).toBe(moved.folder);
  await moved.folder.lookFor(['index.html']);
  expect(server.asked).toEqual(['LIST site/']);
  expect((await opened.under(settings(yaml()))).folder).not.toBe(moved.folder);
  await opened.close();
  rmSync(join(house.folder, 'third'), { recursive: true });
});
