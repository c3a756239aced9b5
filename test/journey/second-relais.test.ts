/**
 * A Relais that reads another one's feeds, in each format, over days: whose a text is, on what terms it may be shown, that it was
 * corrected or taken back, all passes through; and where the first reads the second too, nothing goes round in circles.
 */
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { letInAgain, takeBack } from '../../src/taking-back.ts';
import { type Entry, type Group, hour, type Network, openNetwork, type Relay, urlOf } from './relays.ts';

const harbourHost = 'harbour.example';
const copiesHost = 'copies.example';

/** Of more than thirty words, so that a repost is known by them; more than sixty, so that an excerpt of it is less. */
const tale = (mark: string): string =>
  `<p>${mark} came at six in the morning with dogs and trucks and cleared the whole camp beside the old harbour road. Nobody was told by ${mark} where to go. The tents were thrown away by ${mark}, and so were the papers of eleven people who had waited two years for them in ${mark} street.</p><p>We ask everyone to come on Saturday, and to bring what ${mark} took. The kitchen will be there again with soup and bread for all. The last words of ${mark} are these.</p>`;
const gate: Entry = { name: 'gate', title: 'At the gate', html: tale('guards'), age: 20 };
const yard: Entry = { name: 'yard', title: 'In the yard', html: tale('bakers'), age: 30 };
const others: readonly Entry[] = [
  { name: 'quay', title: 'On the quay', html: tale('sailors'), age: 10 },
  { name: 'hall', title: 'In the hall', html: tale('singers'), age: 40 },
  { name: 'road', title: 'Down the road', html: tale('drivers'), age: 50 },
];
const copy: Entry = {
  ...gate,
  name: 'copy',
  html: `<p>Reposted from <a href="${urlOf(harbourHost, 'gate')}">Harbour Watch</a></p>${gate.html}`,
  age: 15,
};

let network: Network;
let harbour: Group;
let copies: Group;
let first: Relay;
let second: Relay;

const fromHarbour = (more = ''): string =>
  `sections:\n  quay:\n    - { url: "http://${harbourHost}/feed", show: full${more} }\n    - { url: "http://${copiesHost}/feed", show: full }\n`;
const reading = (host: string, name: string, format: string): string =>
  `    - { url: "http://${host}/quay/${format}", name: ${name}, role: aggregator, show: full }\n`;

beforeEach(async () => {
  network = await openNetwork({ [harbourHost]: 'Harbour Watch', [copiesHost]: 'Copy House' });
  [harbour, copies] = [network.groups[harbourHost] as Group, network.groups[copiesHost] as Group];
  harbour.entries = [gate, yard, ...others];
  copies.entries = [copy];
  first = await network.openRelay('first.example', fromHarbour());
});
afterEach(async () => {
  await network.close();
});

async function subscribe(format: string): Promise<void> {
  await first.run();
  second = await network.openRelay(
    'second.example',
    `sections:\n  quay:\n${reading('first.example', 'First Relay', format)}`,
  );
  await tick();
}

/** Lets time pass; both ask whom they read, the first first. @returns what each has written */
async function tick(ms = hour): Promise<string[][]> {
  network.pass(ms);
  return [await first.run(), await second.run()];
}

interface Told {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly content_html: string;
  readonly authors: readonly { readonly name: string; readonly url?: string }[];
  readonly _relais: {
    readonly credit: string;
    readonly original: { readonly group: string };
    readonly reposts: readonly { readonly group: string; readonly via?: string }[];
    readonly licence?: { readonly url: string };
  };
}

const toldBy = (relay: Relay): readonly Told[] => JSON.parse(relay.file('quay/feed.json')).items;
const titles = (relay: Relay): string[] =>
  toldBy(relay)
    .map(({ title }) => title)
    .sort();
const story = (relay: Relay, title: string): Told | undefined => toldBy(relay).find((one) => one.title === title);
const all = [gate, yard, ...others].map(({ title }) => title).sort();
const without = (gone: string): string[] => all.filter((title) => title !== gone);
const pageOf = (told: Told | undefined): string => `/story/${told?.id.split('/').at(-1)}/`;
const bench = ({ config, house }: Relay) =>
  ({ config: config(), library: house().library, now: network.now(), who: 'anna' }) as const;
const said = { who: 'anna', because: 'it names witnesses' };

/** Ids that each of the three feeds says are taken back. */
function tombstones(relay: Relay): string[][] {
  const inXml = (path: string): string[] =>
    [...relay.file(path).matchAll(/<at:deleted-entry [^>]*ref="([^"]+)"/g)].map(([, ref = '']) => ref);
  const { _relais: own } = JSON.parse(relay.file('quay/feed.json'));
  const inJson = (own?.deleted ?? []).map(({ id }: { id: string }) => id);
  return [inXml('quay/atom.xml'), inXml('quay/feed.xml'), inJson];
}

test('whose a text is is known behind a third one too, and a guess stays a guess', async () => {
  const guessed = { name: 'either', title: 'Either', html: tale('painters'), age: 12 };
  harbour.entries = [...harbour.entries, guessed];
  copies.entries = [{ ...guessed, age: 8 }];
  await first.run();
  for (const format of ['atom.xml', 'feed.xml', 'feed.json']) {
    const sections = (host: string, name: string): string => `sections:\n  quay:\n${reading(host, name, format)}`;
    const next = await network.openRelay(`second-${format}`, sections(first.host, 'First Relay'));
    await next.run();
    const last = await network.openRelay(`third-${format}`, sections(next.host, 'Second Relay'));
    await last.run();
    for (const relay of [next, last]) {
      const credits = toldBy(relay).map(({ title, authors }) => [title, authors[0]?.name.includes('Harbour Watch')]);
      expect(credits.filter(([title]) => title !== 'Either')).toEqual(
        toldBy(first).flatMap(({ title }) => (title === 'Either' ? [] : [[title, true]])),
      );
      expect(story(relay, 'Either')?._relais.original).toMatchObject({ guessed: true });
    }
  }
});

describe.each(['atom.xml', 'feed.xml', 'feed.json'])('read by its %s', (format) => {
  test('the original stays the original, and who passed it on is said', async () => {
    await subscribe(format);
    expect(titles(second)).toEqual(all);
    for (const told of toldBy(second)) {
      expect(told.authors[0]?.name).toBe('Harbour Watch');
      expect(told._relais.original.group).toBe('Harbour Watch');
      expect(told._relais.reposts.map(({ group }) => group)).toEqual(['First Relay']);
      expect(told.url).toBe(story(first, told.title)?.url);
      const page = load(second.file(`${pageOf(told).slice(1)}index.html`));
      expect(page('link[rel=canonical]').attr('href')).toBe(told.url);
      expect(page('.credit').first().text()).toMatch(/Harbour Watch.*First Relay/);
    }
    expect(await tick()).toEqual([[], []]);
  });

  test('a correction passes through under the same name', async () => {
    await subscribe(format);
    const before = story(second, 'At the gate');
    harbour.entries = [{ ...gate, html: gate.html.replace('eleven people', 'twelve people') }, yard, ...others];
    copies.entries = [];
    await tick();
    const after = story(second, 'At the gate');
    expect(after?.id).toBe(before?.id);
    expect(after?.content_html).toContain('twelve people');
    expect(story(second, 'At the gate')?.content_html).not.toContain(
      'eleven people who had waited two years for them in guards',
    );
    const page = load(second.file(`${pageOf(after).slice(1)}index.html`));
    expect(page('.correction').text().replace(/\s+/g, ' ')).toContain('twelve');
    expect(titles(second)).toEqual(all);
    expect(await tick()).toEqual([[], []]);
  });

  test('what its feed takes back is gone from both, with a tombstone and a page that says so', async () => {
    await subscribe(format);
    const [here, there] = [story(first, 'At the gate'), story(second, 'At the gate')];
    harbour.entries = [yard, ...others];
    harbour.deleted = ['gate'];
    await tick();
    for (const relay of [first, second]) {
      expect(titles(relay)).toEqual(without('At the gate'));
      expect(relay.carrying('guards')).toEqual([]);
    }
    expect(tombstones(first)).toEqual(Array(3).fill([here?.id]));
    expect(tombstones(second)).toEqual(Array(3).fill([there?.id]));
    expect((await second.answer(pageOf(there))).status).toBe(410);
    expect((await second.answer(pageOf(story(second, 'In the yard')))).status).toBe(200);
    expect(await tick()).toEqual([[], []]);
  });

  test('what is gone from its site is gone from both after a day; what falls off the end is in both', async () => {
    await subscribe(format);
    harbour.entries = [gate, ...others.slice(0, 2)];
    harbour.gone = ['yard'];
    await tick(2 * hour);
    expect(titles(second)).toEqual(all);
    await tick(13 * hour);
    await tick(13 * hour);
    for (const relay of [first, second]) {
      expect(titles(relay)).toEqual(without('In the yard'));
      expect(relay.carrying('bakers')).toEqual([]);
    }
  });

  test('what the maintainer of the first takes back is gone from both; let in, it waits for a person at the second', async () => {
    await subscribe(format);
    const [here, there] = [story(first, 'At the gate'), story(second, 'At the gate')];
    expect((await takeBack(urlOf(harbourHost, 'gate'), said, bench(first))).kind).toBe('done');
    await tick();
    for (const relay of [first, second]) expect(relay.carrying('guards')).toEqual([]);
    expect((await letInAgain(urlOf(harbourHost, 'gate'), said, bench(first))).kind).toBe('done');
    await tick();
    await tick();
    expect(story(first, 'At the gate')?.id).toBe(here?.id);
    expect(tombstones(first)).toEqual([[], [], []]);
    expect(second.carrying('guards')).toEqual([]);
    expect((await letInAgain(here?.id ?? '', said, bench(second))).kind).toBe('done');
    await tick();
    expect(story(second, 'At the gate')).toMatchObject({ id: there?.id, authors: [{ name: 'Harbour Watch' }] });
    expect(tombstones(second)).toEqual([[], [], []]);
    expect(await tick()).toEqual([[], []]);
  });

  const notShown = ['none from its settings', 'none by a wish in its feed'] as const;
  test.each(notShown)('of what was shown until its group was set to %s each hears', async (how) => {
    await subscribe(format);
    const ids = (relay: Relay): string[] => toldBy(relay).map(({ id }) => id);
    const [here, there] = [ids(first), ids(second)];
    const ask = (isAsked: boolean): void => {
      if (how === notShown[0])
        first.sections = isAsked ? fromHarbour().replace('show: full', 'show: none') : fromHarbour();
      else if (isAsked) harbour.wish = 'none';
      else delete harbour.wish;
    };
    ask(true);
    await tick();
    for (const relay of [first, second]) {
      expect(titles(relay)).toEqual([]);
      for (const words of ['guards', 'bakers', 'singers', 'At the gate']) expect(relay.carrying(words)).toEqual([]);
    }
    expect(first.carrying('Harbour')).toEqual([]);
    for (const [relay, known] of [
      [first, here],
      [second, there],
    ] as const)
      expect(tombstones(relay).map((own) => own.sort())).toEqual(Array(3).fill(known.toSorted()));
    expect(await tick()).toEqual([[], []]);
    ask(false);
    await tick();
    expect(ids(first)).toEqual(here);
    expect(tombstones(first)).toEqual([[], [], []]);
    expect(titles(second)).toEqual([]); // what was taken back there waits for a person there
    for (const id of here) expect((await letInAgain(id, said, bench(second))).kind).toBe('done');
    await tick();
    expect(ids(second).sort()).toEqual(there.toSorted());
    expect(tombstones(second)).toEqual([[], [], []]);
    expect(await tick()).toEqual([[], []]);
  });

  test('of one text too that its authors ask not to be shown; and of none that never was', async () => {
    harbour.entries = [gate, { ...yard, wish: 'none' }, ...others];
    await subscribe(format);
    const gone = story(first, 'At the gate')?.id;
    expect(tombstones(first)).toEqual([[], [], []]);
    harbour.entries = [{ ...gate, wish: 'none' }, { ...yard, wish: 'none' }, ...others];
    await tick();
    for (const relay of [first, second]) {
      expect(titles(relay)).toEqual(without('At the gate').filter((title) => title !== 'In the yard'));
      expect(relay.carrying('guards')).toEqual([]);
    }
    expect(tombstones(first)).toEqual(Array(3).fill([gone]));
    harbour.entries = [gate, yard, ...others];
    await tick();
    expect(titles(first)).toEqual(all);
    expect(tombstones(first)).toEqual([[], [], []]);
    expect(titles(second)).toEqual(without('At the gate'));
  });

  test('when and where a call takes place, and what its authors ask of whoever passes it on, pass through', async () => {
    const ev = (name: string, text: string): string =>
      `<ev:${name} xmlns:ev="http://purl.org/rss/1.0/modules/event/">${text}</ev:${name}>`;
    const call = (day: number): string =>
      `${ev('startdate', `2026-11-${day}T10:00:00+01:00`)}${ev('enddate', `2026-11-${day}T12:00:00+01:00`)}${ev('location', 'Fish &amp; market')}`;
    const off = `<x:vevent xmlns:x="urn:ietf:params:xml:ns:xcal"><x:dtstart>2026-11-27</x:dtstart><x:dtend>2026-11-29</x:dtend><x:summary>Camp</x:summary><x:status>CANCELLED</x:status></x:vevent>`;
    harbour.entries = [{ ...gate, call: call(28), wish: 'excerpt' }, { ...yard, call: off }, ...others];
    await subscribe(format);
    const told = (relay: Relay, title: string): unknown => story(relay, title)?._relais;
    for (const relay of [first, second]) {
      expect(told(relay, 'At the gate')).toMatchObject({
        republish: 'excerpt',
        events: [
          { startDate: '2026-11-28T09:00:00.000Z', endDate: '2026-11-28T11:00:00.000Z', location: 'Fish & market' },
        ],
      });
      expect(told(relay, 'In the yard')).toMatchObject({
        events: [
          {
            startDate: '2026-11-27',
            endDate: '2026-11-28',
            name: 'Camp',
            eventStatus: expect.stringMatching(/Cancelled$/),
          },
        ],
      });
      expect(relay.file('quay/calendar.ics')).toContain('DTSTART:20261128T090000Z');
      expect(relay.carrying('The last words of guards')).toEqual([]);
    }
    expect(await tick()).toEqual([[], []]);
    harbour.entries = [{ ...gate, call: call(29) }, { ...yard, call: off }, ...others];
    await tick();
    for (const relay of [first, second]) {
      expect(relay.file('quay/calendar.ics')).toContain('DTSTART:20261129T090000Z');
      expect(relay.carrying('The last words of guards')).not.toEqual([]);
      expect(told(relay, 'At the gate')).not.toHaveProperty('republish');
    }
    expect(await tick()).toEqual([[], []]);
  });

  test('what is shown in part stays a part, and each licence stands beside its own text', async () => {
    const licence = 'https://creativecommons.org/licenses/by-nc/4.0/';
    const reserved = { ...yard, rights: 'All rights reserved' };
    harbour.entries = [{ ...gate, rights: licence }, reserved, ...others];
    copies.entries = [{ ...copy, name: 'own', title: 'Our own', html: tale('cooks') }];
    first.sections = `${fromHarbour()}`.replace(`${copiesHost}/feed", show: full`, `${copiesHost}/feed", show: link`);
    await subscribe(format);
    expect(titles(second)).toEqual([...all, 'Our own'].sort());
    expect(story(second, 'At the gate')?.content_html).toContain('The last words of guards');
    for (const relay of [first, second]) {
      expect(relay.carrying('Nobody was told by bakers')).not.toEqual([]);
      expect(relay.carrying('The last words of bakers')).toEqual([]);
      expect(relay.carrying('cooks')).toEqual([]);
      const licensed = toldBy(relay).flatMap(({ title, _relais: own }) =>
        own.licence?.url === licence ? [title] : [],
      );
      expect(licensed).toEqual(['At the gate']);
      expect(story(relay, 'In the yard')?._relais.licence).toEqual({ text: 'All rights reserved' });
      expect(story(relay, 'On the quay')?._relais.licence).toBeUndefined();
    }
    first.sections = fromHarbour().replace('show: full', 'show: excerpt');
    await tick();
    for (const relay of [first, second]) {
      expect(relay.carrying('Nobody was told by guards')).not.toEqual([]);
      expect(relay.carrying('The last words of guards')).toEqual([]);
    }
  });

  test('where the first reads the second too, nothing is told twice, credited to either, or written without news', async () => {
    await subscribe(format);
    const before = toldBy(first);
    first.sections += reading('second.example', 'Second Relay', format);
    await tick();
    await tick();
    for (let turn = 0; turn < 4; turn++) expect(await tick()).toEqual([[], []]);
    for (const relay of [first, second]) {
      expect(titles(relay)).toEqual(all);
      for (const { authors } of toldBy(relay)) expect(authors[0]?.name).toBe('Harbour Watch');
    }
    expect(toldBy(first).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    harbour.entries = [
      { name: 'news', title: 'News', html: tale('cooks'), age: 1 },
      { ...gate, html: gate.html.replace('eleven people', 'twelve people') },
      yard,
      ...others.slice(1),
    ];
    harbour.deleted = ['quay'];
    copies.entries = [];
    for (let turn = 0; turn < 3; turn++) await tick();
    for (let turn = 0; turn < 3; turn++) expect(await tick()).toEqual([[], []]);
    for (const relay of [first, second]) {
      expect(titles(relay)).toEqual([...without('On the quay'), 'News'].sort());
      for (const { authors } of toldBy(relay)) expect(authors[0]?.name).toBe('Harbour Watch');
      expect(relay.carrying('sailors')).toEqual([]);
      expect(story(relay, 'At the gate')?.content_html).toContain('twelve people');
    }
  });

  test('where its reposts stay, those of groups do, and no text that each has only from the other', async () => {
    copies.entries = [
      {
        ...copy,
        name: 'yard',
        title: 'In the yard',
        html: copy.html.replace('/gate', '/yard').replace(gate.html, yard.html),
      },
    ];
    first.sections = fromHarbour(', withdrawn: keep');
    await subscribe(format);
    first.sections += reading('second.example', 'Second Relay', format);
    await tick();
    await tick();
    harbour.entries = [...others];
    harbour.deleted = ['gate', 'yard'];
    for (let turn = 0; turn < 3; turn++) await tick();
    for (let turn = 0; turn < 3; turn++) expect(await tick()).toEqual([[], []]);
    for (const relay of [first, second]) {
      expect(titles(relay)).toEqual(without('At the gate'));
      expect(relay.carrying('guards')).toEqual([]);
      expect(story(relay, 'In the yard')?.content_html.match(/bakers came at six/g)).toHaveLength(1);
    }
  });
});
