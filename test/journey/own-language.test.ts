/** A maintainer's own language, from the file beside sources.yaml to the page: and nothing that is wrong with it stops a run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunReport } from '../../src/run.ts';
import { type Ended, relais } from '../cli/relais.ts';
import { openSettingsFolder, type SettingsFolder } from './settings-folder.ts';

const feed = `<rss version="2.0"><channel><title>Λιμάνι</title><link>https://harbour.example/</link><language>el</language>
<item><guid>1</guid><title>Ένα</title><link>https://harbour.example/1</link><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>
<description>Οι άνθρωποι έφτασαν στο λιμάνι το πρωί και περιμένουν.</description></item></channel></rss>`;

let own: SettingsFolder;
beforeEach(async () => {
  own = await openSettingsFolder(
    feed,
    (url) => `site: { url: "https://news.example/" }
sections:
  limani:
    title: Λιμάνι
    lang: el
    sources: [ { url: "${url}", show: full } ]
`,
  );
});
afterEach(() => own.close());

const say = (text: string): void => own.lay('messages/el.yaml', text);
const run = (): Promise<RunReport> => own.run();
const told = ({ problems }: RunReport): string[] =>
  problems.map(({ code, subject: { line, column } }) => `${line}:${column} ${code}`);

function page(): ReturnType<typeof load> {
  return load(own.file('limani/index.html'));
}

test('a section in Greek speaks Greek where the file does, and English where it does not', async () => {
  await run();
  expect([page()('html').attr('lang'), page()('a.skip').text()]).toEqual(['en', 'Skip to the content']);

  say('readers:\n  skipToContent: "Στο κείμενο"\n  fromOn: "Από {name}, {date}"\n');
  const first = await run();
  expect(told(first)).toEqual([]);
  expect(page()('html').attr('lang')).toBe('el');
  expect(page()('a.skip').text()).toBe('Στο κείμενο');
  expect(page()('.credit').text()).toContain('Από Λιμάνι');
  expect(page()('time').text()).toContain('Νοεμβρίου');
  expect(page()('body').text()).toContain('How we know');
  const rss = own.file('limani/feed.xml');
  expect(rss).toContain('Από');

  expect((await run()).publication.written).toEqual([]);
  say('readers:\n  skipToContent: "Στο περιεχόμενο"\n');
  expect((await run()).publication.written).toContain('limani/index.html');
  expect(page()('a.skip').text()).toBe('Στο περιεχόμενο');
});

test('a broken file is told once, and the site goes on in the last resort', async () => {
  say('readers:\n  skipToContent: "Στο {nmae}"\n  fromOn: "Από {name}, {date}"\n');
  const first = await run();
  expect(told(first)).toEqual(['2:18 messages/placeholder']);
  expect([first.publication.defects, first.defects]).toEqual([[], []]);
  expect(page()('a.skip').text()).toBe('Skip to the content');
  expect(page()('.credit').text()).toContain('Από Λιμάνι');
  expect(told(await run())).toEqual([]);

  say('readers:\n  fromOn: "Από {name}\n');
  expect(told(await run())).toEqual(['2:11 messages/syntax']);
  expect([page()('html').attr('lang'), page()('.credit').text().includes('From Λιμάνι')]).toEqual(['en', true]);
});

test('the built program has its own words, finds the maintainer’s, and says how a file stands', async () => {
  const command = (...argv: string[]): Promise<Ended> => relais(own.folder, ...argv);
  const begun = await command('messages', 'el');
  expect([begun.exitCode, begun.out]).toEqual([0, expect.stringMatching(/^messages\/el\.yaml is written: \d+ texts/)]);
  expect((await command('messages', 'el')).exitCode).toBe(2);
  expect((await command('messages', 'greek')).exitCode).toBe(2);
  expect((await command('messages', 'pl', '--print')).out).toContain('\nlocale: "pl"\n');
  const path = join(own.folder, 'messages', 'el.yaml');
  const filled = readFileSync(path, 'utf8').replace('skipToContent: ""', 'skipToContent: "Στο κείμενο"');
  writeFileSync(path, filled.replace('\n  from: ""', '\n  form: "Από {name}"'));
  const checked = await command('check');
  expect(checked.exitCode).toBe(0);
  expect(checked.out).toMatch(/^messages\/el\.yaml:\d+:3 {2}there is no message "form" here\. Did you mean "from"\?$/m);
  expect(checked.out).toMatch(/^messages\/el\.yaml {2}\d+ of \d+ messages are not said yet/m);
  const told = await command('run'); // under cron it is heard once, and stops nothing
  expect([told.exitCode, told.out]).toEqual([0, '']);
  expect(told.err).toContain('there is no message "form" here. Did you mean "from"?');
  expect(await command('run')).toMatchObject({ exitCode: 0, out: '', err: '' });
  const html = readFileSync(join(own.folder, 'data', 'site', 'limani', 'index.html'), 'utf8');
  expect(load(html)('a.skip').text()).toBe('Στο κείμενο');
});
