/** The command from the chairs of a maintainer and of cron: what is printed, and the exit code. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plain } from '../darkroom/pictures.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { relais, start } from './relais.ts';

const feed = `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>
<item><guid>1</guid><title>One</title><link>https://harbour.example/1</link><description>Text.</description></item></channel></rss>`;

let folder: string;
const partners: Partner[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-cli-'));
});
afterEach(async () => {
  for (const partner of partners.splice(0)) await partner.close();
  rmSync(folder, { recursive: true });
});

async function partner(script: Script): Promise<Partner> {
  const started = await startPartner(script);
  partners.push(started);
  return started;
}

function write(yaml: string): void {
  writeFileSync(join(folder, 'sources.yaml'), yaml);
}

function listing(...urls: readonly string[]): string {
  return `site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais:\n${urls.map((url) => `    - ${url}\n`).join('')}`;
}

describe('a mistake in sources.yaml is told where it is, and nothing is run', () => {
  test.each([
    [
      'an unknown setting',
      'sections:\n  calais:\n    - url: https://a.example/feed\n      nmae: A\n',
      /^sources\.yaml:4:7 .*nmae.*name/m,
    ],
    [
      'a bad cron expression',
      'schedule: { refresh: "61 * * * *" }\nsections:\n  calais:\n    - https://a.example/feed\n',
      /^sources\.yaml:1:\d+ .*61/m,
    ],
    [
      'the same source twice',
      'sections:\n  calais:\n    - https://a.example/feed\n    - http://www.a.example/feed/\n',
      /^sources\.yaml:4:7 /m,
    ],
    ['a tab', 'sections:\n\tcalais:\n    - https://a.example/feed\n', /^sources\.yaml:2:1 .*tab/m],
    ['no file at all', undefined, /sources\.yaml/],
  ])('%s', async (_what, yaml, message) => {
    if (yaml !== undefined) write(yaml);
    for (const command of ['check', 'run']) {
      const { exitCode, err } = await relais(folder, command);
      expect(err).toMatch(message);
      expect(err).not.toMatch(/\n\s+at /);
      expect(exitCode).toBe(2);
    }
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test.each([[['held', 'accept']], [['vanished', 'keep']], [['rule', 'same', 'a']], [['release']]])(
    'a command line that ends too soon is a mistake and no news for a person: %s',
    async (typed) => {
      const { exitCode, err } = await relais(folder, ...typed);
      expect(err).toMatch(/missing required argument/);
      expect(exitCode).toBe(2);
    },
  );

  test('all mistakes at once', async () => {
    write(
      'sections:\n  calais:\n    - url: https://a.example/feed\n      evry: 1h\n    - url: ftp://b.example\n      show: all\n',
    );
    const { err } = await relais(folder, 'check');
    expect([...err.matchAll(/^sources\.yaml:(\d+)/gm)].map((match) => match[1])).toEqual(['4', '5', '6']);
  });
});

test('a file in order is counted, and pictures that nobody will see are told', async () => {
  write(
    'site: { url: "https://news.example/" }\nsections:\n  calais:\n    images: copy\n    sources:\n      - { url: "https://a.example/feed", name: A }\n      - { url: "https://b.example/feed", name: B, show: full }\n',
  );
  const { exitCode, out } = await relais(folder, 'check');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^sources\.yaml {2}images: copy {2}does nothing where texts are not shown in full: A\n/);
  expect(out).toMatch(/\nsources\.yaml is in order: 2 sources in 1 section\.\n$/);
});

describe('cron', () => {
  test('hears nothing when all is well, of a failing source once, and of its recovery', async () => {
    const { url } = await partner({ '/good': feed, '/bad': [{ status: 500 }, { status: 500 }, feed] });
    write(listing(`${url}/good`, `${url}/bad`));
    const first = await relais(folder, 'run');
    expect(first.exitCode).toBe(1);
    expect(first.err).toContain('/bad');
    expect(first.err).not.toContain('/good');
    const second = await relais(folder, 'run', '--now');
    expect(second).toEqual({ exitCode: 0, out: '', err: '' });
    const third = await relais(folder, 'run', '--now');
    expect(third).toMatchObject({ exitCode: 0, err: '', out: expect.stringContaining('answers again') as unknown });
    expect(await relais(folder, 'run')).toEqual({ exitCode: 0, out: '', err: '' });
  });

  test('hears once of a source that lists nothing any more, and of one that is gone for good', async () => {
    const empty = feed.replace(/<item>.*<\/item>/s, '');
    const { url } = await partner({
      '/empty': [feed, empty, empty, empty, empty],
      '/gone': [{ status: 503 }, { status: 410 }],
    });
    write(listing(`${url}/empty`, `${url}/gone`));
    expect((await relais(folder, 'run')).exitCode).toBe(1);
    const gone = await relais(folder, 'run', '--now');
    expect(gone).toMatchObject({ exitCode: 1, out: '', err: expect.stringMatching(/\/gone .*410/) as unknown });
    expect(await relais(folder, 'run', '--now')).toEqual({ exitCode: 0, out: '', err: '' });
    const emptied = await relais(folder, 'run', '--now');
    expect(emptied).toMatchObject({ exitCode: 1, out: '', err: expect.stringMatching(/^✗ Harbour Watch /) as unknown });
    expect(await relais(folder, 'run', '--now')).toEqual({ exitCode: 0, out: '', err: '' });
  });

  test('with --verbose every note is told, also where no terminal is', async () => {
    const post = '<p>Reposted from Lantern Street Collective</p><p>The lamps are lit again.</p>';
    const { url } = await partner({ '/feed': feed.replace('Text.', `<![CDATA[${post}]]>`) });
    write(listing(`${url}/feed`));
    const { exitCode, err } = await relais(folder, '--verbose', 'run');
    expect(exitCode).toBe(0);
    const lines = err.split('\n').filter((line) => line !== '');
    const note = lines.map((line) => JSON.parse(line)).find(({ code }) => code === 'stories/unknown-credit');
    expect(note).toMatchObject({ source: 'Harbour Watch', entry: 'One' });
    expect(note.msg).toContain('write below its url:  aliases: ["Lantern Street Collective"]');
  });

  test('finds the lease held and leaves', async () => {
    const { url } = await partner({ '/feed': feed });
    write(listing(`${url}/feed`));
    const daemon = start(folder, 'start', '--port', '0');
    await daemon.until('files written');
    expect(await relais(folder, 'run')).toEqual({ exitCode: 75, out: '', err: '' });
    const { exitCode, err } = await relais(folder, '--verbose', 'run');
    expect(exitCode).toBe(75);
    expect(err).toMatch(/process \d+ on \S+, since \d{4}-/);
    daemon.stop();
    expect((await daemon.ended).exitCode).toBe(0);
    expect((await relais(folder, 'run')).exitCode).toBe(0);
  });

  test('takes over from a run that was killed', async () => {
    const { url } = await partner({ '/feed': feed });
    write(listing(`${url}/feed`));
    const daemon = start(folder, 'start', '--port', '0');
    await daemon.until('files written');
    daemon.stop('SIGKILL');
    await daemon.ended;
    expect((await relais(folder, 'run')).exitCode).toBe(0);
  });

  test('is told of a database that cannot be used, in a sentence', async () => {
    const { url } = await partner({ '/feed': feed });
    write(listing(`${url}/feed`));
    await relais(folder, 'run');
    writeFileSync(join(folder, 'data', 'relais.db'), 'a shopping list '.repeat(1_000));
    const { exitCode, err } = await relais(folder, 'run');
    expect(exitCode).toBe(3);
    expect(err).toContain('database is damaged');
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('a maintainer', () => {
  test('sees every source in status, with the reason and what to do', async () => {
    const { url } = await partner({
      '/good': feed,
      '/page': { body: '<title>Back soon</title>', headers: { 'Content-Type': 'text/html' } },
    });
    write(listing(`${url}/good`, `${url}/page`));
    await relais(folder, 'run');
    const { out, exitCode } = await relais(folder, 'status');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/Harbour Watch +ok +1 /);
    expect(out).toMatch(/failing/);
    expect(out).toContain('Back soon');
    const { sources } = JSON.parse((await relais(folder, '--json', 'status')).out) as {
      sources: { state: string; items: number }[];
    };
    expect(sources.map(({ state, items }) => [state, items])).toEqual([
      ['ok', 1],
      ['failing', 0],
    ]);
  });

  test('asks why, and is told', async () => {
    const { url } = await partner({
      '/a': feed,
      '/b': '<rss version="2.0"><channel><title>Reposter</title><link>https://b.example/</link><item><guid>x</guid><title>One again</title><link>https://b.example/x</link><description>&lt;p&gt;from &lt;a href="https://harbour.example/1"&gt;Harbour Watch&lt;/a&gt;: Text.&lt;/p&gt;</description></item><item><guid>y</guid><title>No lists</title><link>https://b.example/y</link><description>&lt;p&gt;Joint statement by Harbour Watch, Reposter and The Choir&lt;/p&gt;&lt;p&gt;We say no.&lt;/p&gt;</description></item></channel></rss>',
    });
    write(listing(`${url}/a`, `${url}/b`));
    await relais(folder, 'run');
    const { out } = await relais(folder, 'explain', 'https://b.example/x');
    expect(out).toMatch(/original +Harbour Watch/);
    expect(out).toMatch(/repost +Reposter/);
    expect(out).toContain('in its own words');
    const joint = (await relais(folder, 'explain', 'https://b.example/y')).out;
    expect(joint).toMatch(/jointly +Reposter, Harbour Watch, The Choir\n/);
    expect(joint).toMatch(/original +Reposter/);
    expect(joint).toContain('it names its authors');
    expect((await relais(folder, 'explain', 'https://nobody.example/')).exitCode).toBe(2);
  });

  test('asks after what waits for its time, and is told when that is', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    const { url } = await partner({
      '/feed': `<rss version="2.0"><channel><title>Harbour Watch</title><item><guid>x</guid><link>https://harbour.example/x</link><pubDate>${tomorrow.toUTCString()}</pubDate><description>We meet.</description></item></channel></rss>`,
    });
    write(listing(`{ url: "${url}/feed", future: wait }`));
    expect(await relais(folder, 'run')).toEqual({ exitCode: 0, out: '', err: '' });
    for (const name of ['x', 'https://harbour.example/x']) {
      const { exitCode, out } = await relais(folder, 'explain', name);
      expect(exitCode).toBe(0);
      expect(out).toBe(
        `In no story yet: (without a title), Harbour Watch  https://harbour.example/x\n  It is dated ahead and waits until ${tomorrow.toISOString().slice(0, 16).replace('T', ' ')} UTC, since its source has  future: wait\n`,
      );
    }
  });

  test('asks where a picture is, and is told', async () => {
    const { url } = await partner({
      '/feed': (request, response) => {
        const pictures = ['sea', 'page', 'dot'].map(
          (name) => `&lt;img src="http://${request.headers.host}/${name}.jpg"&gt;`,
        );
        response.end(
          `<rss version="2.0"><channel><title>Harbour Watch</title><item><guid>x</guid><description>Text. ${pictures.join('')}</description></item></channel></rss>`,
        );
      },
      '/sea.jpg': { body: await plain('jpeg') },
      '/page.jpg': '<title>Sign in</title>',
      '/dot.jpg': { body: await plain('gif', 1, 1) },
    });
    const settings = listing(`${url}/feed`).replace(
      `- ${url}/feed`,
      `- { url: "${url}/feed", show: full, images: copy }`,
    );
    write(settings);
    expect(settings).toContain('images');
    expect(await relais(folder, 'run')).toEqual({ exitCode: 0, out: '', err: '' });
    const { out } = await relais(folder, 'explain', 'x');
    expect(out).toMatch(/picture +http:\S+\/sea\.jpg {2}shown from our site: images\/[0-9a-f]{32}\.jpg\n/);
    expect(out).toMatch(
      /picture +http:\S+\/page\.jpg {2}a link until it is here: it is no JPEG, .*; asked for from \d{4}-.* UTC on\n/,
    );
    expect(out).toMatch(/picture +http:\S+\/dot\.jpg {2}left out: it only counts readers\n/);
  });

  test('gets all of a long answer, also through a pipe', async () => {
    const { url } = await partner({ '/feed': feed });
    write(listing(...Array.from({ length: 300 }, (_, at) => `${url}/feed?${at}`)));
    const { out } = await relais(folder, '--json', 'status');
    expect(out.length).toBeGreaterThan(65_536); // what a pipe holds
    expect((JSON.parse(out) as { sources: unknown[] }).sources).toHaveLength(300);
  });

  test.each([['explain'], ['rule', 'same'], ['rule', 'different'], ['rule', 'original']])(
    'asks %s %s for help and hears how a post may be named',
    async (...command) => {
      const { out, exitCode } = await relais(folder, ...command, '--help');
      expect(exitCode).toBe(0);
      expect(out.replace(/\s+/g, ' ')).toContain('its address, its guid, or the address of our page about it');
    },
  );

  test('mistypes a command and is helped', async () => {
    const { exitCode, err } = await relais(folder, 'chekc');
    expect(exitCode).toBe(2);
    expect(err).toContain('check');
  });

  test('changes sources.yaml under a running daemon: a broken version is refused, a good one read', async () => {
    const { url } = await partner({ '/a': feed, '/b': feed.replace('Harbour Watch', 'Second Group') });
    const yaml = (more: string): string => `schedule: { refresh: "* * * * * *" }\n${listing(`${url}/a`, more)}`;
    write(yaml('').replace(/ {4}- \n/, ''));
    const daemon = start(folder, 'start', '--port', '0');
    await daemon.until('files written');
    write(yaml('nonsense'));
    await daemon.until('kept the settings read at');
    write(yaml(`${url}/b`));
    await daemon.until('Second Group');
    daemon.stop();
    expect((await daemon.ended).exitCode).toBe(0);
    expect(readFileSync(join(folder, 'data', 'site', 'opml.xml'), 'utf8')).toContain('Second Group');
  });
});

test('a feed’s escape sequences reach no terminal', async () => {
  const { url } = await partner({ '/feed': feed.replace('Harbour Watch', 'Harbour &#x9b;31m\u202e Watch') });
  write(listing(`${url}/feed`));
  const { out } = await relais(folder, '--verbose', 'run');
  expect(out).not.toMatch(/[\u0080-\u009f\u202e]/);
});

test('a secret of sources.yaml is printed by its name', async () => {
  process.env.RELAIS_TEST_KEY = 'tr0mpette';
  const { url } = await partner({});
  write(listing(`${url}/feed?key=\${RELAIS_TEST_KEY}`));
  for (const argv of [['run', '--now', `${url}/feed?key=`], ['--json', 'run'], ['run', '--verbose'], ['status']]) {
    const { out, err } = await relais(folder, ...argv);
    expect(`${out}${err}`).not.toContain('tr0mpette');
    if (argv.includes('--now')) expect(err).toContain(`Did you mean “${url}/feed?key=\${RELAIS_TEST_KEY}”?`);
  }
});

test('whoever wants a source asked that is paused or stopped hears why it is not', async () => {
  const { url } = await partner({ '/a': feed, '/b': feed });
  write(listing(`{ url: "${url}/a", paused: moving house }`, `${url}/b`));
  await relais(folder, 'stop', `${url}/b`);
  const [paused, stopped] = [
    await relais(folder, 'run', '--now', `${url}/a`),
    await relais(folder, 'run', '--now', `${url}/b`),
  ];
  expect(paused.err).toMatch(/^127\S+ was not asked: it is paused \(moving house\)\. /);
  expect(stopped.err).toMatch(/ was not asked: it has been stopped since .* {2}relais stop --undo '127\S+\/b'\n$/);
});

test('an address that is not this machine’s is told from a port that is taken', async () => {
  const { url } = await partner({ '/a': feed });
  write(listing(`${url}/a`));
  const elsewhere = await relais(folder, 'start', '--port', '0', '--listen', '192.0.2.1');
  expect(elsewhere.exitCode).toBe(3);
  expect(elsewhere.err).toMatch(/this machine has no address 192\.0\.2\.1 \(EADDRNOTAVAIL\)[\s\S]*after --listen/);
  const taken = await relais(folder, 'start', '--port', new URL(url).port);
  expect(taken.err).toContain('Choose another port with --port.');
});
