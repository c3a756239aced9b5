import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SiteDocument, SiteFile } from '../../src/model.ts';
import { Halt } from '../../src/problems.ts';
import { openDraft, removeFiles } from '../../src/publish/write.ts';

let base = '';
let folder = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'relais-write-'));
  folder = join(base, 'data', 'site');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const documents = [
  { path: 'index.html', body: '<p>front</p>' },
  { path: 'calais/index.html', body: '<p>Calais ☂</p>' },
  { path: 'calais/feed.xml', body: '<rss/>' },
  { path: 'calais/digest/2026-w47/index.html', body: '<p>week</p>' },
  { path: 'story/abc/index.html', body: '<p>story</p>' },
  { path: 'style.css', body: 'p{}' },
];

/** A whole publication. @returns what was written, in order */
async function writeSite(to: string, all: readonly (SiteDocument | SiteFile)[]): Promise<readonly string[]> {
  const draft = await openDraft(to);
  await draft.add(all);
  return await draft.publish();
}

function put(path: string, body = 'old'): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, body);
  return full;
}

function filesIn(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !statSync(join(folder, name)).isDirectory())
    .sort();
}

async function haltOf(work: Promise<unknown>): Promise<{ code: string; happened: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Halt)) throw new Error('did not halt', { cause: error });
  return error.problem;
}

describe('writing', () => {
  test('makes the folder and every file, whole, and leaves nothing else', async () => {
    const written = await writeSite(folder, documents);
    expect(filesIn()).toEqual(documents.map(({ path }) => path).sort());
    for (const { path, body } of documents) expect(readFileSync(join(folder, path), 'utf8')).toBe(body);
    expect(written).toHaveLength(6);
    expect(readdirSync(join(base, 'data'))).toEqual(['site']);
  });

  test('what is linked to comes before what links to it', async () => {
    expect(await writeSite(folder, documents)).toEqual([
      'style.css',
      'story/abc/index.html',
      'calais/digest/2026-w47/index.html',
      'calais/feed.xml',
      'calais/index.html',
      'index.html',
    ]);
  });

  test('a second time it writes nothing, and the files keep their times', async () => {
    await writeSite(folder, documents);
    const past = new Date('2020-01-01T00:00:00Z');
    for (const { path } of documents) utimesSync(join(folder, path), past, past);
    expect(await writeSite(folder, documents)).toEqual([]);
    for (const { path } of documents) expect(statSync(join(folder, path)).mtime).toEqual(past);
  });

  test('only what differs is written, also where the length is the same', async () => {
    await writeSite(folder, documents);
    const changed = documents.map((one) => (one.path === 'calais/feed.xml' ? { ...one, body: '<RSS/>' } : one));
    expect(await writeSite(folder, changed)).toEqual(['calais/feed.xml']);
    expect(readFileSync(join(folder, 'calais/feed.xml'), 'utf8')).toBe('<RSS/>');
  });

  test('a file is replaced, never rewritten: who has the old one open reads it to its end', async () => {
    const full = put('calais/feed.xml');
    const before = statSync(full).ino;
    const inHand = join(folder, 'calais/held');
    const { linkSync } = await import('node:fs');
    linkSync(full, inHand);
    await writeSite(folder, documents);
    expect(readFileSync(inHand, 'utf8')).toBe('old');
    expect(statSync(full).ino).not.toBe(before);
  });

  test('pages that nothing leads to yet come before all that are replaced, and the front page last', async () => {
    await writeSite(folder, documents);
    const next = [
      { path: 'index.html', body: 'leads to the new week and the new story' },
      { path: 'calais/feed.xml', body: 'leads to the new story' },
      { path: 'calais/digest/2026-w48/index.html', body: 'leads to the new story' },
      { path: 'story/abc/index.html', body: 'corrected' },
      { path: 'story/new/index.html', body: 'new' },
    ];
    expect(await writeSite(folder, next)).toEqual([
      'story/new/index.html',
      'calais/digest/2026-w48/index.html',
      'story/abc/index.html',
      'calais/feed.xml',
      'index.html',
    ]);
  });

  test('readers see nothing of it before all of it is there', async () => {
    await writeSite(folder, documents);
    const seen = (): string[] => filesIn().filter((path) => !path.startsWith('.'));
    const before = seen();
    const draft = await openDraft(folder);
    await draft.add([{ path: 'calais/feed.xml', body: 'new' }]);
    await draft.add([{ path: 'story/new/index.html', body: 'new' }]);
    expect(seen()).toEqual(before);
    expect(readFileSync(join(folder, 'calais/feed.xml'), 'utf8')).toBe('<rss/>');
    await draft.publish();
    expect(readFileSync(join(folder, 'calais/feed.xml'), 'utf8')).toBe('new');
  });

  test.each([
    ['is not there', () => {}],
    ['is empty', () => mkdirSync(folder, { recursive: true })],
  ])('a site that %s appears at once', async (_what, prepare) => {
    prepare();
    const draft = await openDraft(folder);
    await draft.add(documents);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
    await draft.publish();
    expect(filesIn()).toHaveLength(documents.length);
  });

  test('an empty folder with rights of its own keeps them', async () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o750);
    const before = statSync(folder).ino;
    await writeSite(folder, documents);
    expect([statSync(folder).ino, statSync(folder).mode & 0o777]).toEqual([before, 0o750]);
    expect(filesIn()).toHaveLength(documents.length);
  });

  test.each([
    ['the first', false],
    ['a later one', true],
  ])('what %s left waiting when it was killed is cleared away', async (_what, isLater) => {
    if (isLater) await writeSite(folder, documents);
    const killed = await openDraft(folder);
    await killed.add([{ path: 'calais/old.xml', body: '<rss' }]);
    await writeSite(folder, documents);
    expect(filesIn()).toEqual(documents.map(({ path }) => path).sort());
    expect(readdirSync(join(base, 'data'))).toEqual(['site']);
  });

  test.each([
    '../out.html',
    'calais/../../out.html',
    '/etc/out.html',
    'a//b.html',
    'calais/',
    '',
    '.htaccess',
    'calais/.hidden/x.html',
    'a\\b.html',
    'Ünder.html',
    'a b.html',
    'a\u0000.html',
    'C:/x.html',
    `${'a'.repeat(201)}.html`,
  ])('refuses the path %j as a bug of ours, and writes nothing', async (path) => {
    const work = writeSite(folder, [...documents, { path, body: 'x' }]);
    await expect(work).rejects.toThrow('no path for a document');
    await expect(work).rejects.not.toBeInstanceOf(Halt);
    expect(existsSync(folder)).toBe(false);
  });

  test('refuses two documents with one path', async () => {
    await expect(
      writeSite(folder, [
        { path: 'a.html', body: '1' },
        { path: 'a.html', body: '2' },
      ]),
    ).rejects.toThrow('two documents with the path a.html');
    const draft = await openDraft(folder);
    await draft.add([{ path: 'a.html', body: '1' }]);
    await expect(draft.add([{ path: 'a.html', body: '2' }])).rejects.toThrow('two documents with the path a.html');
  });
});

describe('symbolic links', () => {
  test('the folder itself may be one', async () => {
    mkdirSync(join(base, 'www'));
    mkdirSync(join(base, 'data'));
    symlinkSync(join(base, 'www'), folder);
    await writeSite(folder, documents);
    expect(readFileSync(join(base, 'www/style.css'), 'utf8')).toBe('p{}');
  });

  test('one inside that leads out is not followed', async () => {
    const elsewhere = join(base, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(folder, { recursive: true });
    symlinkSync(elsewhere, join(folder, 'calais'));
    const halt = await haltOf(writeSite(folder, documents));
    expect(halt.code).toBe('publish/not-writable');
    expect(halt.happened).toContain('calais is a symbolic link that leads out of the folder');
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('one in the place of a file is replaced, and its target left alone', async () => {
    const target = join(base, 'target.txt');
    writeFileSync(target, '<rss/>');
    mkdirSync(join(folder, 'calais'), { recursive: true });
    symlinkSync(target, join(folder, 'calais/feed.xml'));
    symlinkSync(base, join(folder, '.relais-part'));
    await writeSite(folder, documents);
    expect(lstatSync(join(folder, 'calais/feed.xml')).isSymbolicLink()).toBe(false);
    expect(readFileSync(target, 'utf8')).toBe('<rss/>');
  });
});

/** Root may write everywhere, so it becomes nobody while `work` runs. */
async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('where nothing can be written', () => {
  test('without the right to write it halts, says where and why, and leaves the old files whole', async () => {
    const old = put('calais/feed.xml');
    for (const path of [base, join(base, 'data'), folder, join(folder, 'calais')]) chmodSync(path, 0o555);
    const halt = await unprivileged(() => haltOf(writeSite(folder, documents)));
    for (const path of [base, join(base, 'data'), folder, join(folder, 'calais')]) chmodSync(path, 0o755);
    expect(halt.code).toBe('publish/not-writable');
    expect(halt.happened).toContain('permission denied');
    expect(readFileSync(old, 'utf8')).toBe('old');
    expect(filesIn()).toEqual(['calais/feed.xml']);
  });

  test('one file that cannot be written keeps all others as they were, and leaves no half file', async () => {
    const old = put('calais/feed.xml');
    put('story', 'a file where a folder should be');
    const halt = await haltOf(writeSite(folder, documents));
    expect(halt.code).toBe('publish/not-writable');
    expect(halt.happened).toMatch(/story.*a file lies where a folder should be|something else lies there/);
    expect(readFileSync(old, 'utf8')).toBe('old');
    expect(filesIn()).toEqual(['calais/feed.xml', 'story']);
  });

  test('a folder in the place of a file halts, and leaves no half file', async () => {
    mkdirSync(join(folder, 'index.html', 'full'), { recursive: true });
    expect((await haltOf(writeSite(folder, documents))).code).toBe('publish/not-writable');
    expect(filesIn().filter((path) => path.includes('relais-part'))).toEqual([]);
  });
});

describe('removing', () => {
  const kept = documents.map(({ path }) => path);

  test('takes away the files named, and folders that are empty then', async () => {
    const gone = ['calais/2020-01/index.html', 'ventimiglia/feed.json', 'ventimiglia/index.html'];
    await writeSite(folder, [...documents, ...gone.map((path) => ({ path, body: 'x' }))]);
    expect(await removeFiles(folder, [...gone, 'never/there.html'])).toEqual(gone);
    expect(filesIn()).toEqual([...kept].sort());
    expect(existsSync(join(folder, 'ventimiglia'))).toBe(false);
  });

  test('takes a list away before what it lists', async () => {
    const gone = ['calais/2020-01/index.html', 'story/abc/index.html'];
    await writeSite(folder, [...documents.slice(0, 4), ...gone.map((path) => ({ path, body: 'x' }))]);
    for (const path of ['', 'calais', 'calais/2020-01']) chmodSync(join(folder, path), 0o777);
    chmodSync(base, 0o755);
    const halt = await unprivileged(() => haltOf(removeFiles(folder, gone.toReversed())));
    expect(halt.happened).toContain('permission denied');
    expect(gone.map((path) => existsSync(join(folder, path)))).toEqual([false, true]);
  });

  test('leaves a folder in which somebody has put something', async () => {
    await writeSite(folder, [{ path: 'ventimiglia/index.html', body: 'x' }]);
    put('ventimiglia/photo.jpg');
    await removeFiles(folder, ['ventimiglia/index.html']);
    expect(filesIn()).toEqual(['ventimiglia/photo.jpg']);
  });

  test('does not follow a link out', async () => {
    await writeSite(folder, documents);
    mkdirSync(join(base, 'elsewhere'));
    writeFileSync(join(base, 'elsewhere/page.html'), 'x');
    symlinkSync(join(base, 'elsewhere'), join(folder, 'linked'));
    expect(await removeFiles(folder, ['linked/page.html'])).toEqual([]);
    expect(existsSync(join(base, 'elsewhere/page.html'))).toBe(true);
    await expect(removeFiles(folder, ['../elsewhere/page.html'])).rejects.toThrow('no path');
  });
});

describe('files that lie ready elsewhere', () => {
  const path = 'images/0123.jpg';
  const elsewhere = (name = '0123.jpg', at = base): string => {
    const copyOf = join(at, name);
    writeFileSync(copyOf, 'a picture');
    return copyOf;
  };

  test('get a second name, before the pages that show them, and are left alone when they are there', async () => {
    const copyOf = elsewhere();
    expect(await writeSite(folder, [...documents, { path, copyOf }])).toEqual([
      path,
      'style.css',
      ...(await writeSite(join(base, 'other'), documents)).slice(1),
    ]);
    expect(statSync(join(folder, path)).ino).toBe(statSync(copyOf).ino);
    expect(await writeSite(folder, [...documents, { path, copyOf }])).toEqual([]);
  });

  test('take the place of one that was cut off, and of a link', async () => {
    await writeSite(folder, documents);
    put(path, 'a pict');
    expect(await writeSite(folder, [{ path, copyOf: elsewhere() }])).toEqual([path]);
    rmSync(join(folder, path));
    symlinkSync(join(base, '0123.jpg'), join(folder, path));
    expect(await writeSite(folder, [{ path, copyOf: elsewhere() }])).toEqual([path]);
    expect(lstatSync(join(folder, path)).isFile()).toBe(true);
  });

  test.skipIf(!existsSync('/dev/shm') || statSync('/dev/shm').dev === statSync(tmpdir()).dev)(
    'are copied from another disk',
    async () => {
      const other = mkdtempSync('/dev/shm/relais-');
      await writeSite(folder, [...documents, { path, copyOf: elsewhere('0123.jpg', other) }]);
      rmSync(other, { recursive: true });
      expect(readFileSync(join(folder, path), 'utf8')).toBe('a picture');
    },
  );

  test('that are not there halt the publication, and the site is as it was', async () => {
    await writeSite(folder, documents);
    const before = filesIn();
    const { code } = await haltOf(writeSite(folder, [{ path, copyOf: join(base, 'nowhere') }]));
    expect([code, filesIn()]).toEqual(['publish/not-writable', before]);
  });
});
