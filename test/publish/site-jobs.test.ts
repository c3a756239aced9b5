/** The parts of the site: when each is rendered anew, and what feeds, digests, pages and the status page then hold. */
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { CarryingDigest } from '../../src/digest-library.ts';
import type { Config, Instant, SourceDay, SourceKey, SourceMemory, StoryRecord } from '../../src/model.ts';
import { problem } from '../../src/problems.ts';
import { siteJobs } from '../../src/publish/jobs.ts';
import { maxAgesOf, sourceView } from '../../src/publish/source-view.ts';
import { sectionsShowing, storyView } from '../../src/publish/story-view.ts';
import type { Job, Supply } from '../../src/publish/supply.ts';
import type { SearchEntry } from '../../src/search-library.ts';
import { memoryOf } from '../source-memory.ts';
import { item } from '../stories/builders.ts';

const now = Date.UTC(2026, 10, 23, 12); // a Monday
const hour = 3_600_000;
const day = 24 * hour;

function settings(sections: string, site = ''): Config {
  const text = `site: { title: Harbour News, url: "https://news.example/", timezone: Europe/Paris${site} }\nsections:\n${sections}`;
  const read = readConfig(text, 'sources.yaml', () => undefined);
  if (read.kind !== 'config') throw new Error(read.problems.map((one) => one.happened).join('\n'));
  return read.config;
}

interface Told {
  readonly from?: SourceKey;
  readonly date?: Instant;
  readonly isFirst?: boolean;
}

/** A store with these stories, ids counted from 1. */
function supplyOf(
  config: Config,
  told: readonly Told[],
  at: Instant = now,
  memories: readonly SourceMemory[] = [],
  days: readonly SourceDay[] = [],
): Supply {
  const known = new Map(memories.map((memory) => [memory.key, memory]));
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const records = told.map((one, index) => recordOf(index + 1, one));
  const context = { config, sources, memories: known, tagPrefix: 'tag:news.example,2026:', now: at };
  const newestFirst = told
    .map(({ from = 'quay.example/feed', date = at, isFirst }, index) => ({
      id: index + 1,
      uid: `s${String(index + 1).padStart(4, '0')}`,
      changed: 0,
      date,
      from,
      firstImportOf: isFirst === true ? from : undefined,
      langs: ['en'],
    }))
    .sort((a, b) => b.date - a.date || a.id - b.id);
  const views: Supply['views'] = (ids) =>
    Promise.resolve(
      ids.flatMap((id) => records.filter((one) => one.id === id).map((record) => storyView(record, context))),
    );
  return {
    config,
    now: at,
    base: 'base',
    standing: (ids) =>
      Promise.resolve(
        new Map(
          records.filter(({ id }) => ids.includes(id)).map((record) => [record.id, sectionsShowing(record, context)]),
        ),
      ),
    sources: config.sources.map((source) => sourceView(source, known.get(source.key), at)),
    maxAges: maxAgesOf(config),
    memories: known,
    corrected: new Map(),
    takenBack: new Map(),
    notShown: [],
    listed: new Map(
      config.sections.map(({ id }) => [
        id,
        newestFirst
          .filter(({ from }) => sources.get(from)?.sections.includes(id))
          .map(({ from: _, ...listed }) => listed),
      ]),
    ),
    changed: records.map(({ id }) => id),
    newestChange: 0,
    atNewest: records.length,
    pictures: [],
    eventful: [],
    aliases: [],
    closed: [],
    digests: new Map(),
    views,
    tellings: views,
    tagPrefix: 'tag:news.example,2026:',
    ownStories: (source) =>
      Promise.resolve(records.filter(({ items }) => items[0]?.sourceKey === source).map(({ id }) => id)),
    figures: new Map(),
    archives: new Map(),
    treatment: () =>
      Promise.resolve({
        since: undefined,
        stories: [],
        passedOn: { count: 0, newest: [] },
        reposts: { count: 0, newest: [] },
      }),
    searched: () => Promise.resolve([]),
    days: (since) => Promise.resolve(days.filter((one) => one.day >= since)),
  };
}

function recordOf(id: number, { from = 'quay.example/feed', date = now, isFirst = false }: Told): StoryRecord {
  const stored = {
    ...item(`g${id}`, { title: `Story ${id}.` }),
    id,
    sourceKey: from,
    storyId: id,
    seen: date,
    isFirstImport: isFirst,
    date,
    revisedAt: undefined,
    withdrawn: undefined,
  };
  return {
    id,
    uid: `s${id}`,
    created: date,
    changed: date,
    published: undefined,
    attribution: {
      original: { kind: 'item', itemId: id },
      jointly: [],
      confidence: 'said',
      members: [{ itemId: id, role: 'original', via: undefined, evidence: [] }],
    },
    items: [stored],
  };
}

const stamps = (supply: Supply): Record<string, string> =>
  Object.fromEntries(siteJobs(supply).map(({ name, stamp }) => [name, stamp]));

interface Made {
  readonly files: ReadonlyMap<string, string>;
  readonly gone: readonly string[];
}

async function make(supply: Supply, wanted: (job: Job) => boolean = () => true): Promise<Made> {
  const files = new Map<string, string>();
  const gone: string[] = [];
  for (const job of siteJobs(supply).filter(wanted)) {
    for await (const batch of job.batches()) {
      for (const one of batch.documents) files.set(one.path, 'body' in one ? String(one.body) : one.copyOf);
      gone.push(...(batch.gone ?? []));
    }
  }
  return { files, gone };
}

/** The numbers of the stories that a document names. */
function told(document: string | undefined): number[] {
  return [...new Set([...(document ?? '').matchAll(/Story (\d+)\./g)].map((match) => Number(match[1])))];
}

const one = settings('  calais: [ "https://quay.example/feed" ]\n');
const quay = (changes: Partial<SourceMemory> = {}): SourceMemory =>
  memoryOf('quay.example/feed', {
    title: 'Quay Watch',
    lastTried: now,
    lastSuccess: now,
    lastNewItem: now - 3 * day,
    nextDue: now + hour,
    ...changes,
  });

describe('what makes a part be rendered anew', () => {
  const before = stamps(supplyOf(one, [{}], now, [quay()]));
  const changedAfter = (memory: SourceMemory, at = now + 2 * hour): string[] => {
    const after = stamps(supplyOf(one, [{ date: now }], at, [memory]));
    return Object.keys(before).filter((name) => before[name] !== after[name]);
  };

  test('not that a source was asked again and had nothing new', () => {
    expect(
      changedAfter(quay({ lastTried: now + 2 * hour, lastSuccess: now + 2 * hour, nextDue: now + 3 * hour })),
    ).toEqual([]);
  });

  test('that it answers no more', () => {
    const failing = { failures: 1, failingSince: now + hour, problem: problem('fetch/timeout', {}, 'x') };
    expect(changedAfter(quay({ lastTried: now + hour, nextDue: now + 3 * hour, ...failing }))).toEqual([
      '/source quay.example/feed',
      'calais',
      '/status',
      '/front',
    ]);
  });

  test('not that it fails once more, in other words', () => {
    const failing = (detail: string): SourceMemory =>
      quay({ failures: 1, failingSince: now, nextDue: now + 3 * hour, problem: problem('fetch/timeout', {}, detail) });
    const first = stamps(supplyOf(one, [{ date: now }], now, [failing('a')]));
    expect(stamps(supplyOf(one, [{ date: now }], now + hour, [failing('b')]))).toEqual(first);
  });

  test('something new rewrites the status page once an hour, and the page of its source', () => {
    expect(changedAfter(quay({ lastNewItem: now - 3 * day + 60_000, nextDue: now + 3 * hour }))).toEqual([]);
    expect(changedAfter(quay({ lastNewItem: now + hour, nextDue: now + 3 * hour }))).toEqual([
      '/source quay.example/feed',
      '/status',
    ]);
  });

  test('the turn of the day by the site’s clocks rewrites the status page, and an answer on it the front page', () => {
    const midnight = Date.UTC(2026, 10, 23, 23); // in Paris
    expect(changedAfter(quay({ nextDue: midnight + hour }), midnight - 1)).toEqual([]);
    expect(changedAfter(quay({ nextDue: midnight + hour }), midnight)).toEqual(['/status']);
    const answered = quay({ lastSuccess: midnight, nextDue: midnight + hour });
    expect(changedAfter(answered, midnight)).toEqual(['/status', '/front']);
  });
});

test('a new story in an old archive rewrites its own month, and no other', () => {
  const archive = Array.from({ length: 120 }, (_, at) => ({ date: now - 10 * day - at * 20 * day })); // over six years
  const before = stamps(supplyOf(one, archive, now, [quay()]));
  const after = stamps(supplyOf(one, [...archive, { date: now - day }], now, [quay()]));
  const changed = Object.keys(after).filter((name) => before[name] !== after[name]);
  expect(changed.filter((name) => name.startsWith('calais/2'))).toEqual(['calais/2026-11']);
  expect(changed).toEqual(expect.arrayContaining(['calais', 'calais/months', '/stories', '/front']));
});

test('a full page of a month stays as it is', () => {
  const flood = Array.from({ length: 60 }, (_, at) => ({ date: now - day - at * 60_000 }));
  const before = stamps(supplyOf(one, flood, now, [quay()]));
  const after = stamps(supplyOf(one, [...flood, { date: now - 1_000 }], now, [quay()]));
  const changed = Object.keys(after).filter((name) => before[name] !== after[name]);
  expect(changed.filter((name) => name.startsWith('calais/2'))).toEqual(['calais/2026-11']);
});

describe('what is searched without our server, in a month of many stories', () => {
  const flood = Array.from({ length: 1_100 }, (_, at) => ({ date: now - day - at * 60_000 }));
  const searched: Supply['searched'] = (ids) => Promise.resolve(ids.map(foundAs));
  const supply = { ...supplyOf(one, flood, now, [quay()]), searched };

  test('stands in several files, each story in one of them, the newest first', async () => {
    const { files } = await make(supply, ({ name }) => name.startsWith('/search'));
    const names = JSON.parse(files.get('search/files.json') ?? '') as string[];
    expect(names).toEqual(['2026-11', '2026-11-2', '2026-11-1']);
    const rows = names.map((name) => JSON.parse(files.get(`search/${name}.json`) ?? '') as string[][]);
    expect(rows.map(({ length }) => length)).toEqual([100, 500, 500]);
    expect(rows.flat().map(([uid]) => uid)).toEqual(flood.map((_, at) => `s${at + 1}`));
  });

  test('and a full file stays as it is', () => {
    const after = stamps({ ...supplyOf(one, [...flood, { date: now - 1_000 }], now, [quay()]), searched });
    const before = stamps(supply);
    const changed = Object.keys(after).filter((name) => before[name] !== after[name]);
    expect(changed.filter((name) => name.startsWith('/search'))).toEqual(['/search/2026-11']);
  });

  function foundAs(id: number): SearchEntry {
    const words = { heading: `Story ${id}`, group: 'Quay Watch', excerpt: '', words: ['story'] };
    const published = now - day - id * 60_000;
    return { story: id, uid: `s${id}`, published, sections: ['calais'], lang: 'en', dir: 'ltr', ...words };
  }
});

test('all months of an old archive are named on a page of their own, the newest beside the stories', async () => {
  const archive = Array.from({ length: 60 }, (_, at) => ({ date: now - at * 31 * day }));
  const { files } = await make(supplyOf(one, archive, now, [quay()]));
  const months = (html = ''): string[] =>
    [...html.matchAll(/href="(?:\.\.\/)?(\d{4}-\d\d)\/index\.html"/g)].map((found) => found[1] ?? '');
  const beside = files.get('calais/index.html')?.replace(/^.*<\/main>/s, '');
  expect(new Set(months(beside)).size).toBe(24);
  expect(files.get('calais/index.html')).toContain('href="months/index.html"');
  const all = months(files.get('calais/months/index.html'));
  expect(all).toHaveLength(60);
  for (const month of all) expect(files.has(`calais/${month}/index.html`)).toBe(true);
});

describe('a first import', () => {
  const two = settings(`  calais: [ "https://quay.example/feed", { url: "https://new.example/feed", first_import: 3 } ]
`);
  const lastWeek = Date.UTC(2026, 10, 18, 12);
  const flood = Array.from({ length: 150 }, (_, at) => ({
    from: 'new.example/feed',
    isFirst: true,
    date: lastWeek - at * 1_000,
  }));
  const others = Array.from({ length: 60 }, (_, at) => ({ date: lastWeek - 2 * hour - at * 1_000 }));
  const supply = supplyOf(two, [...flood, ...others]);

  test('takes no more of a feed or the front page than it may, and the newest of it', async () => {
    const { files } = await make(supply);
    const announced = [1, 2, 3, ...others.map((_, at) => 151 + at)];
    for (const feed of ['feed.xml', 'atom.xml', 'feed.json'])
      expect(told(files.get(`calais/${feed}`)), feed).toEqual(announced.slice(0, 50));
    expect(told(files.get('index.html'))).toEqual([1, 2, 3, 151, 152]);
  });

  test('leaves the others their place on the first page, and is whole in the archive', async () => {
    const { files } = await make(supply);
    const first = told(files.get('calais/index.html'));
    expect(first).toEqual([1, 2, 3, ...others.slice(0, 22).map((_, at) => 151 + at)]);
    const paths = ['', ...[8, 7, 6, 5, 4, 3, 2, 1].map((part) => `${part}/`)];
    const month = paths.map((path) => files.get(`calais/2026-11/${path}index.html`) ?? '');
    expect(month.map((page) => told(page).length)).toEqual([10, 25, 25, 25, 25, 25, 25, 25, 25]); // no page grows with the month
    expect(month.flatMap(told)).toEqual(Array.from({ length: 210 }, (_, at) => at + 1));
    expect(files.has('calais/2026-11/9/index.html')).toBe(false);
    expect(month[0]).toContain('href="8/index.html"');
    expect(month[1]).toContain('href="../index.html"');
    expect(files.has('story/s150/index.html')).toBe(true);
  });
});

describe('a digest', () => {
  const config = settings(`  calais:
    digest: { when: weekly, at: "Mon 07:00", max: 20 }
    sources: [ "https://quay.example/feed" ]
`);
  const stories = Array.from({ length: 34 }, (_, at) => ({ date: now - 2 * day - at * 1_000 }));
  const closed = (name: string, ids: readonly number[]): CarryingDigest => ({
    section: 'calais',
    name,
    start: now - 7 * day,
    end: now - 5 * hour,
    isEmpty: false,
    stories: ids,
  });
  const all = Array.from({ length: 34 }, (_, at) => at + 1);
  const supply: Supply = {
    ...supplyOf(config, stories),
    digests: new Map([['calais', [closed('2026-W46', [99]), closed('2026-W47', all)]]]),
  };

  test('has as many stories as it may, says how many more there are, and its page names them all', async () => {
    const { files } = await make(supply);
    for (const form of ['digest.txt', 'digest.md', 'digest.eml']) {
      const text = files.get(`calais/digest/2026-w47/${form}`);
      expect(told(text), form).toHaveLength(20);
      expect(text, form).toContain('and 14 more stories');
    }
    expect(told(files.get('calais/digest/2026-w47/index.html'))).toHaveLength(34);
  });

  test('has no page once no story of it is left, and nothing leads there', async () => {
    const { files } = await make(supply);
    expect([...files.keys()].filter((path) => path.includes('2026-w46'))).toEqual([]);
    expect(files.get('calais/index.html')).toContain('digest/2026-w47/');
    const alone = { ...supply, digests: new Map([['calais', [closed('2026-W46', [99])]]]) };
    expect((await make(alone)).files.get('calais/index.html')).not.toContain('digest/2026-w46');
  });
});

describe('what no section keeps any more', () => {
  const config =
    settings(`  calais: { keep: 30d, digest: { when: weekly, at: "Mon 07:00" }, sources: [ "https://quay.example/feed" ] }
  phone: [ "https://phone.example/feed", { url: "https://both.example/feed" } ]
  short: { keep: 30d, sources: [ "https://both.example/feed" ] }
`);
  const old = now - 31 * day;
  const supply = supplyOf(config, [
    {},
    { date: old },
    { date: old, from: 'phone.example/feed' },
    { date: old, from: 'both.example/feed' },
  ]);

  test('leaves its list, its feeds, and its page goes', async () => {
    const { files, gone } = await make(supply);
    expect(told(files.get('calais/index.html'))).toEqual([1]);
    expect(told(files.get('calais/feed.xml'))).toEqual([1]);
    expect(gone).toEqual(['story/s2/index.html']);
    expect(files.has('story/s2/index.html')).toBe(false);
  });

  test('another section may keep', async () => {
    const { files } = await make(supply);
    expect(told(files.get('phone/index.html'))).toEqual([3, 4]);
    expect(told(files.get('short/index.html'))).toEqual([]);
    expect(files.has('story/s3/index.html')).toBe(true);
    expect(files.has('story/s4/index.html')).toBe(true);
  });

  test('leaves at midnight, so that a list is rewritten once a day', () => {
    const leaving = (at: Instant): string | undefined =>
      stamps(supplyOf(config, [{ date: now - 30 * day }], at)).calais;
    expect(leaving(now - day + 11 * hour)).toBe(leaving(now - day));
    expect(leaving(now)).not.toBe(leaving(now - day));
  });
});

describe('the status page', () => {
  const config = settings(
    `  calais: [ "https://quay.example/feed", "https://user:pa55@secret.example/feed", { url: "https://rest.example/feed", paused: asked <us> to } ]\n`,
  );
  const failing = memoryOf('secret.example/feed', {
    title: 'Secret',
    lastTried: now,
    lastSuccess: now - 9 * day,
    nextDue: now + hour,
    failures: 20,
    failingSince: Date.UTC(2026, 10, 14, 12),
    problem: problem('fetch/tls', {}, 'it has expired (10.1.2.3, https://user:pa55@secret.example/feed)'),
  });
  const days = [
    { sourceKey: 'quay.example/feed', day: Date.UTC(2026, 10, 23), answered: 5, failed: 0, newItems: 4 },
    { sourceKey: 'quay.example/feed', day: Date.UTC(2026, 10, 22), answered: 1, failed: 2, newItems: 1 },
    { sourceKey: 'quay.example/feed', day: Date.UTC(2026, 10, 21), answered: 0, failed: 2, newItems: 0 },
  ];
  const supply = supplyOf(config, [], now, [quay(), failing], days);
  const isStatus = ({ name }: Job): boolean => name === '/status';

  test('says of every source how it stands, worst first, and nothing of its server', async () => {
    const { files } = await make(supply, isStatus);
    const html = files.get('status/index.html') ?? '';
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toMatch(/Secret.*rest\.example.*Quay Watch/);
    expect(text).toContain('not answering since 14 November 2026: its certificate has expired');
    expect(text).toContain('paused asked &lt;us&gt; to');
    expect(text).toContain('Sources that answer: 1 of 3.');
    expect(text).toContain('As of 23 November 2026 – 13:00');
    expect(text).toContain('The last 30 days: answered on 2, no answer on 1, new texts: 5.');
    for (const body of files.values()) expect(body).not.toMatch(/pa55|10\.1\.2\.3|user:/);
  });

  test('says the same to machines', async () => {
    const { files } = await make(supply, isStatus);
    const json = JSON.parse(files.get('status/status.json') ?? '') as {
      sources: { days: Record<string, unknown[]> }[];
    };
    expect(json).toMatchObject({
      asOf: '2026-11-23T12:00:00.000Z',
      sources: [
        {
          name: 'Secret',
          state: 'failing',
          since: '2026-11-14T12:00:00.000Z',
          reason: 'certificate-expired',
          why: 'its certificate has expired',
          lastAnswer: '2026-11-14T12:00:00.000Z',
        },
        { name: 'rest.example', state: 'paused', why: 'asked <us> to' },
        { name: 'Quay Watch', state: 'ok', lastNewItem: '2026-11-20T12:00:00.000Z' },
      ],
    });
    const quayDays = json.sources[2]?.days;
    expect(quayDays?.from).toBe('2026-10-25');
    expect([quayDays?.answered, quayDays?.failed, quayDays?.newItems].map((list) => list?.slice(-3))).toEqual([
      [0, 1, 5],
      [2, 2, 0],
      [0, 1, 4],
    ]);
  });
});

describe('many sources', () => {
  const count = 450;
  const config = settings(
    `  far:\n${Array.from({ length: count }, (_, n) => `    - https://s${n}.example/feed\n`).join('')}`,
  );
  const memories = config.sources.map(({ key }, n) =>
    memoryOf(key, { lastTried: now, lastSuccess: now, nextDue: now + hour, failures: n === count - 1 ? 3 : 0 }),
  );
  const supply = supplyOf(config, [], now, memories);
  const filesOf = async (name: string): Promise<ReadonlyMap<string, string>> =>
    (await make(supply, (job) => job.name === name)).files;

  test.each([
    ['status', '/status'],
    ['sources', '/front'],
  ])('are spread over pages of %s that link to each other', async (folder, job) => {
    const files = await filesOf(job);
    const pages = ['', '2/', '3/'].map((number) => files.get(`${folder}/${number}index.html`) ?? '');
    expect(pages.map((html) => html.match(/<h2>/g)?.length)).toEqual([200, 200, 50]);
    expect(pages[0]).toContain('<a href="2/index.html">2</a>');
    expect(pages[1]).toContain('<a href="../index.html">1</a>');
    expect(files.has(`${folder}/4/index.html`)).toBe(false);
  });

  test('are counted as a whole, and the one that fails stands on the first page', async () => {
    const files = await filesOf('/status');
    const first = files.get('status/index.html') ?? '';
    expect(first).toContain('Sources that answer: 449 of 450.');
    expect(first).toContain('s449.example');
    const json = JSON.parse(files.get('status/status.json') ?? '') as { sources: unknown[] };
    expect(json.sources).toHaveLength(count);
  });

  test('are named beside a section’s stories up to thirty, with the way to the others', async () => {
    const html = (await filesOf('far')).get('far/index.html') ?? '';
    const margin = /<ul class="sources">.*?<\/ul>.*?<\/p>/s.exec(html)?.[0] ?? '';
    expect(margin.match(/<li/g)).toHaveLength(30);
    expect(margin).toContain('href="../sources/index.html"');
  });
});

describe('the foot of the front page', () => {
  const foot = async (memory: SourceMemory): Promise<string> => {
    const { files } = await make(supplyOf(one, [], now, [memory]), ({ name }) => name === '/front');
    return /<footer[\s\S]*<\/footer>/.exec(files.get('index.html') ?? '')?.[0] ?? '';
  };

  test('says on which day a source last answered, by the site’s clocks', async () => {
    const late = Date.UTC(2026, 10, 22, 23, 30); // the 23rd in Paris
    expect(await foot(quay({ lastSuccess: late }))).toContain(
      '<p>The sources last answered on <time datetime="2026-11-23">23 November 2026</time></p>',
    );
  });

  test('warns when that was more than a day ago', async () => {
    expect(await foot(quay({ lastSuccess: now - day - 1 }))).toContain(
      '<p class="old">What you read here may be old. No source has answered since <time datetime="2026-11-22">22 November 2026</time></p>',
    );
  });

  test('says nothing before the first answer', async () => {
    expect(await foot(quay({ lastSuccess: undefined }))).not.toContain('<time');
  });
});
