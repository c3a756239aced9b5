/** `relais add`: from a site's address to one more line in sources.yaml, as scripts call it and as a person answers it. */
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { add } from '../../src/cli/add.ts';
import { replaceSettings } from '../../src/cli/settings-file.ts';
import { html, now, posts, rss } from '../discovery/sites.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { personTyping } from './person.ts';
import { type Ended, relais } from './relais.ts';

let folder: string;
const partners: Partner[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-add-'));
});
afterEach(async () => {
  for (const partner of partners.splice(0)) await partner.close();
  rmSync(folder, { recursive: true });
});

async function site(script: Script): Promise<string> {
  const partner = await startPartner(script);
  partners.push(partner);
  return partner.url;
}

const file = (): string => join(folder, 'sources.yaml');
const read = (): string => readFileSync(file(), 'utf8');
const clock = { now: () => now, wait: () => Promise.resolve() };
const head = 'site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\n';

/** Two sections, notes among them, and the sources of the first. */
function lay(...calais: readonly string[]): string {
  const text = `${head}# Our groups\nsections:\n  calais:   # the coast\n    sources:\n${calais.map((one) => `      - ${one}\n`).join('')}      # the last\n  sea:\n    - https://sea.example/feed\n`;
  writeFileSync(file(), text);
  return text;
}

/** Lines that stand in one text and not in the other. */
function added(before: string, after: string): string[] {
  const old = before.split('\n');
  const now = after.split('\n');
  expect(now.filter((line) => old.includes(line))).toEqual(old);
  return now.filter((line) => !old.includes(line));
}

const run = (...argv: readonly string[]): Promise<Ended> => relais(folder, 'add', ...argv);
const feed = rss('Some Group » Feed', posts(6));
const named = html('<link rel="alternate" type="application/rss+xml" href="/feed/">');

async function person(
  address: string,
  answers: readonly (string | undefined)[],
  options = {},
): Promise<{ exitCode: number; said: string }> {
  const { printer, questions, said } = personTyping(...answers);
  const exitCode = await add(address, { config: file(), data: join(folder, 'data'), ...options }, printer, {
    clock,
    questions,
  });
  return { exitCode, said: said() };
}

describe('from a script', () => {
  test('one line is put in, shown with its number, and all else stays', async () => {
    const url = await site({ '/': named, '/feed/': feed });
    const before = lay('https://a.example/feed');
    const { exitCode, out, err } = await run(url, '--section', 'calais');
    expect(err).toBe('');
    expect(exitCode).toBe(0);
    expect(added(before, read())).toEqual([`      - { url: ${url}/feed/, name: Some Group, lang: en }`]);
    const line = read().split('\n').indexOf(`      - { url: ${url}/feed/, name: Some Group, lang: en }`) + 1;
    expect(out).toContain(`sources.yaml:${line}  `);
    expect(out).toContain('RSS, 6 items');
    expect(out).toContain('2024-11-23  A night at the harbour');
    expect(out).toContain('begins with http');
    expect((await relais(folder, 'check')).exitCode).toBe(0);
    expect(readdirSync(folder)).toEqual(['sources.yaml']);
  });

  test('--dry-run shows it and writes nothing', async () => {
    const url = await site({ '/': named, '/feed/': feed });
    const before = lay('https://a.example/feed');
    const { exitCode, out } = await run(url, '--section', 'calais', '--dry-run');
    expect(exitCode).toBe(0);
    expect(out).toContain(`- { url: ${url}/feed/, name: Some Group, lang: en }`);
    expect(read()).toBe(before);
  });

  test('of several the best is taken, and that is said; --feed takes another', async () => {
    const two = html(
      '<link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/rss+xml" href="/b">',
    );
    const url = await site({
      '/': two,
      '/a': rss(
        'Notes',
        posts(2, { about: 'a' }).map((one) => ({ ...one, text: '' })),
      ),
      '/b': rss('Texts', posts(3, { about: 'b' })),
    });
    lay('https://a.example/feed');
    const first = await run(url, '--section', 'calais', '--dry-run');
    expect(first.out).toMatch(/names 2 feeds[\s\S]*1 {2}Texts {2}\(the best\)[\s\S]*2 {2}Notes[\s\S]*Takes the best/);
    expect(first.out).toContain(`url: ${url}/b`);
    expect((await run(url, '--section', 'calais', '--dry-run', '--feed', '2')).out).toContain(`url: ${url}/a`);
    const wrong = await run(url, '--section', 'calais', '--feed', '3');
    expect(wrong).toMatchObject({ exitCode: 2, err: '--feed 3: there are feeds number 1 to 2.\n' });
  });

  test('which section is asked for where there are several, and one that is not there is made', async () => {
    const url = await site({ '/feed': feed });
    const before = lay('https://a.example/feed');
    const { exitCode, err } = await run(`${url}/feed`);
    expect(exitCode).toBe(2);
    expect(err).toContain('calais, sea');
    expect(read()).toBe(before);
    const made = await run(`${url}/feed`, '--section', 'balkans', '--name', 'Harbour: Watch');
    expect(made.out).toContain('There is no section balkans yet: it is made.');
    expect(read()).toContain(`  balkans:\n    - { url: ${url}/feed, name: "Harbour: Watch", lang: en }\n`);
    expect((await run(`${url}/feed`, '--section', 'Balkans')).exitCode).toBe(2);
    expect((await run(`${url}/feed`, '--section', 'search')).exitCode).not.toBe(0);
    expect((await relais(folder, 'check')).exitCode).toBe(0);
  });

  test('a name that another source has is told apart', async () => {
    const url = await site({ '/feed': feed });
    lay('{ url: "https://a.example/feed", name: some group }');
    await run(`${url}/feed`, '--section', 'calais');
    expect(read()).toContain('name: Some Group (English)');
    expect((await relais(folder, 'check')).exitCode).toBe(0);
  });

  test('what looks dead is said', async () => {
    const url = await site({ '/old': rss('Old', posts(2, { day: '2019-11-2' })), '/none': rss('None', []) });
    lay('https://a.example/feed');
    expect((await run(`${url}/old`, '--section', 'calais', '--dry-run')).out).toMatch(
      /years ago[\s\S]*Nothing new has come since 2019-11-2\d\. It may be dead/,
    );
    expect((await run(`${url}/none`, '--section', 'calais', '--dry-run')).out).toContain(
      'It has no items. It may be dead, or new',
    );
  });

  test('JSON, and nothing beside it', async () => {
    const url = await site({ '/': named, '/feed/': feed });
    lay('https://a.example/feed');
    const { exitCode, out, err } = await relais(folder, '--json', 'add', url, '--section', 'calais');
    expect([exitCode, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      written: true,
      chosen: `${url}/feed/`,
      section: 'calais',
      line: expect.any(Number) as unknown,
      feeds: [{ title: 'Some Group » Feed', items: 6, lang: 'en', format: 'rss', newest: '2024-11-23' }],
    });
    const none = await relais(folder, '--json', 'add', 'mailto:x@y.example');
    expect(none.exitCode).toBe(2);
    expect(JSON.parse(none.out)).toMatchObject({
      written: false,
      error: expect.stringContaining('not the address') as unknown,
    });
  });

  test('nothing answers, nothing is there, and the file has mistakes: each says what to do, and changes nothing', async () => {
    const url = await site({ '/': { status: 404 } });
    const before = lay('https://a.example/feed');
    const gone = await run(`${url}/`, '--section', 'calais');
    expect(gone).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/404.*Open the site in a browser/s) as unknown,
    });
    const nobody = await run('http://127.0.0.1:1/', '--section', 'calais');
    expect(nobody.exitCode).toBe(1);
    expect(nobody.err).toContain('Open the address in a browser');
    expect(read()).toBe(before);
    writeFileSync(file(), `${before}oops: 1\n`);
    expect(await run(`${url}/`, '--section', 'calais')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('oops') as unknown,
    });
    expect(read()).toBe(`${before}oops: 1\n`);
    rmSync(file());
    expect((await run(url)).err).toContain('relais init');
  });

  test('escape sequences in titles reach no terminal and no file raw', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[31mRed\u202egnihtyna\u009b2J';
    const url = await site({
      '/feed': rss(evil, [{ title: `${evil} post`, at: 'https://x.example/1' }]),
      '/': html(`<link rel="alternate" type="application/rss+xml" title="${evil}" href="/feed">`),
    });
    lay('https://a.example/feed');
    const { out, exitCode } = await run(url, '--section', 'calais');
    expect(exitCode).toBe(0);
    expect(out + read()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect((await relais(folder, 'check')).exitCode).toBe(0);
  });
});

describe('what is followed already', () => {
  test.each([
    ['the same address', '/feed/', '/feed/'],
    ['without its slash', '/feed', '/feed/'],
    ['an address that leads to it', '/feed/', '/moved'],
    ['the page that names it', '/feed/', '/'],
    ['a page is followed, and its feed is given', '/', '/feed/'],
    ['the same posts at another address', '/feed/', '/feed/atom'],
  ])('%s', async (_what, followed, given) => {
    const script: Script = {
      '/': named,
      '/feed/': feed,
      '/feed': feed,
      '/feed/atom': feed,
      '/moved': { status: 301, headers: { Location: '/feed/' } },
    };
    const url = await site(script);
    const before = lay(`{ url: ${url}${followed}, name: The Group }`);
    const { exitCode, err } = await run(`${url}${given}`, '--section', 'calais');
    expect(exitCode).toBe(2);
    expect(err).toMatch(/followed already: The Group, sources\.yaml:7[\s\S]*--section sea/);
    expect(read()).toBe(before);
  });

  test('other posts at the same host are another source, and it is said that both may be one group’s', async () => {
    const url = await site({ '/en/feed': feed, '/fr/feed': rss('Le Groupe', posts(3, { about: 'port' })) });
    lay(`{ url: ${url}/en/feed, name: The Group }`);
    const { exitCode, out } = await run(`${url}/fr/feed`, '--section', 'calais');
    expect(exitCode).toBe(0);
    expect(out).toContain('The Group is of the same site. If one group owns both');
  });

  test('by what earlier runs remember, at hosts that are not asked again', async () => {
    const url = await site({ '/feed': feed });
    const mirror = await site({ '/copy': feed });
    lay(`{ url: ${url}/feed, name: The Group }`);
    expect((await relais(folder, 'run')).err).not.toContain('The Group');
    const asked = partners[0]?.requests.length;
    const { exitCode, err } = await run(`${mirror}/copy`, '--section', 'calais');
    expect(exitCode).toBe(2);
    expect(err).toContain('Relais has had the same posts from there');
    expect(partners[0]?.requests.length).toBe(asked);
  });

  test('for another section only its address is written, with the names of its secrets', async () => {
    const url = await site({ '/feed': feed });
    const before = lay(`{ url: "${url}/feed?key=\${ADD_KEY}", name: The Group }`);
    process.env.ADD_KEY = 'tr0mbone';
    try {
      const { exitCode, out } = await run(`${url}/feed?key=tr0mbone`, '--section', 'sea');
      expect(out).not.toContain('tr0mbone');
      expect(exitCode).toBe(0);
      expect(added(before, read())).toEqual([`    - ${url}/feed?key=\${ADD_KEY}`]);
      expect((await relais(folder, 'check')).exitCode).toBe(0);
    } finally {
      delete process.env.ADD_KEY;
    }
  });
});

describe('a page without a feed', () => {
  const words = 'Some words of what has happened in the night, and of what is wanted by those who were there.';
  const list = html(
    '',
    [1, 2, 3, 4]
      .map(
        (n) =>
          `<article><h2><a href="/n/${n}">A night at the harbour ${n}</a></h2><time datetime="2024-11-0${n}">x</time><p>${words}</p></article>`,
      )
      .join(''),
  );

  test('selectors are shown with what they catch, and written with --yes only', async () => {
    const url = await site({ '/': list });
    const before = lay('https://a.example/feed');
    const shown = await run(url, '--section', 'calais');
    expect(shown.exitCode).toBe(1);
    expect(shown.out).toMatch(/item: article\n[\s\S]*4 items, newest[\s\S]*2024-11-04 {2}A night at the harbour 4/);
    expect(shown.err).toContain('--yes');
    expect(read()).toBe(before);
    expect((await run(url, '--section', 'calais', '--yes')).exitCode).toBe(0);
    expect(read()).toMatch(/page: \{ item: article, title: h2, content: p \}/);
    const { exitCode, out } = await relais(folder, 'run', '--verbose');
    expect([exitCode, out]).toEqual([1, '']); // the other sources of the file do not exist
    expect((await relais(folder, 'check')).exitCode).toBe(0);
  });

  test('a person says whether these are the texts', async () => {
    const url = await site({ '/': list });
    const before = lay('https://a.example/feed');
    const no = await person(url, ['n'], { section: 'calais' });
    expect(no.exitCode).toBe(1);
    expect(read()).toBe(before);
    const yes = await person(url, ['y', 'y'], { section: 'calais' });
    expect(yes.exitCode).toBe(0);
    expect(read()).toContain('page: { item: article');
  });

  test('nobody is read whose robots.txt forbids it', async () => {
    const url = await site({ '/': list, '/robots.txt': 'User-agent: *\nDisallow: /' });
    lay('https://a.example/feed');
    const { exitCode, err } = await run(url, '--section', 'calais', '--yes');
    expect(exitCode).toBe(1);
    expect(err).toContain('robots.txt');
  });

  test('nothing repeated: what to look for is said', async () => {
    const url = await site({ '/': html('') });
    lay('https://a.example/feed');
    const { exitCode, err } = await run(url, '--section', 'calais', '--yes');
    expect(exitCode).toBe(1);
    expect(err).toContain('Look on the site for a link called RSS');
  });
});

describe('a person at a terminal', () => {
  test('chooses the feed and the section, and agrees', async () => {
    const two = html(
      '<link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/rss+xml" href="/b">',
    );
    const url = await site({
      '/': two,
      '/a': rss('Notes', posts(2, { about: 'a' })),
      '/b': rss('Texts', posts(3, { about: 'b' })),
    });
    lay('https://a.example/feed');
    const { exitCode, said } = await person(url, ['7', '2', 'No Such', 'sea', '']);
    expect(said).toMatch(/there are feeds number 1 to 2/);
    expect(said).toMatch(/only a-z/);
    expect(exitCode).toBe(0);
    expect(read()).toMatch(
      /sea:\n {4}- https:\/\/sea\.example\/feed\n {4}- \{ url: http:\S+\/b, name: Texts, lang: en \}/,
    );
  });

  test('declines, or goes away: nothing is written', async () => {
    const url = await site({ '/feed': feed });
    const before = lay('https://a.example/feed');
    for (const answers of [['sea', 'n'], ['sea', undefined], [undefined]]) {
      const { exitCode, said } = await person(`${url}/feed`, answers);
      expect(exitCode).toBe(1);
      expect(said).toContain('Nothing was written.');
      expect(read()).toBe(before);
    }
  });

  test('of what looks dead Enter alone writes nothing', async () => {
    const url = await site({ '/old': rss('Old', posts(2, { day: '2019-11-2' })) });
    const before = lay('https://a.example/feed');
    expect((await person(`${url}/old`, [''], { section: 'sea' })).exitCode).toBe(1);
    expect(read()).toBe(before);
  });
});

describe('the file', () => {
  const text = `${head}sections:\n  calais:\n    - https://a.example/feed\n`;
  const more = `${text}    - https://b.example/feed\n`;

  test('keeps its rights, and a link stays one', async () => {
    writeFileSync(join(folder, 'real.yaml'), text);
    chmodSync(join(folder, 'real.yaml'), 0o640);
    symlinkSync('real.yaml', file());
    expect(await replaceSettings({ config: file() }, text, more)).toBeUndefined();
    expect(readFileSync(join(folder, 'real.yaml'), 'utf8')).toBe(more);
    expect(statSync(join(folder, 'real.yaml')).mode & 0o777).toBe(0o640);
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['real.yaml', 'sources.yaml']);
  });

  test('is left alone where it would not be in order, or somebody has changed it meanwhile', async () => {
    writeFileSync(file(), text);
    expect(await replaceSettings({ config: file() }, text, `${more}    - ftp://c.example\n`)).toContain(
      'not be in order',
    );
    writeFileSync(file(), `${text}# mine\n`);
    expect(await replaceSettings({ config: file() }, text, more)).toContain('somebody has changed it');
    expect(read()).toBe(`${text}# mine\n`);
    expect(readdirSync(folder)).toEqual(['sources.yaml']);
  });
});

describe('an address with a secret', () => {
  afterEach(() => {
    delete process.env.FEED_KEY;
  });
  const guarded: Script = {
    '/feed?key=tr0mpette9': feed,
    '/feed?key=tr0mpette9&all': feed,
    '/members?key=tr0mpette9': html(
      '<link rel="alternate" type="application/rss+xml" href="/feed?key=tr0mpette9&amp;all">',
    ),
  };

  test('is asked with it and written without it', async () => {
    process.env.FEED_KEY = 'tr0mpette9';
    const url = await site(guarded);
    const before = lay('https://one.example/feed');
    const { exitCode, out, err } = await run(`${url}/feed?key=\${FEED_KEY}`, '--section', 'calais');
    expect([exitCode, err]).toEqual([0, '']);
    expect(added(before, read())).toEqual([
      `      - { url: "${url}/feed?key=\${FEED_KEY}", name: Some Group, lang: en }`,
    ]);
    expect(out).not.toContain('tr0mpette9');
    const again = await run(`${url}/feed?key=\${FEED_KEY}`, '--section', 'calais');
    expect(again.err).toContain('It is followed already');
  });

  test('also where it only leads to the feed', async () => {
    process.env.FEED_KEY = 'tr0mpette9';
    const url = await site(guarded);
    lay('https://one.example/feed');
    const { out } = await run(`${url}/members?key=\${FEED_KEY}`, '--section', 'calais');
    expect(read()).toContain(`url: "${url}/feed?key=\${FEED_KEY}&all"`);
    expect(out + read()).not.toContain('tr0mpette9');
  });

  test('is not given to whoever writes its name into the address of a feed', async () => {
    process.env.FEED_KEY = 'tr0mpette9';
    const reference = '$' + '{FEED_KEY}';
    const url = await site({
      '/': html(`<link rel="alternate" type="application/rss+xml" href="/feed?k=${reference}">`),
      '/feed?k=%24{FEED_KEY}': feed,
      [`/feed?k=${reference}`]: feed,
    });
    lay('https://one.example/feed');
    const { exitCode } = await run(`${url}/`, '--section', 'calais', '--yes');
    expect(exitCode).toBe(0);
    expect(read()).not.toContain(reference);
    expect(read()).toContain('/feed?k=%24{FEED_KEY}');
  });

  test('that is not set is said, and nobody is asked', async () => {
    const before = lay('https://one.example/feed');
    const { exitCode, err } = await run(`https://two.example/feed?key=\${FEED_KEY}`, '--section', 'calais');
    expect(exitCode).toBe(2);
    expect(err).toBe(
      `\${FEED_KEY} is not set. Set FEED_KEY in the environment, or FEED_KEY_FILE to the name of a file that holds it.\n`,
    );
    expect(read()).toBe(before);
  });
});
