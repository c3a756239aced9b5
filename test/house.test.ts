/**
 * The rules of the house, held by a test instead of good will: who may import whom, one file per heavy library, words
 * and globals that are not used, and how large a file may grow. The table is the one in ARCHITECTURE.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name: name.replaceAll('\\', '/'), code: readFileSync(join(src, name), 'utf8') }));

const stages = ['fetch', 'parse', 'normalise', 'trust', 'stories', 'store', 'publish'];
const nouns = [
  'model.ts',
  'refresh-plan.ts',
  'story-plan.ts',
  'picture-library.ts',
  'hold-library.ts',
  'digest-library.ts',
  'feed-library.ts',
  'search-library.ts',
  'hub-library.ts',
  'desk-library.ts',
  'news-library.ts',
  'fleet-library.ts',
  'problems.ts',
];
const middle = [
  'heap.ts',
  'flaws.ts',
  'mute.ts',
  'memory.ts',
  'discretion.ts',
  'asking.ts',
  'finding.ts',
  'new-items.ts',
  'leads.ts',
  'next-page.ts',
  'following.ts',
  'pipeline.ts',
  'reconsidering.ts',
  'backlog.ts',
  'lulls.ts',
  'queues.ts',
  'pass.ts',
  'ahead.ts',
  'catching-up.ts',
  'silences.ts',
  'wishes.ts',
  'pictures.ts',
  'own-files.ts',
  'openings.ts',
  'listing.ts',
  'digests.ts',
  'mailing.ts',
  'notices.ts',
  'called-names.ts',
  'subscriptions.ts',
  'subscribing.ts',
  'parked.ts',
  'agreements.ts',
  'drawing-up.ts',
  'publication.ts',
  'searching.ts',
  'vanished.ts',
  'rulings.ts',
  'group-meant.ts',
  'story-rulings.ts',
  'taking-back.ts',
  'maintenance.ts',
  'run.ts',
  'source-status.ts',
  'unsaid.ts',
  'clock.ts',
  'storage.ts',
  'wire.ts',
  'rehearsal.ts',
  'preview.ts',
];

/** Room or root file → rooms and root files it may import besides its own room. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'model.ts': ['problems.ts'],
  'refresh-plan.ts': ['model.ts', 'problems.ts'],
  'story-plan.ts': ['model.ts', 'refresh-plan.ts', 'text'],
  'problems.ts': [],
  'edges.ts': nouns,
  'library.ts': nouns,
  'picture-library.ts': ['model.ts'],
  'hold-library.ts': ['model.ts', 'refresh-plan.ts'],
  'digest-library.ts': ['model.ts'],
  'feed-library.ts': ['model.ts'],
  'search-library.ts': ['model.ts'],
  'hub-library.ts': ['model.ts'],
  'desk-library.ts': ['model.ts'],
  'news-library.ts': ['model.ts'],
  'fleet-library.ts': ['model.ts'],
  text: nouns,
  yaml: [...nouns, 'text'],
  config: [...nouns, 'text', 'yaml'],
  'source-status.ts': [...nouns, 'text'],
  // Bytes are decoded as those of feeds are.
  exchange: [...nouns, 'text', 'yaml', 'config', 'parse'],
  ...Object.fromEntries(stages.map((stage) => [stage, [...nouns, 'edges.ts', 'library.ts', 'text']])),
  publish: [...nouns, 'edges.ts', 'library.ts', 'text', 'yaml', 'source-status.ts'],
  'apart.ts': [],
  'beside.ts': [],
  reader: [...nouns, 'edges.ts', 'library.ts', 'text', 'parse', 'normalise', 'beside.ts', 'apart.ts'],
  darkroom: ['edges.ts', 'library.ts', 'beside.ts', 'apart.ts'],
  report: [...nouns, 'edges.ts', 'library.ts', 'text'],
  'flaws.ts': [...nouns, 'edges.ts', 'text'],
  'mute.ts': [...nouns, 'edges.ts'],
  'memory.ts': [...nouns, 'edges.ts', 'library.ts', 'text', 'fetch', 'flaws.ts', 'mute.ts'],
  'discretion.ts': [...nouns, 'edges.ts', 'library.ts', 'text'],
  'asking.ts': [...nouns, 'edges.ts', 'library.ts', 'text', 'fetch', 'discretion.ts'],
  discovery: [...nouns, 'edges.ts', 'text', 'parse'],
  'finding.ts': [...nouns, 'edges.ts', 'text', 'fetch', 'parse', 'discovery', 'asking.ts'],
  'new-items.ts': [...nouns, 'edges.ts', 'library.ts', 'stories'],
  'leads.ts': [...nouns, 'edges.ts', 'library.ts', 'text'],
  'next-page.ts': [...nouns, 'edges.ts', 'library.ts', 'asking.ts', 'leads.ts', 'new-items.ts'],
  'following.ts': [...nouns, 'edges.ts', 'library.ts', 'stories', 'asking.ts', 'leads.ts', 'new-items.ts'],
  'pipeline.ts': [
    ...nouns,
    'edges.ts',
    'library.ts',
    'text',
    'fetch',
    'trust',
    'stories',
    'memory.ts',
    'asking.ts',
    'new-items.ts',
    'next-page.ts',
    'following.ts',
  ],
  'silences.ts': [...nouns, 'edges.ts', 'library.ts'],
  'wishes.ts': [...nouns, 'edges.ts', 'library.ts', 'text', 'fetch', 'memory.ts', 'silences.ts'],
  'reconsidering.ts': [...nouns, 'edges.ts', 'library.ts', 'pipeline.ts'],
  'backlog.ts': [...nouns, 'library.ts', 'fetch'],
  'pass.ts': [
    ...nouns,
    'edges.ts',
    'library.ts',
    'text',
    'fetch',
    'stories',
    'memory.ts',
    'pipeline.ts',
    'reconsidering.ts',
    'lulls.ts',
    'queues.ts',
    'silences.ts',
  ],
  'queues.ts': [...nouns, 'edges.ts', 'text', 'fetch', 'pipeline.ts', 'backlog.ts'],
  'lulls.ts': ['edges.ts', 'model.ts'],
  'agreements.ts': [...nouns, 'library.ts', 'text', 'source-status.ts'],
  'parked.ts': [...nouns, 'library.ts', 'text', 'publish', 'stories', 'source-status.ts'],
  'own-files.ts': [...nouns, 'library.ts', 'publish'],
  'listing.ts': [...nouns, 'library.ts', 'publish', 'openings.ts'],
  'openings.ts': [...nouns, 'library.ts', 'publish'],
  smtp: [],
  'mailing.ts': [...nouns, 'edges.ts', 'library.ts', 'publish', 'smtp'],
  'digests.ts': [...nouns, 'library.ts', 'text', 'publish'],
  'notices.ts': [...nouns, 'edges.ts', 'library.ts', 'silences.ts'],
  'called-names.ts': [...nouns, 'edges.ts'],
  'subscriptions.ts': [...nouns, 'edges.ts', 'library.ts', 'called-names.ts'],
  'subscribing.ts': [...nouns, 'edges.ts', 'library.ts', 'text', 'subscriptions.ts'],
  'pictures.ts': [...nouns, 'edges.ts', 'library.ts', 'text', 'publish', 'pass.ts', 'silences.ts', 'agreements.ts'],
  'unsaid.ts': [...nouns, 'edges.ts', 'library.ts', 'source-status.ts'],
  'maintenance.ts': [...nouns, 'edges.ts', 'library.ts', 'text', 'fetch'],
  'group-meant.ts': [...nouns, 'stories', 'pipeline.ts'],
  'story-rulings.ts': [...nouns, 'library.ts', 'text', 'stories', 'pipeline.ts', 'pass.ts', 'group-meant.ts'],
  'vanished.ts': [
    ...nouns,
    'edges.ts',
    'library.ts',
    'text',
    'fetch',
    'stories',
    'source-status.ts',
    'pipeline.ts',
    'queues.ts',
    'pass.ts',
    'silences.ts',
  ],
  'taking-back.ts': [...nouns, 'library.ts', 'story-rulings.ts', 'pass.ts'],
  'rulings.ts': [...nouns, 'edges.ts', 'library.ts', 'fetch', 'trust', 'pipeline.ts', 'pass.ts', 'vanished.ts'],
  'ahead.ts': [...nouns, 'pass.ts', 'pipeline.ts'],
  'catching-up.ts': [...nouns, 'pass.ts', 'pipeline.ts'],
  'drawing-up.ts': [...nouns, 'edges.ts', 'library.ts', 'publish'],
  'searching.ts': [...nouns, 'text', 'publish'],
  'publication.ts': [
    ...nouns,
    'drawing-up.ts',
    'edges.ts',
    'library.ts',
    'text',
    'publish',
    'agreements.ts',
    'openings.ts',
    'listing.ts',
    'digests.ts',
  ],
  'run.ts': [
    ...nouns,
    'edges.ts',
    'library.ts',
    'report',
    'ahead.ts',
    'catching-up.ts',
    'pass.ts',
    'pictures.ts',
    'publication.ts',
    'mailing.ts',
    'notices.ts',
    'agreements.ts',
    'own-files.ts',
    'rulings.ts',
    'vanished.ts',
    'wishes.ts',
    'parked.ts',
    'maintenance.ts',
    'unsaid.ts',
    'wire.ts',
  ],
  'heap.ts': [],
  'clock.ts': ['edges.ts'],
  'storage.ts': [...nouns, 'edges.ts', 'library.ts', 'clock.ts', 'store'],
  'wire.ts': [
    ...nouns,
    'edges.ts',
    'library.ts',
    'clock.ts',
    'storage.ts',
    'heap.ts',
    'fetch',
    'reader',
    'darkroom',
    'store',
    'publish',
    'smtp',
  ],
  'preview.ts': [
    ...nouns,
    'edges.ts',
    'library.ts',
    'text',
    'fetch',
    'stories',
    'publish',
    'new-items.ts',
    'pass.ts',
    'pipeline.ts',
    'publication.ts',
    'wire.ts',
  ],
  'rehearsal.ts': [
    ...nouns,
    'edges.ts',
    'library.ts',
    'clock.ts',
    'storage.ts',
    'publish',
    'publication.ts',
    'run.ts',
    'pass.ts',
    'wire.ts',
  ],
  telling: [
    ...nouns,
    'edges.ts',
    'library.ts',
    'text',
    'yaml',
    'publish',
    'source-status.ts',
    'agreements.ts',
    'parked.ts',
    'backlog.ts',
    'queues.ts',
    'pass.ts',
    'story-rulings.ts',
    'subscriptions.ts',
    'run.ts',
    'report',
  ],
  demo: [...nouns, 'text'],
  desk: [
    ...nouns,
    'edges.ts',
    'library.ts',
    'text',
    'publish',
    'telling',
    'source-status.ts',
    'pass.ts',
    'story-rulings.ts',
    'taking-back.ts',
  ],
  serve: [...nouns, 'edges.ts', 'library.ts', 'text', ...middle],
  schedule: [...nouns, 'edges.ts', 'library.ts', 'text', 'serve', 'desk', ...middle],
  cli: [
    ...nouns,
    'edges.ts',
    'library.ts',
    'text',
    'yaml',
    'config',
    'discovery',
    'exchange',
    'publish',
    'telling',
    'desk',
    'serve',
    'schedule',
    'demo',
    ...middle,
  ],
};

/** Library → the files that may import it: when it is replaced, nothing else moves. */
const homes: Readonly<Record<string, RegExp>> = {
  cheerio: /^(parse\/|config\/selectors\.ts)/,
  'sanitize-html': /^normalise\/clean-html\.ts$/,
  feed: /^publish\/feeds\//,
  'ical.js': /^publish\/calendar\.ts$/,
  'better-sqlite3': /^store\/database\.ts$/,
  kysely: /^store\//,
  diff: /^publish\/word-diff\.ts$/,
  'node-cron': /^(schedule\/crew|config\/cron)\.ts$/,
  yaml: /^yaml\/(read|insert)\.ts$/,
  zod: /^config\//,
  '@aws-sdk/client-s3': /^publish\/bucket\/requests\.ts$/,
  sharp: /^darkroom\/develop\.ts$/,
  nodemailer: /^(publish\/digest-mail|report\/mail|smtp\/deliver)\.ts$/,
  franc: /^text\/language\.ts$/,
  'ipaddr.js': /^fetch\/guard\.ts$/,
  tldts: /^text\/url\.ts$/,
  pino: /^schedule\/log\.ts$/,
  'prom-client': /^serve\/metrics\.ts$/,
  commander: /^cli\/(main|[a-z]+-commands)\.ts$/,
  '@hono/node-server': /^serve\/(server|socket)\.ts$/,
};
/** Libraries that more than one file of a room may use, but no more than this many. */
const atMost: Readonly<Record<string, number>> = { cheerio: 3, feed: 1, zod: 6 };

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly isType: boolean;
  /** Loaded when that line is come to. */
  readonly isLazy: boolean;
}

const imports: Import[] = files.flatMap(({ name, code }) =>
  [
    ...code.matchAll(
      /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)';|import\('([^']+)'\)|^import\s+'([^']+)'/gm,
    ),
  ].map((match) => ({
    from: name,
    specifier: match[2] ?? match[3] ?? match[4] ?? '',
    isType: match[1] !== undefined,
    isLazy: match[3] !== undefined,
  })),
);

/** `parse/parse.ts` → `parse`; `model.ts` → `model.ts`. */
function roomOf(name: string): string {
  return name.includes('/') ? (name.split('/')[0] ?? '') : name;
}

test('there is something to check', () => {
  expect(files.length).toBeGreaterThan(60);
  expect(imports.length).toBeGreaterThan(200);
});

test('every room imports only what it may', () => {
  const broken = imports
    .filter((one) => one.specifier.startsWith('.'))
    .map((one) => ({ ...one, to: relative(src, resolve(src, dirname(one.from), one.specifier)).replaceAll('\\', '/') }))
    .filter((one) => !one.to.startsWith('..'))
    .filter(
      (one) => roomOf(one.to) !== roomOf(one.from) && !(mayImport[roomOf(one.from)] ?? []).includes(roomOf(one.to)),
    )
    .map((one) => `${one.from} imports ${one.to}`);
  expect(broken).toEqual([]);
});

test('relative imports name files of ours, and imports never run in a circle', () => {
  const graph = new Map<string, string[]>(files.map(({ name }) => [name, []]));
  for (const one of imports) {
    if (!one.specifier.startsWith('.') || one.isType || one.specifier.endsWith('.json')) continue;
    const to = relative(src, resolve(src, dirname(one.from), one.specifier)).replaceAll('\\', '/');
    expect(graph.has(to), `${one.from} imports ${one.specifier}`).toBe(true);
    graph.get(one.from)?.push(to);
  }
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) circles.push([...path.slice(path.indexOf(name)), name].join(' → '));
    else if (!done.has(name)) for (const next of graph.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  expect(circles).toEqual([]);
});

test('a run that finds nothing new loads no renderer and no reader: for one constant of a page it once loaded a third more', () => {
  const loaded = new Set<string>();
  const libraries = new Set<string>();
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { from, specifier, isType, isLazy } of imports) {
      if (from !== name || isType || isLazy) continue;
      if (specifier.startsWith('.')) load(relative(src, resolve(src, dirname(name), specifier)).replaceAll('\\', '/'));
      else libraries.add(specifier.split('/')[0] ?? '');
    }
  };
  for (const begun of ['cli/main.ts', 'cli/run.ts', 'storage.ts', 'store/library.ts', 'fetch/client.ts']) load(begun);
  expect(loaded.size).toBeGreaterThan(100);
  expect(
    [...loaded].filter((name) => /^(?:publish\/(?:pages|words|feeds|look)\/|parse\/|normalise\/)/.test(name)),
  ).toEqual([]);
  const heavy = ['cheerio', 'sanitize-html', 'rss-parser', 'feed', 'franc', 'hono', 'diff', 'sharp', 'node-cron'];
  expect(heavy.filter((name) => libraries.has(name))).toEqual([]);
});

describe('each heavy library has one home', () => {
  test.each(Object.entries(homes))('%s', (library, home) => {
    const importers = [
      ...new Set(
        imports
          .filter((one) => one.specifier === library || one.specifier.startsWith(`${library}/`))
          .map((one) => one.from),
      ),
    ];
    expect(importers.length, 'is imported at all').toBeGreaterThan(0);
    expect(importers.filter((name) => !home.test(name))).toEqual([]);
    expect(importers.length).toBeLessThanOrEqual(atMost[library] ?? Number.POSITIVE_INFINITY);
  });
});

// Node 20's URL.canParse forgets non-ASCII hosts after 3,000 calls (text/url.ts).
test('the dangerous halves of our libraries are not used', () => {
  const used = files.filter(({ code }) => /URL\.canParse\(/.test(code)).map(({ name }) => name);
  expect(used).toEqual([]);
});

describe('clock, dice, network, environment and terminal are passed in', () => {
  test.each([
    ['the clock', /\bDate\.now\(|new Date\(\)/, /^clock\.ts$/],
    [
      'the stopwatch, for limits of time that no clock change may move',
      /performance\.now\(/,
      /^fetch\/(client|watch)\.ts$|^store\/heartbeat\.ts$/,
    ],
    ['the way V8 works', /setFlagsFromString/, /^heap\.ts$/],
    ['dice', /Math\.random\(|randomUUID\(/, /^(wire|storage)\.ts$/],
    [
      'timers',
      /\bset(Timeout|Interval)\(/,
      /^(clock|run|beside)\.ts$|^store\/heartbeat\.ts$|^fetch\/watch\.ts$|^darkroom\/darkroom-child\.ts$|^serve\/quick\.ts$/,
    ],
    ['turns of the event loop', /node:timers/, /^discretion\.ts$|^store\/commits\.ts$/],
    ['the environment', /process\.env/, /^cli\/(settings|print)\.ts$/],
    ['the terminal', /console\.|process\.std(out|err)\.write/, /^cli\/print\.ts$/],
    ['global fetch', /\bawait fetch\(|globalThis\.fetch/, /^$/],
  ])('%s', (_what, use, home) => {
    expect(
      files.filter(({ name, code }) => use.test(withoutComments(code)) && !home.test(name)).map(({ name }) => name),
    ).toEqual([]);
  });
});

test('only two files may call a string safe', () => {
  const makers = files.filter(({ code }) => /as SafeHtml\b/.test(withoutComments(code))).map(({ name }) => name);
  // The store takes words away (''), it never adds any.
  expect(makers.filter((name) => name !== 'store/withdrawals.ts').sort()).toEqual([
    'normalise/clean-html.ts',
    'text/safe-html.ts',
  ]);
});

test('only one file may call a string the maintainer’s own HTML', () => {
  const makers = files.filter(({ code }) => /as OwnHtml\b/.test(withoutComments(code))).map(({ name }) => name);
  expect(makers).toEqual(['publish/look/markup.ts']);
});

test('pictures are decoded in no process but their own', () => {
  const importers = imports.filter((one) => one.specifier.endsWith('/develop.ts')).map((one) => one.from);
  const importersOfThese = imports.filter((one) => one.specifier.endsWith('/darkroom-child.ts'));
  expect([[...new Set(importers)], importersOfThese]).toEqual([['darkroom/darkroom-child.ts'], []]);
});

test('SQL is spoken only in the store', () => {
  expect(
    files
      .filter(
        ({ name, code }) => !name.startsWith('store/') && /\b(selectFrom|insertInto|updateTable)\(|sql`/.test(code),
      )
      .map(({ name }) => name),
  ).toEqual([]);
});

test('no file is called what could be anything', () => {
  const forbidden = /(^|\/|-)(utils?|helpers?|common|misc|manager|handler|service|processor|data|info|index)\.tsx?$/;
  expect(files.map(({ name }) => name).filter((name) => forbidden.test(name))).toEqual([]);
});

/** Lines of code, comments and blank lines apart. An exception is named here with its reason. */
const largeFiles: Readonly<Record<string, string>> = {
  'model.ts': 'the nouns stand together: types only, nothing runs',
  'problems.ts': 'one table, a line for each thing that can go wrong',
  'publish/words/shape.ts': 'one table, a line for each message',
  'publish/pages/style.ts': 'the style sheet, one string',
};

test('files stay small enough to read in a sitting', () => {
  const large = files
    .filter(({ name }) => !name.startsWith('demo/world/'))
    .map(({ name, code }) => ({
      name,
      lines: withoutComments(code)
        .split('\n')
        .filter((line) => line.trim() !== '').length,
    }))
    .filter(({ name, lines }) => lines > 250 && largeFiles[name] === undefined);
  expect(large).toEqual([]);
});

test('every file says first what it is for', () => {
  expect(files.filter(({ code }) => !code.startsWith('/**')).map(({ name }) => name)).toEqual([]);
});

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
