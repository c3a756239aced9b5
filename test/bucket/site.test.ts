/** A site in a bucket: what is asked of it, in which order, and what is left when it says no. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PictureFolder, SiteFolder } from '../../src/edges.ts';
import type { BucketSettings, SiteDocument } from '../../src/model.ts';
import { Halt } from '../../src/problems.ts';
import { openBucket } from '../../src/publish/bucket/open.ts';
import { openPictureFolder } from '../../src/store/picture-files.ts';
import { faultsOf } from '../crash/site.ts';
import { type BucketServer, startBucket, writes } from './server.ts';

let base = '';
let server: BucketServer;
let now = Date.UTC(2026, 10, 20);
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'relais-bucket-'));
  server = await startBucket();
});
afterEach(async () => {
  await server.close();
  rmSync(base, { recursive: true, force: true });
});

/** As one machine sees the bucket. */
function machine(
  change: Partial<BucketSettings> = {},
  name = 'one',
): { readonly folder: SiteFolder; readonly pictures: PictureFolder; readonly waiting: string } {
  const waiting = join(base, name, 'waiting');
  const pictures = openPictureFolder(join(base, name, 'images'));
  const settings = { ...server.settings, ...change };
  return { ...openBucket(settings, { waiting, pictures, clock: { now: () => now } }), waiting };
}

const page = (words: string, ...links: readonly string[]): string =>
  `<!DOCTYPE html><html><p>${words}</p>${links.map((link) => `<a href="${link}">x</a>`).join('')}</html>`;
/** As many stories as are named, each in a list of its section and by the front page. */
function site(...stories: readonly string[]): SiteDocument[] {
  return [
    { path: 'index.html', body: page(stories.join(' '), 'calais/index.html', 'style.css') },
    {
      path: 'calais/index.html',
      body: page('Calais ☂', '../index.html', ...stories.map((id) => `../story/${id}/index.html`)),
    },
    { path: 'calais/archive/index.html', body: page('Archive', ...stories.map((id) => `${id}/index.html`)) },
    ...stories.map((id) => ({
      path: `calais/archive/${id}/index.html`,
      body: page(id, `../../../story/${id}/index.html`),
    })),
    ...stories.map((id) => ({
      path: `story/${id}/index.html`,
      body: page(`${id} of ${stories.length}`, '../../index.html'),
    })),
    { path: 'style.css', body: `p{}/*${stories.length}*/\n` },
  ];
}

async function publish(folder: SiteFolder, documents: readonly SiteDocument[], gone: readonly string[] = []) {
  const isThere = await folder.lookFor([...documents.map(({ path }) => path), ...gone]);
  const draft = await folder.draft();
  await draft.add(documents);
  const written = await draft.publish();
  return { written, removed: await folder.remove(gone), isThere };
}

const pathsOf = (documents: readonly SiteDocument[]): string[] => documents.map(({ path }) => path).sort();
/** Of the site `before`, what the site `after` has no more. */
const goneOf = (before: readonly SiteDocument[], after: readonly SiteDocument[]): string[] =>
  pathsOf(before).filter((path) => !after.some((one) => one.path === path));
const inBucket = (): string[] => server.files().map(({ path }) => path);
const byPath = (documents: readonly SiteDocument[]): SiteDocument[] =>
  [...documents].sort((a, b) => (a.path < b.path ? -1 : 1));

async function haltOf(work: Promise<unknown>): Promise<{ code: string; happened: string; todo: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Halt)) throw new Error('did not halt', { cause: error });
  return error.problem;
}

describe('publishing', () => {
  test('puts every file under its folder, whole, with its type and for how long it may be kept', async () => {
    const { folder, waiting } = machine();
    const withdrawn = { path: 'story/x/index.html', body: '<meta name="relais-state" content="withdrawn">' };
    const { written } = await publish(folder, [...site('a'), withdrawn]);
    expect(written).toHaveLength(7);
    expect(server.files()).toEqual(byPath([...site('a'), withdrawn]));
    expect([...server.objects.keys()].every((key) => key.startsWith('site/'))).toBe(true);
    expect(server.objects.get('site/index.html')).toMatchObject({
      contentType: 'text/html; charset=utf-8',
      cacheControl: 'max-age=300',
    });
    expect(server.objects.get('site/style.css')).toMatchObject({ contentType: 'text/css; charset=utf-8' });
    expect(server.objects.get('site/story/x/index.html')).toMatchObject({ cacheControl: 'no-cache' });
    expect(existsSync(waiting)).toBe(false);
  });

  test('a bucket without a folder in it will do', async () => {
    await server.close();
    server = await startBucket('');
    await publish(machine().folder, site('a'));
    expect([...server.objects.keys()].sort()).toEqual(pathsOf(site('a')));
  });

  test('a second time uploads nothing, also by another machine that has seen nothing yet', async () => {
    const { folder } = machine();
    await publish(folder, site('a', 'b'));
    server.asked.length = 0;
    expect((await publish(folder, site('a', 'b'))).written).toEqual([]);
    expect((await publish(machine({}, 'two').folder, site('a', 'b'))).written).toEqual([]);
    expect(writes(server.asked)).toEqual([]);
  });

  test('a look asks nothing for an hour, unless something is missing; a publication lists anew', async () => {
    const { folder } = machine();
    await publish(folder, site('a'));
    server.asked.length = 0;
    const paths = pathsOf(site('a'));
    const isThere = await folder.lookFor(paths);
    expect([isThere('index.html'), isThere('nothing.html'), server.asked]).toEqual([true, false, []]);
    await folder.lookFor([...paths, 'nothing.html']);
    expect(server.asked).toEqual(['LIST site/']);
    now += 3_600_000;
    server.objects.delete('site/index.html');
    expect((await folder.lookFor(paths))('index.html')).toBe(false);
    expect(server.asked).toHaveLength(2);
    await folder.draft();
    expect(server.asked).toHaveLength(2); // that was a moment ago
    expect(await folder.lookFor([])).toBeTypeOf('function');
    await folder.draft();
    expect(server.asked).toHaveLength(3);
  });

  test('a large site is listed page by page', async () => {
    server.pageSize = 3;
    const { folder } = machine();
    const documents = site('a', 'b', 'c', 'd');
    await publish(folder, documents);
    server.asked.length = 0;
    const isThere = await machine({}, 'two').folder.lookFor(pathsOf(documents));
    expect(pathsOf(documents).every(isThere)).toBe(true);
    expect(server.asked).toHaveLength(Math.ceil(documents.length / 3));
  });

  test('only what has changed is uploaded, what is new before what leads to it, and what goes last', async () => {
    const { folder } = machine();
    const [before, after] = [site('a', 'b', 'c'), site('a', 'd', 'e')];
    await publish(folder, before);
    server.asked.length = 0;
    const { removed } = await publish(folder, after, goneOf(before, after));
    const done = writes(server.asked);
    const place = (asked: string): number => done.indexOf(asked);
    expect(server.files()).toEqual(byPath(after));
    expect(removed).toEqual(goneOf(before, after));
    expect(done).not.toContain('PUT site/style.css'); // as many stories as before
    expect(place('PUT site/story/d/index.html')).toBeLessThan(place('PUT site/calais/index.html'));
    expect(place('PUT site/calais/archive/d/index.html')).toBeLessThan(place('PUT site/calais/archive/index.html'));
    expect(place('PUT site/calais/index.html')).toBeLessThan(place('PUT site/index.html'));
    expect(done.findIndex((one) => one.startsWith('DELETE'))).toBeGreaterThan(place('PUT site/index.html'));
    expect(place('DELETE site/calais/archive/b/index.html')).toBeLessThan(place('DELETE site/story/b/index.html'));
  });

  test('what another machine has put there since is seen, and made what it should be', async () => {
    const [one, two] = [machine().folder, machine({}, 'two').folder];
    await publish(one, site('a'));
    await publish(two, site('a', 'b'));
    expect((await publish(one, site('a'), goneOf(site('a', 'b'), site('a')))).written).toContain('index.html');
    expect(server.files()).toEqual(byPath(site('a')));
  });

  test('at most sixteen requests are under way at a time', async () => {
    const { folder } = machine();
    const many = site(...Array.from({ length: 60 }, (_, at) => `s${at}`));
    let most = 0;
    server.slowMs = 5;
    server.onBusy = (count) => {
      most = Math.max(most, count);
    };
    await publish(folder, many);
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(16);
  });
});

describe('whatever request is the last, every link leads somewhere, and the next publication makes it whole', () => {
  const [before, after] = [site('a', 'b', 'c'), site('a', 'd', 'e')];
  const gone = goneOf(before, after);

  test.each([
    ['from nothing', [] as SiteDocument[], before, [] as string[]],
    ['from one state to the next', before, after, gone],
  ])('%s', async (_how, first, second, goes) => {
    if (first.length > 0) await publish(machine().folder, first);
    const start = new Map(server.objects);
    let isCut = true;
    for (let allowed = 0; isCut; allowed += 1) {
      server.objects.clear();
      for (const [key, object] of start) server.objects.set(key, object);
      let count = 0;
      server.trouble = (asked) => {
        if (writes([asked]).length === 0) return undefined;
        count += 1;
        return count > allowed ? { status: 403, code: 'AccessDenied' } : undefined;
      };
      const cut = await publish(machine().folder, second, goes).then(
        () => undefined,
        (error: unknown) => error,
      );
      isCut = cut !== undefined;
      if (isCut) expect(cut).toBeInstanceOf(Halt);
      expect(await faultsOf(server.files(), 'https://news.example/', 'reader'), `after ${allowed}`).toEqual([]);
      server.trouble = () => undefined;
      await publish(machine({}, 'two').folder, second, goes);
      expect(server.files(), `after ${allowed}`).toEqual(byPath(second));
      expect(allowed).toBeLessThan(40);
    }
  });

  test('what a killed one has left waiting on the disk is cleared away, also where there is nothing to publish', async () => {
    const { folder, waiting } = machine();
    await (await folder.draft()).add(site('a'));
    expect(readdirSync(waiting, { recursive: true })).toContain('index.html');
    await machine().folder.clear();
    expect([existsSync(waiting), server.objects.size]).toEqual([false, 0]);
  });
});

describe('trouble that passes', () => {
  test.each([
    ['an overloaded server', { status: 503, code: 'SlowDown' }],
    ['an error of the server', { status: 500, code: 'InternalError' }],
    ['a connection that breaks off', 'hang up'],
  ] as const)('%s is asked again', async (_what, trouble) => {
    let left = 2;
    server.trouble = (asked) => {
      if (!asked.startsWith('PUT') || left === 0) return undefined;
      left -= 1;
      return trouble;
    };
    await publish(machine().folder, site('a'));
    expect(server.files()).toEqual(byPath(site('a')));
    expect(left).toBe(0);
  });
});

describe('trouble that stays is told in words', () => {
  const { keys } = { keys: { id: 'AKIDEXAMPLE', secret: 'not the secret', session: undefined } };

  test.each<[string, Partial<BucketSettings>, string, RegExp]>([
    [
      'a wrong secret',
      { keys },
      'publish/bucket-denied',
      /s3:\/\/news\/site\/ at 127\.0\.0\.1:\d+: AWS_SECRET_ACCESS_KEY does not belong/,
    ],
    [
      'an unknown key',
      { keys: { ...keys, id: 'AKIDOTHER' } },
      'publish/bucket-denied',
      /does not know the key in AWS_ACCESS_KEY_ID/,
    ],
    [
      'a bucket that is not there',
      { name: 'olds' },
      'publish/bucket-not-found',
      /s3:\/\/olds\/site\/ .*no bucket of that name/,
    ],
    ['another region', { region: 'eu-test-2' }, 'publish/bucket-not-found', /region is not that of the bucket/],
    [
      'an address where nothing listens',
      { endpoint: 'http://127.0.0.1:1' },
      'publish/bucket-unreachable',
      /127\.0\.0\.1:1: nothing listens there/,
    ],
  ])('%s', async (_what, change, code, words) => {
    const halt = await haltOf(publish(machine(change).folder, site('a')));
    expect(halt.code).toBe(code);
    expect(halt.happened).toMatch(words);
    expect(halt.todo).not.toBe('');
    expect(JSON.stringify(halt)).not.toMatch(/not the secret|wJalrXUtnFEMI|AKID/);
    expect(server.objects.size).toBe(0);
  });

  test.each([
    [{ status: 507, code: 'XMinioStorageFull' }, 'publish/bucket-refused', /507 XMinioStorageFull/],
    [{ status: 403, code: 'AllAccessDisabled' }, 'publish/bucket-denied', /403 AllAccessDisabled/],
    [{ status: 503, code: 'SlowDown' }, 'publish/bucket-unreachable', /503 SlowDown/],
    ['hang up', 'publish/bucket-unreachable', /the connection broke off/],
  ] as const)('%j to every upload', async (trouble, code, words) => {
    server.trouble = (asked) => (asked.startsWith('PUT') ? trouble : undefined);
    const { folder } = machine();
    const halt = await haltOf(publish(folder, [{ path: 'index.html', body: 'x' }]));
    expect(halt).toMatchObject({ code, happened: expect.stringMatching(words) as string });
    expect(JSON.stringify(halt)).not.toContain('wJalrXUtnFEMI'); // the server's own sentence is not passed on
    server.trouble = () => undefined;
    await publish(folder, [{ path: 'index.html', body: 'x' }]);
    expect(inBucket()).toEqual(['index.html']);
  });
});

test('after a refusal no other upload is begun', async () => {
  server.trouble = (asked) => (asked.startsWith('PUT') ? { status: 403, code: 'AccessDenied' } : undefined);
  await haltOf(publish(machine().folder, site(...Array.from({ length: 60 }, (_, at) => `s${at}`))));
  expect(writes(server.asked).length).toBeLessThanOrEqual(16);
});

describe('no key leads out of the folder', () => {
  test.each(['../index.html', '/index.html', 'a/../../b.html', '.hidden', 'a//b', 'A.html', ''])('%j', async (path) => {
    const { folder } = machine();
    await publish(folder, site('a'));
    server.asked.length = 0;
    const draft = await folder.draft();
    await expect(draft.add([{ path, body: 'x' }])).rejects.toThrow('no path for a document');
    await expect(folder.remove([path])).rejects.toThrow('no path for a document');
    expect(() => folder.read(path)).toThrow('no path for a document');
    expect(writes(server.asked)).toEqual([]);
  });

  test('what else is in the bucket is neither believed to be ours nor touched', async () => {
    const other = { body: Buffer.from('x'), contentType: '', cacheControl: '' };
    for (const key of ['index.html', 'sites/index.html', 'site/../index.html', 'site/', 'site/.htaccess', 'site/X'])
      server.objects.set(key, other);
    const { folder } = machine();
    const isThere = await folder.lookFor(['index.html', '../index.html', '.htaccess']);
    expect(['index.html', '../index.html', '.htaccess', '', 'X'].filter(isThere)).toEqual([]);
    await publish(folder, site('a'));
    await folder.remove(pathsOf(site('a')));
    expect([...server.objects.keys()].filter((key) => server.objects.get(key) === other)).toHaveLength(6);
    expect(server.objects.size).toBe(6);
  });
});

test('a file is read, and one that is not there is none', async () => {
  const { folder } = machine();
  await publish(folder, site('a'));
  expect(await folder.read('calais/index.html')).toContain('Calais ☂');
  expect(await folder.read('calais/nothing.eml')).toBeUndefined();
});

describe('pictures', () => {
  const [bytes, name] = [Buffer.from('pixels'), /^[0-9a-f]{32}\.jpg$/];

  test('made by one machine are published by another, inside the bucket, and go when nothing shows them', async () => {
    const [one, two] = [machine(), machine({}, 'two')];
    const file = await one.pictures.keep(bytes, 'jpg');
    expect(file).toMatch(name);
    expect(inBucket()).toEqual([]); // no reader is led there
    expect(await two.pictures.files()).toEqual([file]);
    const shown = { path: `images/${file}`, copyOf: two.pictures.pathOf(file) };
    const draft = await two.folder.draft();
    await draft.add([shown]);
    server.asked.length = 0;
    expect(await draft.publish()).toEqual([shown.path]);
    expect(server.asked).toEqual([`COPY site/images/${file}`]);
    expect(server.objects.get(`site/images/${file}`)).toEqual({
      body: bytes,
      contentType: 'image/jpeg',
      cacheControl: 'max-age=86400',
    });
    const again = await one.folder.draft();
    await again.add([shown]);
    expect(again.paths()).toEqual([]);
    await one.pictures.keepOnly([]);
    expect(inBucket()).toEqual([`images/${file}`]); // that goes with the publication
    await one.folder.remove([shown.path]);
    expect(server.objects.size).toBe(0);
  });

  test('from before the site moved come along, once', async () => {
    const local = openPictureFolder(join(base, 'one', 'images'));
    const file = await local.keep(bytes, 'jpg');
    const { pictures } = machine();
    expect(await pictures.files()).toEqual([file]);
    expect([await local.files(), [...server.objects.keys()]]).toEqual([[], [`site/.relais-pictures/${file}`]]);
    server.asked.length = 0;
    expect(await pictures.files()).toEqual([file]);
    expect(writes(server.asked)).toEqual([]);
  });
});

test('a disk on which nothing can wait is told as such, and nothing is published', async () => {
  const { folder, waiting } = machine();
  const draft = await folder.draft();
  rmSync(join(base, 'one'), { recursive: true, force: true });
  writeFileSync(join(base, 'one'), 'a file where a folder should be');
  expect(await haltOf(draft.add(site('a')))).toMatchObject({ code: 'publish/not-writable' });
  expect([existsSync(waiting), server.objects.size]).toEqual([false, 0]);
});
