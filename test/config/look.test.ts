/** The folder look/ beside sources.yaml: what of it is read, and why the rest is not. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { readLookFiles } from '../../src/config/look.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-look-'));
  file = join(folder, 'sources.yaml');
  mkdirSync(join(folder, 'look'));
  writeFileSync(file, 'sections: { c: [ "https://a.example/feed" ] }\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const lay = (name: string, content: string | Uint8Array = 'x'): void =>
  writeFileSync(join(folder, 'look', name), content);
const read = async (): Promise<Record<string, string | undefined>> =>
  Object.fromEntries((await readLookFiles(file)).map(({ name, mistake }) => [name, mistake]));

async function hash(): Promise<string> {
  const config = await loadConfig(file, {});
  return config.kind === 'config' ? config.config.hash : '';
}

test('without a folder, or with an empty one, the settings are what they were', async () => {
  const empty = await hash();
  rmSync(join(folder, 'look'), { recursive: true });
  expect([await hash(), await readLookFiles(file)]).toEqual([empty, []]);
  writeFileSync(join(folder, 'look'), 'a file');
  expect(await readLookFiles(file)).toEqual([]);
});

test('texts come as text, pictures as bytes', async () => {
  lay('style.css', '\ufeffa { color: red }');
  lay('logo.png', new Uint8Array([0, 255, 128]));
  expect(await readLookFiles(file)).toEqual([
    { name: 'logo.png', path: join(folder, 'look/logo.png'), text: '', bytes: 'AP+A' },
    { name: 'style.css', path: join(folder, 'look/style.css'), text: 'a { color: red }' },
  ]);
});

test('a change of what is in a file is a change of the settings, and touching it is none', async () => {
  const before = await hash();
  lay('style.css', 'a');
  const first = await hash();
  lay('style.css', 'b');
  const second = await hash();
  lay('style.css', 'a');
  expect(new Set([before, first, second]).size).toBe(3);
  expect(await hash()).toBe(first);
  rmSync(join(folder, 'look', 'style.css'));
  expect(await hash()).toBe(before);
});

describe('names', () => {
  test('that are none of anybody are passed over', async () => {
    for (const name of ['.DS_Store', '.hidden.css', 'style.css~', 'Thumbs.db', 'desktop.ini']) lay(name);
    expect(await read()).toEqual({});
  });

  test.each([
    ['Logo.PNG', 'names are made of small letters a-z, digits, hyphens and dots. Call it logo.png'],
    ['my logo.png', 'names are made of small letters a-z, digits, hyphens and dots. Call it my-logo.png'],
    ['photo.jpeg', 'names are made of small letters a-z, digits, hyphens and dots. Call it photo.jpg'],
    ['شعار.svg', 'names are made of small letters a-z, digits, hyphens and dots. Call it picture.svg'],
    ['"><script>.svg', 'names are made of small letters a-z, digits, hyphens and dots. Call it picture.svg'],
    ['\u001b[31m\u202egnp.png', 'names are made of small letters a-z, digits, hyphens and dots. Call it picture.png'],
    [`${'a'.repeat(200)}.png`, 'names are made of small letters a-z, digits, hyphens and dots. Call it picture.png'],
    ['imprint.html', 'pieces of pages are called page.html, head.html, foot.html, about.html.'],
    ['footer.html', 'pieces of pages are called page.html, head.html, foot.html, about.html. Did you mean foot.html?'],
    ['Page.html', 'pieces of pages are called page.html, head.html, foot.html, about.html. Did you mean page.html?'],
    [
      'anim.gif',
      'only files that end in .svg, .png, .jpg, .webp and .css are published from here. Save the picture as .png, .jpg or .webp.',
    ],
    [
      'serif.woff2',
      'only files that end in .svg, .png, .jpg, .webp and .css are published from here. Pages load no fonts: choose one that readers have.',
    ],
    [
      'count.js',
      'only files that end in .svg, .png, .jpg, .webp and .css are published from here. Pages run no scripts.',
    ],
    ['README', 'only files that end in .svg, .png, .jpg, .webp and .css are published from here.'],
  ])('%j is not used', async (name, why) => {
    lay(name);
    const [found, ...others] = await readLookFiles(file);
    expect([found?.mistake, others]).toEqual([why, []]);
    expect(found?.path).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('places', () => {
  test('a link that leads out of the folder is not followed, nor a folder or a pipe read', async () => {
    writeFileSync(join(folder, 'secret.png'), 'secret');
    lay('real.png', 'picture');
    symlinkSync(join(folder, 'secret.png'), join(folder, 'look', 'out.png'));
    symlinkSync('../secret.png', join(folder, 'look', 'up.png'));
    symlinkSync('..', join(folder, 'look', 'above.css'));
    symlinkSync('real.png', join(folder, 'look', 'in.png'));
    symlinkSync('nowhere.png', join(folder, 'look', 'dangling.png'));
    symlinkSync('loop.png', join(folder, 'look', 'loop.png'));
    mkdirSync(join(folder, 'look', 'inner.css'));
    execFileSync('mkfifo', [join(folder, 'look', 'pipe.css')]);
    const out = 'it is a link that leads out of the folder. Put the file itself there';
    expect(await read()).toEqual({
      'above.css': out,
      'dangling.png': 'there is no such file',
      'in.png': undefined,
      'inner.css': 'it is a folder. Put the files themselves beside the others',
      'loop.png': 'it is a link that leads in a circle',
      'out.png': out,
      'pipe.css': 'it is no file',
      'real.png': undefined,
      'up.png': out,
    });
    expect(JSON.stringify(await readLookFiles(file))).not.toContain(Buffer.from('secret').toString('base64'));
  });

  test('the folder itself may be a link', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere', 'style.css'), 'a {}');
    rmSync(join(folder, 'look'), { recursive: true });
    symlinkSync('elsewhere', join(folder, 'look'));
    expect(await read()).toEqual({ 'style.css': undefined });
  });

  test.skipIf(process.getuid?.() === 0)('what may not be read says so', async () => {
    lay('style.css');
    chmodSync(join(folder, 'look', 'style.css'), 0);
    expect(await read()).toEqual({ 'style.css': 'the user that runs relais may not read it' });
  });
});

describe('sizes', () => {
  test.each([
    ['logo.png', 200],
    ['icon.svg', 100],
    ['page.html', 64],
    ['style.css', 128],
    ['paper.jpg', 1024],
  ])('%s may have %i kB', async (name, limit) => {
    lay(name, 'x'.repeat(limit * 1024));
    expect(await read()).toEqual({ [name]: undefined });
    lay(name, 'x'.repeat(limit * 1024 + 1));
    expect(await read()).toEqual({ [name]: `it is larger than ${limit} kB` });
  });

  test('all together may have 5 MB', async () => {
    for (const name of 'abcdefg') lay(`${name}.png`, 'x'.repeat(900 * 1024));
    const used = Object.entries(await read());
    expect(used.filter(([, mistake]) => mistake === undefined).map(([name]) => name)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.png`),
    );
    expect(used.at(-1)?.[1]).toBe('all files of the folder together may have 5 MB');
  });

  test('there may be 50, and those with a place of their own come first', async () => {
    for (let n = 100; n < 152; n++) lay(`a${n}.png`);
    lay('style.css');
    lay('page.html');
    const files = await readLookFiles(file);
    expect(files.slice(0, 2).map(({ name }) => name)).toEqual(['page.html', 'style.css']);
    expect(files.at(-1)?.mistake).toBe('a148.png and 3 more: there may be 50 files in the folder');
    expect(files).toHaveLength(51);
  });

  test('what is no text is none', async () => {
    lay('style.css', new Uint8Array([0xff, 0xfe]));
    expect(await read()).toEqual({ 'style.css': 'it is not saved as UTF-8' });
  });
});
