/** A maintainer's own look, from the folder beside sources.yaml to the site: and nothing that is wrong with it stops a run. */
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunReport } from '../../src/run.ts';
import { type Ended, relais } from '../cli/relais.ts';
import { drawing, frame } from '../look/dress.ts';
import { openSettingsFolder, type SettingsFolder } from './settings-folder.ts';

const feed = `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link><language>en</language>
<item><guid>1</guid><title>At the quay</title><link>https://harbour.example/1</link><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>
<description>People came to the quay in the morning, and are waiting.</description></item></channel></rss>`;

let own: SettingsFolder;
beforeEach(async () => {
  own = await openSettingsFolder(
    feed,
    (url) => `site: { url: "https://news.example/", title: Harbour News }
sections: { quay: [ { url: "${url}", show: full } ] }
`,
  );
});
afterEach(() => own.close());

const lay = (name: string, content: string): void => own.lay(join('look', name), content);
const run = (): Promise<RunReport> => own.run();
const told = ({ problems }: RunReport): string[] =>
  problems.map(({ code, subject: { file, line, column } }) => `${file?.split('/').at(-1)}:${line}:${column} ${code}`);
const file = (path: string): string => own.file(path);
const isThere = (path: string): boolean => existsSync(join(own.siteFolder, path));

test('every page wears it, each file of it is published, and a change of any makes the pages anew once', async () => {
  await run();
  expect([isThere('look'), isThere('icon.svg')]).toEqual([false, true]);
  const before = file('quay/index.html');

  lay('logo.svg', drawing);
  lay('icon.svg', drawing);
  lay('style.css', '/* mine */ .nameplate { background: url(logo.svg) }');
  lay('foot.html', '<p>Published by <a href="about/">the harbour press</a>.</p>');
  lay('about.html', '<h2>Who we are</h2><p>Three people.</p>');
  lay('head.html', '<link rel="me" href="https://social.example/@us">');
  const first = await run();
  expect([told(first), first.publication.defects]).toEqual([[], []]);
  expect(first.publication.written).toEqual(
    expect.arrayContaining(['look/icon.svg', 'look/logo.svg', 'style.css', 'quay/index.html', 'index.html']),
  );
  expect(first.publication.removed).toEqual(['icon.svg']);
  const page = load(file('quay/index.html'));
  expect(page('.nameplate img.logo').attr()).toEqual({
    class: 'logo',
    src: '../look/logo.svg',
    alt: '',
    width: '120',
    height: '40',
  });
  expect(page('link[rel="icon"]').attr('href')).toBe('../look/icon.svg');
  expect(page('link[rel="me"]').attr('href')).toBe('https://social.example/@us');
  expect(page('.foot .own').attr()).toEqual({ class: 'own', lang: 'en', dir: 'ltr' });
  expect(page('.foot .own a').attr('href')).toBe('../about/index.html');
  expect(load(file('about/index.html'))('main h2').first().text()).toBe('Who we are');
  expect(file('style.css')).toMatch(/\n\.nameplate \{ background: url\("look\/logo\.svg"\) \}\n$/);
  expect(file('look/logo.svg')).toBe(drawing);

  expect((await run()).publication).toEqual({ written: [], removed: [], defects: [] });
  lay('logo.svg', drawing.replace('#8a1c1c', '#1c1c8a'));
  expect((await run()).publication.written).toEqual(['look/logo.svg']); // the pages are made anew, and are the same
  lay('foot.html', '<p>Published by nobody.</p>');
  expect((await run()).publication.written).toContain('quay/index.html');

  rmSync(join(own.folder, 'look'), { recursive: true });
  expect((await run()).publication.removed).toEqual(['look/icon.svg', 'look/logo.svg']);
  expect([file('quay/index.html'), isThere('look'), isThere('icon.svg')]).toEqual([before, false, true]);
});

test('a frame of the maintainer’s stands around every page; the files to begin with change nothing', async () => {
  await run();
  const before = file('quay/index.html');
  expect(await relais(own.folder, 'look')).toMatchObject<Partial<Ended>>({ exitCode: 0, err: '' });
  expect(await run()).toMatchObject({ problems: [], publication: { written: ['style.css'] } });
  expect(file('quay/index.html')).toBe(before);

  lay(
    'page.html',
    `<!DOCTYPE html>\n<html class="x">\n<head>\n<!-- x --><relais-head></relais-head><link rel="me" href="https://social.example/@us"></head>
<body class="mine"><div class="wrap"><header><p>Own words</p><relais-nameplate/></header>
<relais-content></relais-content>
<aside><p><a href="quay/">Quay</a></p></aside></div></body></html>`,
  );
  const changed = await run();
  expect(told(changed)).toEqual(['page.html:2:7 look/left-out']);
  expect(told(await run())).toEqual([]);
  for (const [path, way] of [
    ['index.html', 'quay/index.html'],
    ['quay/index.html', 'index.html'],
    ['about/index.html', '../quay/index.html'],
  ] as const) {
    const page = load(file(path));
    const theirs = load(path === 'quay/index.html' ? before : file(path));
    expect(page('html').attr()).toEqual({ lang: 'en', dir: 'ltr' });
    expect(page('head').html()?.startsWith('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')).toBe(
      true,
    );
    expect(page('head link[rel="canonical"], head link[rel="alternate"]').toString()).toBe(
      theirs('head link[rel="canonical"], head link[rel="alternate"]').toString(),
    );
    expect(page('head link[rel="me"]')).toHaveLength(1);
    expect(page('body').attr('class')).toBe(path === 'index.html' ? 'front mine' : 'mine');
    expect(page('body > a.skip + div.wrap > header > header.nameplate')).toHaveLength(1);
    expect(page('body > div.wrap main#content')).toHaveLength(1);
    expect(page('aside a').last().attr('href')).toBe(way);
    expect(page('.foot')).toHaveLength(0);
  }
});

test('a broken frame is told once, and the pages have ours', async () => {
  await run();
  const before = file('quay/index.html');
  lay('page.html', frame('<div>').replace('<relais-content></relais-content>', ''));
  const broken = await run();
  expect(told(broken)).toEqual(['page.html:1:53 look/broken']);
  expect([broken.publication.written, broken.publication.defects, broken.defects]).toEqual([[], [], []]);
  expect(file('quay/index.html')).toBe(before);
  expect(told(await run())).toEqual([]);
  const check = await relais(own.folder, 'check');
  expect(check.exitCode).toBe(0);
  const [happened, code, mark, did] = check.out.slice(check.out.indexOf('look/page.html:1:53')).split('\n');
  expect(happened).toBe('look/page.html:1:53  <div> opens here and is never closed. Write  </div>  where it ends.');
  expect(code?.slice(mark?.indexOf('^'))).toMatch(/^<div>/);
  expect(did).toBe('    Until it is mended nothing of this file is used.');
  lay('page.html', frame('<div></div>'));
  expect((await run()).publication.written).toContain('quay/index.html');
});

test('what a link in the folder leads to is not published, and hostile names stop nothing', async () => {
  lay('ok.png', 'no picture');
  lay('"><img src=x>.svg', drawing);
  symlinkSync(join(own.folder, 'sources.yaml'), join(own.folder, 'look', 'settings.css'));
  symlinkSync('/etc/passwd', join(own.folder, 'look', 'logo.svg'));
  const report = await run();
  expect(told(report).sort()).toEqual([
    '"><img src=x>.svg:undefined:undefined look/unreadable',
    'logo.svg:undefined:undefined look/unreadable',
    'ok.png:undefined:undefined look/unreadable',
    'settings.css:undefined:undefined look/unreadable',
  ]);
  expect(report.publication.defects).toEqual([]);
  expect(isThere('look')).toBe(false);
  expect(isThere('quay/index.html')).toBe(true);
});

test('relais look overwrites nothing, and prints where it may not write', async () => {
  expect(await relais(own.folder, 'look')).toMatchObject({ exitCode: 0 });
  lay('style.css', 'a { color: red }');
  const again = await relais(own.folder, 'look');
  expect([again.exitCode, again.out]).toEqual([2, '']);
  expect(again.err.match(/is there already, and stays as it is/g)).toHaveLength(2);
  expect(readFileSync(join(own.folder, 'look/style.css'), 'utf8')).toBe('a { color: red }');
  rmSync(join(own.folder, 'look/page.html'));
  expect(await relais(own.folder, 'look')).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('page.html: written.'),
  });
  expect((await relais(own.folder, 'look', '--print', 'page.html')).out).toBe(
    readFileSync(join(own.folder, 'look/page.html'), 'utf8'),
  );
  expect(await relais(own.folder, 'look', '--print', 'x.html')).toMatchObject({ exitCode: 2 });
});
