/** Calls with a date over days and ticks, as readers find them in the published files: they appear, change, pass, are gone. */
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { faultsOf, filesIn } from '../crash/site.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { type Component, eventsOf, readCalendar, said } from '../publish/ics.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3); // a Friday, 4:00 in Paris
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
const partners: Partner[] = [];

beforeEach(async () => {
  house = await openTestHouse(
    start,
    'network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/", timezone: Europe/Paris }\n',
  );
});
afterEach(async () => {
  await house.close();
  for (const partner of partners.splice(0)) await partner.close();
});

interface Call {
  readonly name: string;
  readonly starts: string;
  readonly ends?: string;
  readonly status?: string;
  readonly words?: string;
}

const words = (name: string): string =>
  `For ${name} we meet before the gates of the harbour office, and from there we go along the quay to the fish market, where those who were there in the spring will tell what they saw.`;

function item({ name, starts, ends, status, words: told = words(name) }: Call): string {
  return `<item><guid isPermaLink="false">${name}</guid><title>${name}</title><link>https://quay.example/${name}</link><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate><description>${told}</description><x:dtstart>${starts}</x:dtstart>${ends === undefined ? '' : `<x:dtend>${ends}</x:dtend>`}<x:location>Gate of ${name}</x:location><x:status>${status ?? 'CONFIRMED'}</x:status></item>`;
}

/** A feed that says what its calls are at the time. */
async function calling(
  calls: () => readonly Call[],
  gone: () => readonly string[] = () => [],
  host = 'quay',
): Promise<string> {
  const partner = await startPartner((_request, response) =>
    response.end(
      `<rss version="2.0" xmlns:x="urn:ietf:params:xml:ns:xcal" xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel><title>Watch of ${host}</title><link>https://${host}.example/</link>${gone()
        .map((ref) => `<at:deleted-entry ref="${ref}" when="2026-11-20T00:00:00Z"/>`)
        .join('')}${calls().map(item).join('')}</channel></rss>`,
    ),
  );
  partners.push(partner);
  return partner.url;
}

const settings = (url: string, more = ''): string =>
  `sections:\n  quay:\n    digest: { when: weekly, at: "Fri 04:00" }\n    sources:\n      - url: ${url}\n${more}`;

const files = (): ReadonlyMap<string, string> =>
  new Map(filesIn(house.house.siteFolder).map(({ path, body }) => [path, body]));

interface Shown {
  readonly title: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly place: string;
  readonly leadsTo: string | undefined;
  readonly isOff: boolean;
}

function comingUpIn(page: string): readonly Shown[] {
  const $ = load(files().get(page) ?? '');
  return $('.coming .h-event')
    .toArray()
    .map((one) => ({
      title: $(one).find('.p-name').first().text(),
      from: $(one).find('time.dt-start').attr('datetime'),
      to: $(one).find('time.dt-end').attr('datetime'),
      place: $(one).find('.p-location').text(),
      leadsTo: $(one).find('h3 a').attr('href'),
      isOff: $(one).find('.p-status').length > 0,
    }));
}
const titles = (page = 'quay/index.html'): string[] => comingUpIn(page).map(({ title }) => title);

function calendar(): readonly Component[] {
  return eventsOf(readCalendar(files().get('quay/calendar.ics') ?? ''));
}
const inCalendar = (): string[] => calendar().map((one) => `${said(one, 'SUMMARY')} ${said(one, 'STATUS')}`);

const digestPage = 'quay/digest/2026-w47/index.html';
const mailOf = (): string =>
  (files().get(digestPage.replace('index.html', 'digest.eml')) ?? '').replaceAll('=\r\n', '');
const textOf = (): string => files().get(digestPage.replace('index.html', 'digest.txt')) ?? '';

/** Runs at an instant. @returns the files that it wrote or took away */
async function runAt(at: number, yaml: string, isAsked = false): Promise<readonly string[]> {
  house.clock.set(at);
  const { publication } = await house.run(yaml, isAsked ? { now: 'all' } : {});
  return [...publication.written, ...publication.removed].filter((path) => !path.startsWith('status/'));
}

test('a call appears everywhere, is changed, passes, and is gone', async () => {
  let march: Call = { name: 'March', starts: '2026-11-28T10:00:00', ends: '2026-11-28T12:00:00' };
  const url = await calling(() => [march]);
  const yaml = settings(url);
  await runAt(start, yaml);
  const shown = {
    title: 'March',
    from: '2026-11-28T10:00:00+01:00',
    to: '2026-11-28T12:00:00+01:00',
    place: 'Gate of March',
  };
  expect(comingUpIn('quay/index.html')).toMatchObject([shown]);
  expect(comingUpIn(digestPage)).toMatchObject([shown]);
  const [{ leadsTo = '' } = {}] = comingUpIn('quay/index.html');
  expect(files().has(leadsTo.replace('../', ''))).toBe(true);
  for (const text of [textOf(), mailOf()])
    expect(text).toMatch(/Coming up[\s\S]*Saturday 28 November 2026[\s\S]*Gate of March/);
  const section = load(files().get('quay/index.html') ?? '');
  expect(
    section('link[type="text/calendar"], .coming a[type="text/calendar"]')
      .toArray()
      .map((one) => section(one).attr('href')),
  ).toEqual(['calendar.ics', 'calendar.ics']);
  const [first] = calendar();
  expect([said(first, 'DTSTART'), said(first, 'DTEND')]).toEqual(['20261128T090000Z', '20261128T110000Z']);
  expect(await faultsOf(filesIn(house.house.siteFolder), 'https://news.example/', 'judge')).toEqual([]);

  march = { ...march, starts: '2026-11-29T10:00:00', ends: '2026-11-29T12:00:00' };
  await runAt(start + day, yaml, true);
  expect(comingUpIn('quay/index.html')).toMatchObject([{ from: '2026-11-29T10:00:00+01:00' }]);
  expect(files().get('quay/index.html')).toContain('Corrected on');
  const [second] = calendar();
  expect(said(second, 'UID')).toBe(said(first, 'UID'));
  expect(Number(said(second, 'SEQUENCE'))).toBeGreaterThan(Number(said(first, 'SEQUENCE')));
  expect(said(second, 'DTSTART')).toBe('20261129T090000Z');

  const end = Date.UTC(2026, 10, 29, 11);
  await runAt(end - hour, yaml);
  expect(await runAt(end - 1_000, yaml)).toEqual([]);
  expect(titles()).toEqual(['March']);
  const passed = await runAt(end, yaml);
  expect(passed).toContain('quay/index.html');
  expect(passed.filter((path) => path.startsWith('story/'))).toEqual([]);
  expect([titles(), titles(digestPage), inCalendar()]).toEqual([[], [], ['March CONFIRMED']]);
  expect(await runAt(end + 1_000, yaml)).toEqual([]);

  expect(await runAt(end + 30 * day, yaml)).toContain('quay/calendar.ics');
  expect(files().has('quay/calendar.ics')).toBe(false);
  expect(files().get('quay/index.html')).not.toContain('calendar.ics');
});

test('what is further ahead than thirty days is in the calendar, and comes up when its time has come', async () => {
  const url = await calling(() => [{ name: 'Assembly', starts: '20261224' }]);
  const yaml = settings(url);
  await runAt(start, yaml);
  expect([titles(), inCalendar()]).toEqual([[], ['Assembly CONFIRMED']]);
  const due = Date.UTC(2026, 10, 23, 23); // midnight in Paris, thirty days before
  await runAt(due - hour, yaml);
  expect(titles()).toEqual([]);
  await runAt(due + 1, yaml);
  expect(comingUpIn('quay/index.html')).toMatchObject([{ title: 'Assembly', from: '2026-12-24', to: undefined }]);
});

test('calendars have the right instant on the days on which clocks change', async () => {
  const url = await calling(() => [
    { name: 'Skipped', starts: '2027-03-28T02:30:00' },
    { name: 'Before', starts: '2027-03-27T10:00:00', ends: '2027-03-28T10:00:00' },
    { name: 'Twice', starts: '2027-10-31T02:30:00' },
    { name: 'Night', starts: '20271030', ends: '20271101' },
  ]);
  await runAt(start, settings(url));
  expect(calendar().map((one) => [said(one, 'SUMMARY'), said(one, 'DTSTART'), said(one, 'DTEND')])).toEqual([
    ['Before', '20270327T090000Z', '20270328T080000Z'],
    ['Skipped', '20270328T013000Z', undefined],
    ['Night', '20271030', '20271101'],
    ['Twice', '20271031T003000Z', undefined],
  ]);
});

describe('what is not to take place', () => {
  test('is said to be off, by those who called to it', async () => {
    let status = 'CONFIRMED';
    const url = await calling(() => [{ name: 'March', starts: '2026-11-28T10:00:00', status }]);
    await runAt(start, settings(url));
    status = 'CANCELLED';
    await runAt(start + hour, settings(url), true);
    expect(comingUpIn('quay/index.html')).toMatchObject([{ title: 'March', isOff: true }]);
    expect(inCalendar()).toEqual(['March CANCELLED']);
    expect(textOf()).toContain('(cancelled)');
  });

  test('is gone with a call that was taken back, and calendars hear of it without a word of it', async () => {
    let gone: string[] = [];
    const url = await calling(
      () =>
        [
          { name: 'March', starts: '2026-11-28T10:00:00' },
          { name: 'Other', starts: '2026-11-30' },
        ].filter(({ name }) => !gone.includes(name)),
      () => gone,
    );
    await runAt(start, settings(url));
    expect(titles()).toEqual(['March', 'Other']);
    gone = ['March'];
    await runAt(start + hour, settings(url), true);
    expect(titles()).toEqual(['Other']);
    expect(titles(digestPage)).toEqual(['Other']);
    const kept = await house.house.library.eventful(start);
    expect(
      kept
        .filter(({ takenBack }) => takenBack !== undefined)
        .map(({ events }) => events.map(({ start: at, place }) => [at, place])),
    ).toEqual([[[{ kind: 'wall', wall: '2026-11-28T10:00' }, undefined]]]);
    const [cancelled] = calendar();
    expect(cancelled?.lines.has('SUMMARY')).toBe(false);
    expect([said(cancelled, 'STATUS'), said(cancelled, 'DTSTART')]).toEqual(['CANCELLED', '20261128T090000Z']);
    expect([...files()].filter(([, body]) => body.includes('March')).map(([path]) => path)).toEqual([]);
    await runAt(start + 29 * day, settings(url));
    expect(calendar()).toHaveLength(2);
    await runAt(start + hour + 30 * day, settings(url));
    expect(inCalendar()).toEqual(['Other CONFIRMED']);
  });
});

test('of a source that allows a link there are title, date and link', async () => {
  const url = await calling(() => [{ name: 'March', starts: '2026-11-28T10:00:00' }]);
  await runAt(start, settings(url, '        show: link\n'));
  expect(comingUpIn('quay/index.html')).toMatchObject([{ title: 'March', place: '' }]);
  expect([...files()].filter(([, body]) => body.includes('Gate of March')).map(([path]) => path)).toEqual([]);
});

test('a call that another group passes on stands once, and so does one that two groups make', async () => {
  const march = { name: 'March', starts: '2026-11-28T10:00:00' };
  const yaml = `sections:\n  quay:\n    - ${await calling(() => [march])}\n    - ${await calling(() => [{ ...march, words: `A call of our own: ${words('the feast of the boats')} And bring a drum, a pot or a whistle.` }])}\n    - ${await calling(() => [march])}\n`;
  await runAt(start, yaml);
  expect(titles()).toEqual(['March']);
  expect(calendar()).toHaveLength(1);
});

test.each(['full', 'none'])('what a reposter, shown %s, adds to another’s text stands nowhere', async (show) => {
  const told = words('the harbour').repeat(2);
  const own = await startPartner((_request, response) =>
    response.end(
      `<rss version="2.0"><channel><title>Watch of quay</title><link>https://quay.example/</link><item><guid>q</guid><title>Meeting</title><link>https://quay.example/Meeting</link><pubDate>Thu, 19 Nov 2026 09:00:00 GMT</pubDate><description>${told}</description></item></channel></rss>`,
    ),
  );
  partners.push(own);
  const added: Call = {
    name: 'Poison',
    starts: '20261128T100000Z',
    words: `From &lt;a href="https://quay.example/Meeting"&gt;Watch of quay&lt;/a&gt;: ${told}`,
  };
  const other = await calling(
    () => [added],
    () => [],
    'mirror',
  );
  await runAt(start, `${settings(own.url)}      - { url: "${other}", show: ${show} }\n`);
  expect([...files().values()].filter((body) => body.includes(told.slice(0, 40)))).not.toEqual([]);
  expect([...files().values()].filter((body) => body.includes('Gate of Poison'))).toEqual([]);
});

test('a copy that is taken back takes its section with it, and no other', async () => {
  const march = { name: 'March', starts: '2026-11-28T10:00:00' };
  let gone: string[] = [];
  const first = await calling(() => [march]);
  const second = await calling(
    () => (gone.length > 0 ? [] : [march]),
    () => gone,
    'host',
  );
  const yaml = `sections:\n  quay:\n    - ${second}\n  coast:\n    - ${first}\n`;
  await runAt(start, yaml);
  expect([titles(), titles('coast/index.html')]).toEqual([['March'], ['March']]);
  gone = ['March'];
  await runAt(start + hour, yaml, true);
  const others = [...files()].filter(([path, body]) => path.startsWith('quay/') && body.includes('March'));
  expect(others.map(([path]) => path)).toEqual([]);
  expect(titles('coast/index.html')).toEqual(['March']);
});

test('what a partner writes is words, wherever it is printed', async () => {
  const name = '&lt;img src=x onerror=alert(1)&gt; &quot;&gt;BEGIN:VEVENT';
  const url = await calling(() => [{ name: 'March', starts: '2026-11-28T10:00:00' }]);
  const partner = await startPartner({
    '/': `<rss version="2.0" xmlns:x="urn:ietf:params:xml:ns:xcal"><channel><title>Quay</title><item><guid>1</guid><title>Call</title><description>Bring a drum, a pot or a whistle, and tell everybody who has ears that the boats come home tonight.</description><x:dtstart>2026-11-28T10:00:00</x:dtstart><x:summary>${name}</x:summary><x:location>${name}</x:location><x:url>javascript:alert(1)</x:url></item></channel></rss>`,
  });
  partners.push(partner);
  await runAt(
    start,
    `sections:\n  quay:\n    digest: { when: weekly, at: "Fri 04:00" }\n    sources: [ "${url}", "${partner.url}/" ]\n`,
  );
  expect(calendar()).toHaveLength(2);
  for (const page of ['quay/index.html', digestPage]) {
    const $ = load(files().get(page) ?? '');
    expect($('.coming img, .coming script, [onerror]').length).toBe(0);
    expect($('.coming .h-event')).toHaveLength(2);
  }
  for (const [path, body] of files()) expect(body.includes('javascript:'), path).toBe(false);
});

test('a feed that says now when it had not said before corrects nothing', async () => {
  let starts = '';
  const url = await calling(() => [{ name: 'March', starts }]);
  await runAt(start, settings(url));
  expect(files().has('quay/calendar.ics')).toBe(false);
  starts = '2026-11-28T10:00:00';
  await runAt(start + hour, settings(url), true);
  expect(titles()).toEqual(['March']);
  expect(files().get('quay/index.html')).not.toContain('Corrected on');
});

test('where nothing else has changed, a correction says that the call is at another time', async () => {
  let starts = '2026-11-28T10:00:00';
  const url = await calling(() => [{ name: 'March', starts }]);
  await runAt(start, settings(url));
  starts = '2026-11-29T10:00:00';
  await runAt(start + hour, settings(url), true);
  const pages = [...files()].flatMap(([path, body]) =>
    path.startsWith('story/') ? [load(body)('.correction').text()] : [],
  );
  expect(pages.join()).toContain('The time or the place of what it calls to was changed.');
  expect(pages.join()).not.toContain('A link, a picture');
});

test.each(['ar', 'fa'])('in %s the page reads from the right, and its dates are of its calendar', async (lang) => {
  const url = await calling(() => [{ name: 'March', starts: '2026-11-28T10:00:00' }]);
  await runAt(start, `sections:\n  quay:\n    lang: ${lang}\n    sources: [ "${url}" ]\n`);
  const $ = load(files().get('quay/index.html') ?? '');
  expect($('html').attr('dir')).toBe('rtl');
  const time = $('.coming time');
  expect(time.attr('datetime')).toBe('2026-11-28T10:00:00+01:00');
  expect(time.text()).not.toMatch(/[A-Za-z]/);
  expect(time.attr('title') !== undefined).toBe(lang === 'fa');
});
