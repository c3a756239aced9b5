/** What a section wants a person to look at first, read from the published files: it is in none of them until somebody says so. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeBack } from '../../src/taking-back.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from '../pipeline/house.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 20, 3); // a Friday

let house: TestHouse;
const partners: Partner[] = [];

beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  for (const partner of partners.splice(0)) await partner.close();
});

interface Told {
  readonly name: string;
  readonly text: string;
  readonly at?: number;
  readonly guid?: string;
  readonly more?: string;
}

/** Feeds by path; what is written into one is served from then on. */
type Feeds = Record<string, readonly Told[]>;

async function serve(feeds: Feeds): Promise<string> {
  const started = await startPartner((request, response) => {
    const name = request.url?.slice(1) ?? '';
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss(name, feeds[name] ?? []));
  });
  partners.push(started);
  return started.url;
}

const rss = (name: string, told: readonly Told[]): string =>
  `<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>${name}</title><link>https://${name}.example/</link>${told
    .map(
      (one) =>
        `<item><title>${one.name}</title><link>https://${name}.example/${one.name}</link><guid isPermaLink="false">${one.guid ?? `${name} ${one.name}`}</guid><pubDate>${new Date(one.at ?? start - 2 * hour).toUTCString()}</pubDate>${one.more ?? ''}<description><![CDATA[${one.text}]]></description></item>`,
    )
    .join('')}</channel></rss>`;

const number = '06 12 34 56 78';
const tale = (mark: string): string =>
  `<p>${mark} came at six in the morning with dogs and trucks and cleared the whole camp beside the old harbour road. Nobody was told where to go. The tents were thrown away, and so were the papers of eleven people who had waited two years for them. We ask everyone to come on Saturday.</p>`;
const quiet: Told = {
  name: 'Quiet',
  text: '<p>Soup is served at noon in the hall behind the station, every day but Sunday.</p>',
};

function site(): { readonly path: string; readonly body: string }[] {
  const { siteFolder } = house.house;
  return readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(siteFolder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path: relative(siteFolder, path), body: readFileSync(path, 'utf8').replace(/\s+/g, ' ') }));
}
const carrying = (words: string): string[] => site().flatMap(({ path, body }) => (body.includes(words) ? [path] : []));
const file = (path: string): string => site().find((one) => one.path === path)?.body ?? '';
const titles = (section: string): string[] => {
  const { items } = JSON.parse(file(`${section}/feed.json`)) as { items: { title: string }[] };
  return items.map(({ title }) => title);
};
const storyPages = (): string[] => site().flatMap(({ path }) => (path.startsWith('story/') ? [path] : []));

async function runAt(instant: number, yaml: string): ReturnType<TestHouse['run']> {
  house.clock.set(instant);
  const report = await house.run(yaml, { now: 'all' });
  expect(report.defects).toEqual([]);
  return report;
}

async function release(url: string, section?: string): Promise<readonly string[]> {
  const { library } = house.house;
  const found = [...(await library.named([url])).values()].flat().map(({ id }) => id);
  return await library.release(found, section, { who: 'amal', because: '' }, house.clock.now());
}

/** Two sections of the same two sources; only one of them holds anything. */
const twoSections = (url: string, hold: string, more = ''): string =>
  `sections:\n  calais:\n    digest: { at: "Fri 02:00" }\n    hold: ${hold}\n    sources:\n      - { url: "${url}/gate", name: Gate Group, show: full${more} }\n      - { url: "${url}/quay", name: Quay, show: full }\n  all:\n    sources: [ "${url}/gate" ]\n`;
const oneSection = (url: string, hold: string, more = ''): string =>
  twoSections(url, hold, more).split('  all:')[0] ?? '';

const phones = '{ kinds: phone-numbers }';
const called: Told = {
  name: 'Called',
  text: `${tale('The guards')}<p>Witnesses call ${number}.</p>`,
  more: '<ev:startdate>2026-11-28T10:00:00Z</ev:startdate>',
};

describe('a text in which something is found', () => {
  test('is in no file, no list, no count and no calendar until a person lets it pass, and is told once', async () => {
    const feeds: Feeds = { gate: [quiet, called], quay: [] };
    const yaml = oneSection(await serve(feeds), phones);
    const { news } = await runAt(start, yaml);
    for (const words of ['guards', 'Called', number, '20261128']) expect(carrying(words)).toEqual([]);
    expect(titles('calais')).toEqual(['Quiet']);
    expect(storyPages()).toHaveLength(1);
    expect(news.map(({ kind, source, words }) => [kind, source, words])).toEqual([
      ['parked', 'Gate Group', expect.stringContaining('relais held')],
    ]);
    expect(news[0]?.words).not.toContain('06');
    expect((await runAt(start + hour, yaml)).news).toEqual([]);
    expect(await release('https://gate.example/Called')).toEqual(['calais']);
    const { publication } = await runAt(start + 2 * hour, yaml);
    expect(publication.written.length).toBeGreaterThan(3);
    expect(titles('calais')).toEqual(['Called', 'Quiet']);
    for (const words of ['guards', number]) expect(carrying(words).length).toBeGreaterThan(3);
    expect(file('calais/calendar.ics')).toContain('20261128');
    const [entry] = (await house.house.library.log(5)).slice(-1);
    expect(entry).toMatchObject({
      who: 'amal',
      act: 'release',
      subject: 'https://gate.example/Called',
      because: 'in calais',
    });
    expect((await runAt(start + 3 * hour, yaml)).publication.written).toEqual([]);
  });

  test('is shown by a section that does not hold it, under the same page', async () => {
    const feeds: Feeds = { gate: [called], quay: [quiet] };
    const yaml = twoSections(await serve(feeds), phones);
    await runAt(start, yaml);
    expect(titles('calais')).toEqual(['Quiet']);
    expect(titles('all')).toEqual(['Called']);
    expect(carrying('guards').filter((path) => path.startsWith('calais/'))).toEqual([]);
    expect(carrying('guards').some((path) => path.startsWith('story/'))).toBe(true);
    await release('https://gate.example/Called', 'calais');
    await runAt(start + hour, yaml);
    expect(titles('calais').sort()).toEqual(['Called', 'Quiet']);
  });

  test('parks its reposts with it, and releases those that hold nothing else', async () => {
    const repost = (extra = ''): Told => ({
      name: 'Copied',
      text: `<p>Reposted from <a href="https://gate.example/Called">Gate Group</a></p>${called.text}${extra}`,
      at: start - hour,
    });
    const feeds: Feeds = { gate: [called], quay: [repost()] };
    const yaml = oneSection(await serve(feeds), phones);
    await runAt(start, yaml);
    expect(carrying('guards')).toEqual([]);
    await release('https://gate.example/Called');
    await runAt(start + hour, yaml);
    expect(carrying('https://quay.example/Copied').length).toBeGreaterThan(0);
    feeds.quay = [repost('<p>Or call 07 98 76 54 32.</p>')];
    const { news } = await runAt(start + 2 * hour, yaml);
    expect(news.map(({ source }) => source)).toEqual(['Quay']);
    expect(titles('calais')).toEqual(['Called']); // nobody else's words take it away
    expect(carrying('https://quay.example/Copied')).toEqual([]);
    expect(carrying('07 98 76 54 32')).toEqual([]);
  });

  test('is parked again by an edit that brings something else, and by none that does not; a new guid changes nothing', async () => {
    const feeds: Feeds = { gate: [called, quiet], quay: [] };
    const yaml = oneSection(await serve(feeds), phones);
    await runAt(start, yaml);
    await release('https://gate.example/Called');
    await runAt(start + hour, yaml);
    const edited = (text: string, guid?: string): Told => ({
      ...called,
      text,
      ...(guid === undefined ? {} : { guid }),
    });
    feeds.gate = [edited(called.text.replace('six', 'seven').replace(number, '+33 6.12.34.56.78')), quiet];
    await runAt(start + 2 * hour, yaml);
    expect(carrying('at seven in the morning').length).toBeGreaterThan(2);
    feeds.gate = [edited(feeds.gate[0]?.text ?? '', 'moved'), { ...quiet, guid: 'moved too' }];
    await runAt(start + 3 * hour, yaml);
    expect(titles('calais').sort()).toEqual(['Called', 'Quiet']);
    feeds.gate = [edited(`${feeds.gate[0]?.text}<p>Or 07 98 76 54 32.</p>`, 'moved'), quiet];
    await runAt(start + 4 * hour, yaml);
    expect(carrying('guards')).toEqual([]);
    expect(titles('calais')).toEqual(['Quiet']);
    feeds.gate = [edited(called.text.replace('six', 'eight'), 'moved'), quiet];
    await runAt(start + 5 * hour, yaml);
    expect(carrying('at eight in the morning').length).toBeGreaterThan(2);
    expect(carrying('07 98')).toEqual([]);
  });

  test('that is corrected before anybody saw it says nothing of what was in it', async () => {
    const feeds: Feeds = { gate: [quiet, called], quay: [] };
    const yaml = oneSection(await serve(feeds), '{ words: guards }');
    await runAt(start, yaml);
    expect(carrying('guards')).toEqual([]);
    feeds.gate = [quiet, { ...called, text: tale('Somebody in black') }];
    await runAt(start + hour, yaml);
    expect(carrying('Somebody in black').length).toBeGreaterThan(2);
    expect(carrying('guards')).toEqual([]);
  });

  test('and was taken back before anybody saw it leaves no stub and no tombstone', async () => {
    const feeds: Feeds = { gate: [quiet, called], quay: [] };
    const yaml = oneSection(await serve(feeds), phones);
    await runAt(start, yaml);
    const { library } = house.house;
    const bench = { config: settings(yaml), library, now: start, who: 'amal' };
    const taken = await takeBack('https://gate.example/Called', { who: 'amal', because: 'it names a witness' }, bench);
    expect(taken.kind).toBe('done');
    await runAt(start + hour, yaml);
    expect(storyPages()).toHaveLength(1);
    expect(file('calais/atom.xml')).not.toContain('deleted-entry');
    expect(file('calais/feed.json')).not.toContain('deleted');
  });
});

describe('a text that readers have had', () => {
  test('leaves everything when it is parked, also for a mere tag, and the links that lead to it', async () => {
    const call = (when: string): string =>
      `<p>Come to the square on ${when} at noon. Bring drums, blankets and whatever you cook best, because the night will be long and the mayor has turned off the water again. We shall walk past the prefecture, the closed reception hall and the harbour gate, and whoever cannot walk will be driven. Nobody is left alone with the police, and everybody goes home together when the last train is called.</p>`;
    const first: Told = { name: 'Square', text: call('14 May') };
    const feeds: Feeds = { gate: [first], quay: [{ name: 'Again', text: call('9 June'), at: start - hour }] };
    const yaml = oneSection(await serve(feeds), phones);
    await runAt(start, yaml);
    const linking = (): string[] => carrying('>Square<').filter((path) => path.startsWith('story/'));
    expect(linking()).toHaveLength(2); // its own page, and one that leads to it
    feeds.gate = [{ ...first, more: `<category>${number}</category>` }];
    await runAt(start + hour, yaml);
    expect(titles('calais')).toEqual(['Again']);
    expect(linking()).toEqual([]);
    for (const words of ['14 May', 'Square', number]) expect(carrying(words)).toEqual([]);
    await release('https://gate.example/Square');
    await runAt(start + 2 * hour, yaml);
    expect(linking()).toHaveLength(2); // its own page, and one that leads to it
  });

  test('and is withdrawn while it is parked has a tombstone: they may still have it', async () => {
    const feeds: Feeds = { gate: [{ ...called, text: tale('The guards') }, quiet], quay: [] };
    const yaml = oneSection(await serve(feeds), phones);
    await runAt(start, yaml);
    feeds.gate = [called, quiet];
    await runAt(start + hour, yaml);
    expect(carrying('guards')).toEqual([]);
    expect(file('calais/atom.xml')).not.toContain('deleted-entry');
    const { library } = house.house;
    const said = { who: 'amal', because: 'it names a witness' };
    await takeBack('https://gate.example/Called', said, {
      config: settings(yaml),
      library,
      now: start + hour,
      who: 'amal',
    });
    await runAt(start + 2 * hour, yaml);
    expect(file('calais/atom.xml')).toContain('deleted-entry');
    expect(carrying(number)).toEqual([]);
  });
});

describe('what is always printed', () => {
  test.each([
    ['a section', '{ kinds: phone-numbers, allow: "+33 6 12 34 56 78" }', ''],
    ['its source', phones, ', allow: [ "0033612345678" ]'],
    ['a pattern', '{ kinds: phone-numbers, allow: "/call [0-9 ]+/" }', ''],
  ])('holds nothing up where %s allows it', async (_, hold, more) => {
    const feeds: Feeds = {
      gate: [called],
      quay: [{ ...called, name: 'Other', text: `<p>Ring 07 98 76 54 32 at the gate of the old mill.</p>` }],
    };
    await runAt(start, oneSection(await serve(feeds), hold, more));
    expect(titles('calais')).toEqual(['Called']);
  });
});

describe('pictures with faces', () => {
  test('wait where their partner says so, and a new one parks again', async () => {
    const pictured = (name: string): Told => ({
      ...quiet,
      name: 'Pictured',
      text: `${tale('The crowd')}<p><img src="https://gate.example/${name}.jpg" alt="people"></p>`,
    });
    const feeds: Feeds = {
      gate: [quiet, pictured('one')],
      quay: [
        {
          ...pictured('other'),
          name: 'Unmarked',
          text: '<p>A boat <img src="https://quay.example/boat.jpg" alt="a boat"></p>',
        },
      ],
    };
    const yaml = oneSection(await serve(feeds), '{ faces: true }', ', pictures_show_faces: true');
    await runAt(start, yaml);
    expect(titles('calais').sort()).toEqual(['Quiet', 'Unmarked']);
    await release('https://gate.example/Pictured');
    await runAt(start + hour, yaml);
    expect(titles('calais').sort()).toEqual(['Pictured', 'Quiet', 'Unmarked']);
    feeds.gate = [quiet, pictured('two')];
    await runAt(start + 2 * hour, yaml);
    expect(titles('calais').sort()).toEqual(['Quiet', 'Unmarked']);
  });
});

describe('a delay', () => {
  test('keeps texts out of its section alone, and ends by itself', async () => {
    const feeds: Feeds = { gate: [called], quay: [] };
    const yaml = twoSections(await serve(feeds), '{ delay: 2h }');
    await runAt(start, yaml);
    expect(titles('calais')).toEqual([]);
    expect(titles('all')).toEqual(['Called']);
    await runAt(start + 2 * hour - 1, yaml);
    expect(titles('calais')).toEqual([]);
    const { news } = await runAt(start + 2 * hour, yaml);
    expect(news).toEqual([]);
    expect(titles('calais')).toEqual(['Called']);
    expect((await runAt(start + 3 * hour, yaml)).publication.written).toEqual([]);
  });

  test('makes the page of the story only when it ends', async () => {
    const feeds: Feeds = { gate: [called], quay: [] };
    const yaml = oneSection(await serve(feeds), '{ delay: 2h }');
    await runAt(start, yaml);
    expect(storyPages()).toEqual([]);
    await runAt(start + 2 * hour, yaml);
    expect(storyPages()).toHaveLength(1);
    expect(carrying('guards').length).toBeGreaterThan(3);
  });
});

describe('what is looked for anew', () => {
  test('parks what was first seen in the last fourteen days, lets older texts stand, and opens what is looked for no more', async () => {
    const feeds: Feeds = { gate: [called], quay: [quiet] };
    const url = await serve(feeds);
    const bare = oneSection(url, '{ delay: 0s }');
    await runAt(start, bare);
    await runAt(start + 10 * day, bare);
    feeds.gate = [
      called,
      {
        ...called,
        name: 'Recent',
        text: `<p>The new office is reached under 07 98 76 54 32, ask for the key of the hall.</p>`,
        at: start + 10 * day,
      },
    ];
    await runAt(start + 11 * day, bare);
    expect(titles('calais').sort()).toEqual(['Called', 'Quiet', 'Recent']);
    const { news } = await runAt(start + 20 * day, oneSection(url, phones));
    expect(news.map(({ kind }) => kind)).toEqual(['parked']);
    expect(titles('calais').sort()).toEqual(['Called', 'Quiet']);
    feeds.gate = [{ ...called, text: called.text.replace('six', 'seven') }];
    await runAt(start + 21 * day, oneSection(url, phones));
    expect(carrying('at seven in the morning').length).toBeGreaterThan(2); // what stood in it then is let pass
    await runAt(start + 22 * day, bare);
    expect(titles('calais').sort()).toEqual(['Called', 'Quiet', 'Recent']);
  });
});
