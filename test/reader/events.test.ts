/** What entries say takes place, in each way that machines read, from the document to the item; and what is not believed. */
import { describe, expect, test } from 'vitest';
import type { ItemEvent, Source } from '../../src/model.ts';
import { openSteps } from '../../src/reader/steps.ts';
import { expectLinear } from '../expect-linear.ts';

const now = Date.UTC(2026, 10, 20, 3);
const source: Pick<Source, 'name' | 'lang' | 'hosts' | 'tags' | 'future'> = {
  name: 'Quay',
  lang: 'en',
  hosts: [],
  tags: [],
  future: 'show',
};

async function eventsOf(document: string): Promise<readonly ItemEvent[]> {
  const steps = openSteps();
  const read = await steps.read(
    { body: Buffer.from(document), contentType: undefined, url: 'https://quay.example/feed' },
    { page: undefined, areGuidsShared: false },
    undefined,
  );
  if (read.kind !== 'feed') throw new Error(read.kind);
  const guids = read.names.map(({ guid }) => guid);
  const made = await steps.normalise(guids, { source, now });
  if (made.kind !== 'items') throw new Error(made.problem.happened);
  return made.items.flatMap(({ events }) => events);
}

const escaped = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const namespaces =
  'xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:xcal="urn:ietf:params:xml:ns:xcal" xmlns:mec="http://webnus.net/rss/mec/"';
const rss = (inside: string): string =>
  `<rss version="2.0" ${namespaces}><channel><title>Quay</title><link>https://quay.example/</link><item><guid isPermaLink="false">1</guid><title>March for the harbour</title><link>https://quay.example/march</link><description>All come.</description>${inside}</item></channel></rss>`;
const html = (markup: string): string => rss(`<content:encoded>${escaped(markup)}</content:encoded>`);
const script = (data: unknown): string =>
  `<p>Come.</p><script type="application/ld+json">${JSON.stringify(data)}</script>`;
const schema = { '@context': 'https://schema.org', '@type': 'SocialEvent', name: 'Night vigil' };

const day = (text: string): ItemEvent['start'] => ({ kind: 'day', day: text });
const wall = (text: string): ItemEvent['start'] => ({ kind: 'wall', wall: text });
const at = (text: string): ItemEvent['start'] => ({ kind: 'instant', at: Date.parse(text) });

describe('is read', () => {
  test.each<[way: string, document: string, event: Partial<ItemEvent>]>([
    [
      'the event module of RSS 1.0',
      rss(
        '<ev:startdate>2026-11-28T10:00:00+01:00</ev:startdate><ev:enddate>2026-11-28T12:00:00+01:00</ev:enddate><ev:location>Fish market &amp; quay</ev:location><ev:organizer>Quay</ev:organizer>',
      ),
      { start: at('2026-11-28T09:00Z'), end: at('2026-11-28T11:00Z'), place: 'Fish market & quay', title: undefined },
    ],
    [
      'the same under another prefix',
      rss('<e:startDate xmlns:e="http://purl.org/rss/1.0/modules/event/">2026-11-28</e:startDate>'),
      { start: day('2026-11-28') },
    ],
    [
      'the same in Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom" ${namespaces}><title>Q</title><id>q</id><entry><id>1</id><title>March</title><updated>2026-11-19T10:00:00Z</updated><ev:startdate>2026-11-28T10:00</ev:startdate></entry></feed>`,
      { start: wall('2026-11-28T10:00') },
    ],
    [
      'what The Events Calendar wraps',
      rss('<ev:tribe_event_meta xmlns:ev="Event"><ev:startdate>2026-11-28 10:00</ev:startdate></ev:tribe_event_meta>'),
      { start: wall('2026-11-28T10:00') },
    ],
    [
      'Modern Events Calendar',
      rss(
        '<mec:startDate>2026-11-28</mec:startDate><mec:startHour>6:30 pm</mec:startHour><mec:endDate>2026-11-28</mec:endDate><mec:endHour>9:00 pm</mec:endHour><mec:location>Quay 3</mec:location>',
      ),
      { start: wall('2026-11-28T18:30'), end: wall('2026-11-28T21:00'), place: 'Quay 3' },
    ],
    [
      'xCal of the drafts, with a zone',
      rss(
        '<xcal:dtstart tzid="America/New_York">20261128T100000</xcal:dtstart><xcal:dtend tzid="America/New_York">20261128T110000</xcal:dtend><xcal:summary>Vigil</xcal:summary><xcal:location>Pier</xcal:location>',
      ),
      { start: at('2026-11-28T15:00Z'), end: at('2026-11-28T16:00Z'), title: 'Vigil', place: 'Pier' },
    ],
    [
      'xCal as in RFC 6321: the end of whole days is exclusive',
      rss(
        '<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar><components><vevent><properties><dtstart><date>2026-11-28</date></dtstart><dtend><date>2026-11-30</date></dtend><summary><text>Camp</text></summary><status><text>CANCELLED</text></status></properties></vevent></components></vcalendar></icalendar>',
      ),
      { start: day('2026-11-28'), end: day('2026-11-29'), title: 'Camp', isCancelled: true },
    ],
    [
      'schema.org as JSON-LD',
      html(
        script({
          ...schema,
          startDate: '2026-11-28T20:00:00+01:00',
          endDate: '2026-11-29T06:00:00+01:00',
          url: '/vigil',
          location: {
            '@type': 'Place',
            name: 'Pier',
            address: { streetAddress: '3 Quay St', addressLocality: 'Calais' },
          },
        }),
      ),
      {
        start: at('2026-11-28T19:00Z'),
        end: at('2026-11-29T05:00Z'),
        title: 'Night vigil',
        place: 'Pier, 3 Quay St, Calais',
        url: 'https://quay.example/vigil' as ItemEvent['url'],
      },
    ],
    [
      'in a graph, and cancelled',
      html(
        script({
          '@graph': [
            { '@type': 'WebPage' },
            {
              ...schema,
              '@type': ['Thing', 'Event'],
              startDate: '2026-11-28',
              eventStatus: 'https://schema.org/EventCancelled',
            },
          ],
        }),
      ),
      { start: day('2026-11-28'), isCancelled: true },
    ],
    [
      'with a duration in place of an end',
      html(script({ ...schema, startDate: '2026-11-28T20:00', duration: 'PT1H30M' })),
      { start: wall('2026-11-28T20:00'), end: wall('2026-11-28T21:30') },
    ],
    [
      'in a member of a JSON Feed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Q',
        items: [{ id: '1', title: 'March', content_text: 'Come', _event: { ...schema, startDate: '2026-11-28' } }],
      }),
      { start: day('2026-11-28'), title: 'Night vigil' },
    ],
    [
      'microdata',
      html(
        '<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Vigil</span> <meta itemprop="startDate" content="2026-11-28T10:00"><span itemprop="location" itemscope itemtype="https://schema.org/Place"><b itemprop="name">Pier</b></span><link itemprop="eventStatus" href="https://schema.org/EventScheduled"></div>',
      ),
      { start: wall('2026-11-28T10:00'), title: 'Vigil', place: 'Pier', isCancelled: false },
    ],
    [
      'RDFa',
      html(
        '<div vocab="https://schema.org/" typeof="Event"><span property="name">Vigil</span> <time property="startDate" datetime="2026-11-28T10:00Z">Saturday</time></div>',
      ),
      { start: at('2026-11-28T10:00Z'), title: 'Vigil' },
    ],
    [
      'h-event',
      html(
        '<div class="h-event"><a class="p-name u-url" href="/v">Vigil</a> <time class="dt-start" datetime="2026-11-28 10:00">Saturday</time>–<time class="dt-end" datetime="12:00">noon</time> <span class="p-location h-card"><b class="p-name">Pier</b></span></div>',
      ),
      {
        start: wall('2026-11-28T10:00'),
        end: wall('2026-11-28T12:00'),
        title: 'Vigil',
        place: 'Pier',
        url: 'https://quay.example/v' as ItemEvent['url'],
      },
    ],
    [
      'hCalendar, its value in parts',
      html(
        '<div class="vevent"><b class="summary">Vigil</b> <p class="dtstart"><abbr class="value" title="2026-11-28">Saturday</abbr> <b class="value">7:05 pm</b></p><b class="location">Pier</b><i class="status">Cancelled</i></div>',
      ),
      { start: wall('2026-11-28T19:05'), title: 'Vigil', place: 'Pier', isCancelled: true },
    ],
    [
      'h-event in an h-feed',
      '<html><div class="h-feed"><div class="h-entry"><a class="p-name u-url" href="/march">March</a><div class="h-event"><b class="p-name">Vigil</b><time class="dt-start" datetime="2026-11-28">x</time></div></div></div>',
      { start: day('2026-11-28'), title: 'Vigil' },
    ],
  ])('%s', async (_way, document, event) => {
    const [read, other] = await eventsOf(document);
    expect(read).toMatchObject(event);
    expect(other).toBeUndefined();
  });
});

test('what two ways say of one event is put together', async () => {
  const both = `<ev:startdate>2026-11-28T10:00</ev:startdate><content:encoded>${escaped(script({ ...schema, startDate: '2026-11-28T10:00', location: 'Pier' }))}</content:encoded>`;
  expect(await eventsOf(rss(both))).toEqual([
    {
      start: wall('2026-11-28T10:00'),
      end: undefined,
      title: 'Night vigil',
      place: 'Pier',
      url: undefined,
      isCancelled: false,
    },
  ]);
});

describe('is not read', () => {
  test.each([
    ['prose', html('<p>Come on Saturday 28 November 2026 at 10:00 to the pier.</p>')],
    ['prose in an element', rss('<ev:startdate>Saturday 28 November, ten o’clock</ev:startdate>')],
    [
      'prose in an h-event',
      html('<div class="h-event"><b class="p-name">V</b><b class="dt-start">28 November 2026</b></div>'),
    ],
    [
      'a time element of no event',
      html('<p>Come <time datetime="2026-11-28T10:00">on Saturday</time>. http://schema.org/</p>'),
    ],
    ['a day that no calendar has', rss('<ev:startdate>2026-02-30</ev:startdate>')],
    ['an hour that no clock has', rss('<ev:startdate>2026-11-28T25:00</ev:startdate>')],
    ['the beginning of time', rss('<ev:startdate>1970-01-01T00:00:00Z</ev:startdate>')],
    ['the end of time', rss('<ev:startdate>9999-12-31</ev:startdate>')],
    ['another kind of thing', html(script({ ...schema, '@type': 'DeliveryEvent', startDate: '2026-11-28' }))],
    ['a number for a date', html(script({ ...schema, startDate: 20261128 }))],
    [
      'broken JSON',
      html('<script type="application/ld+json">{"@type":"Event","startDate":"2026-11-28"</script> schema.org'),
    ],
    [
      'a name of every object',
      html(
        `<script type="application/ld+json">{"__proto__":{"@type":"Event","startDate":"2026-11-28"}}</script>schema.org`,
      ),
    ],
    ['a script of a megabyte', html(script({ ...schema, startDate: '2026-11-28', name: 'x'.repeat(200_000) }))],
    ['an address of code', html(script({ '@type': 'javascript:Event', startDate: '2026-11-28' }))],
  ])('%s', async (_what, document) => {
    expect(await eventsOf(document)).toEqual([]);
  });

  test.each([
    ['an end before the start', '2026-11-28T10:00', '2026-11-28T09:00'],
    ['an end years later', '2026-11-28T10:00', '2028-11-28T10:00'],
    ['a day for the end of a time', '2026-11-28T10:00', '2026-11-29'],
    ['words', '2026-11-28T10:00', 'late'],
  ])('%s is no end', async (_what, startDate, endDate) => {
    const [event] = await eventsOf(html(script({ ...schema, startDate, endDate })));
    expect(event).toMatchObject({ start: wall('2026-11-28T10:00'), end: undefined });
  });
});

test('of many there are ten, of long words two hundred characters, of addresses only those of pages', async () => {
  const many = Array.from({ length: 25 }, (_, hour) => ({
    ...schema,
    name: `<img src=x onerror=alert(1)>${hour} ${'long '.repeat(100)}`,
    startDate: new Date(now + hour * 3_600_000).toISOString(),
    url: 'javascript:alert(1)',
    location: ['\u202eevil', { name: 'x'.repeat(1_000) }],
  }));
  const events = await eventsOf(html(script(many)));
  expect(events).toHaveLength(10);
  for (const { title = '', place = '', url } of events) {
    expect(title.length).toBeLessThanOrEqual(200);
    expect(place).toBe('evil');
    expect(title).not.toContain('<img');
    expect(url).toBeUndefined();
  }
});

test.each([
  [
    'nested data',
    (n: number) => `<script type="application/ld+json">${'['.repeat(n)}"startDate"${']'.repeat(n)}</script>schema.org`,
  ],
  ['many events', (n: number) => '<div class="h-event"><b class="dt-start">2026-11-28</b></div>'.repeat(n)],
  [
    'many things',
    (n: number) =>
      '<p itemscope itemtype="https://schema.org/Event"><b itemprop="startDate">2026-11-28</b></p>'.repeat(n),
  ],
  ['events in events', (n: number) => '<b itemscope itemtype="https://schema.org/Event">'.repeat(Math.min(n, 400))],
])('time is linear in %s', async (_what, markup) => {
  await expectLinear((n) => eventsOf(html(markup(n))), 500);
});
