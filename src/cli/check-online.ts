/** `relais check --online`: every source is asked once, as a first run would ask it, and the site's bucket; nothing is kept. */

import { ask, letGo } from '../asking.ts';
import { withoutReferences } from '../config/secrets.ts';
import { doubtsOf, type SeenFeed } from '../discovery/seen-feed.ts';
import { looked } from '../finding.ts';
import type { Config, Source } from '../model.ts';
import { blankMemory } from '../pass.ts';
import { counted } from '../telling/counted.ts';
import { dayOf } from '../telling/instants.ts';
import { terminalLine } from '../text/safe.ts';
import { bucketTrouble, type Outside, openOutside } from '../wire.ts';
import type { Place } from '../yaml/places.ts';
import { check } from './check.ts';
import { figures } from './feed-words.ts';
import { colour, type Printer, problemLines } from './print.ts';
import { type CommonOptions, exitCodes, loadSettings } from './settings.ts';

/** How a source stands: the first four answer. */
type State =
  | 'fine'
  | 'moved'
  | 'behind-page'
  | 'old'
  | 'dead'
  | 'cut' // nothing of it can be read
  | 'refused'
  | 'not-a-feed'
  | 'not-understood'
  | 'no-match';

interface Finding {
  readonly source: string;
  readonly place: Place;
  readonly state: State;
  readonly happened: string;
  /** What to do; '' for nothing. */
  readonly todo: string;
  /** The address to write in the place of the one that is there. */
  readonly url?: string;
}

const answering: ReadonlySet<State> = new Set(['fine', 'moved', 'behind-page', 'old']);
/** Sources under way at a time; one host is asked one thing at a time all the same. */
const atOnce = 8;

/** @returns 0 all answer; 1 one does not, or the bucket; 2 the file has mistakes */
export async function checkOnline(
  options: CommonOptions,
  printer: Printer,
  open: (config: Config) => Promise<Outside> = (config) => openOutside(config),
): Promise<number> {
  let offline: unknown;
  const keeping = {
    ...printer,
    json: (value: unknown) => {
      offline = value;
    },
  };
  const exitCode = await check(options, options.json === true ? keeping : printer);
  const read = exitCode === exitCodes.done ? await loadSettings(options) : undefined;
  if (read?.kind !== 'config') {
    if (options.json === true) printer.json(offline);
    return exitCode;
  }
  const { config, placeOf } = read;
  const sources = config.sources.filter(({ paused }) => paused === undefined);
  const trouble = await bucketTrouble(config);
  const outside = await open(config);
  const findings: Finding[] = [];
  const isTalking = options.json !== true;
  const tell = (one: Finding, count: string): void => {
    const isNews = !answering.has(one.state);
    if (isNews) printer.alarm(`${count}${linesOf(one, config.file)}`);
    else if (options.quiet !== true) printer.line(`${count}${linesOf(one, config.file)}`);
  };
  const show = (text?: string): void => {
    if (isTalking && options.quiet !== true) printer.status?.(text);
  };
  const countDone = (): void => show(`${findings.length} of ${counted(sources.length, 'source')} asked`);
  try {
    countDone();
    await eachOf(sources, async (source) => {
      const place = placeOf?.(source.key, ['url']) ?? { line: 1, column: 1 };
      const finding = { source: source.name ?? source.url, place, ...(await look(source, outside)) };
      findings.push(finding);
      countDone();
      if (isTalking && printer.isTerminal) tell(finding, colour('dim', `[${findings.length}/${sources.length}] `));
    });
  } finally {
    show();
    await outside.close();
  }
  if (trouble !== undefined && isTalking) printer.alarm(problemLines(trouble));
  findings.sort((one, other) => one.place.line - other.place.line || one.place.column - other.place.column);
  if (options.json === true) printer.json({ ...(offline as object), online: findings, bucketProblem: trouble });
  else if (!printer.isTerminal) for (const one of findings) tell(one, '');
  const silent = findings.filter(({ state }) => !answering.has(state)).length;
  if (isTalking && options.quiet !== true)
    printer.line(
      `${counted(findings.length, 'source')} asked: ${silent === 0 ? 'all answer' : `${silent} ${silent === 1 ? 'needs' : 'need'} you`}. Nothing was stored.`,
    );
  return silent === 0 && trouble === undefined ? exitCodes.done : exitCodes.needsPerson;
}

async function eachOf<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

type Seen = Pick<Finding, 'state' | 'happened' | 'todo' | 'url'>;

/** Asks a source, and says what came of it. */
async function look(source: Source, outside: Outside): Promise<Seen> {
  const { asked, fetched, document } = await ask(source, blankMemory(source.key), outside);
  const behind = asked === source.url ? '' : `its page names the feed ${asked}, and that `;
  try {
    if (fetched.kind === 'failed') {
      const { code, happened, todo } = fetched.problem;
      const isRefused = /^fetch\/(?:robots|not-allowed|challenge|told-to-wait)/.test(code);
      return { state: isRefused ? 'refused' : 'dead', happened: `${behind}${happened}`, todo };
    }
    if (document === undefined || fetched.kind === 'unchanged') throw new Error('nothing was known of it');
    if (document.kind === 'failed') {
      const { code, happened, todo } = document.problem;
      return { state: stateOf(code), happened: `${behind}${happened}`, todo };
    }
    if (document.kind === 'page') return notAFeed(source, document.feeds[0]?.url);
    const { name, lang, hosts, tags, future } = source;
    const now = outside.clock.now();
    const read = await looked(document, asked, fetched, now, { name, lang, hosts, tags, future });
    if (read.kind === 'feed') return answered(source, asked, read.look, now);
    return { state: 'not-understood', happened: read.problem.happened, todo: read.problem.todo };
  } finally {
    if (document?.kind === 'feed') document.close();
    letGo(fetched, outside.network);
  }
}

function answered(source: Source, asked: string, feed: SeenFeed, now: number): Seen {
  const doubts = doubtsOf(feed, now);
  if (doubts.includes('cut'))
    return {
      state: 'cut',
      happened: 'arrives cut off: it ends before its first entry does',
      todo: 'Ask again; if it stays so, tell the partner: their server, or one on the way, breaks it off.',
    };
  const happened = figures(feed, now);
  if (asked !== source.url) {
    const todo = `Its feed was found at ${feed.url} . To skip the search, write  url: ${withoutReferences(feed.url)}`;
    return { state: 'behind-page', happened, todo, url: feed.url };
  }
  if (feed.isMoved)
    return {
      state: 'moved',
      happened,
      todo: `It has moved for good. Write  url: ${withoutReferences(feed.url)}`,
      url: feed.url,
    };
  if (doubts.includes('empty'))
    return { state: 'old', happened, todo: 'It lists nothing: look whether the group has moved.' };
  if (doubts.includes('old')) {
    const since = feed.newest === undefined ? '' : ` since ${dayOf(feed.newest)}`;
    return { state: 'old', happened, todo: `Nothing new${since}: look whether the group has moved.` };
  }
  return { state: 'fine', happened, todo: '' };
}

function notAFeed({ url }: Source, named: string | undefined): Seen {
  return named === undefined
    ? {
        state: 'not-a-feed',
        happened: 'is a web page that names no feed',
        todo: `To look for one:  relais add ${url} --dry-run`,
      }
    : {
        state: 'not-a-feed',
        happened: `is a web page, which names the feed ${named}`,
        todo: `Write  url: ${withoutReferences(named)}`,
        url: named,
      };
}

function stateOf(code: string): State {
  if (code === 'parse/no-match') return 'no-match';
  return /^parse\/(?:not-a-feed|parked-domain|challenge-page|maintenance-page|login-page|empty)$/.test(code)
    ? 'not-a-feed'
    : 'not-understood';
}

function linesOf({ source, place, state, happened, todo }: Finding, file: string): string {
  const mark =
    state === 'fine' ? colour('green', '✓') : answering.has(state) ? colour('yellow', '!') : colour('red', '✗');
  const first = `${mark} ${file}:${place.line}:${place.column}  ${terminalLine(source)}: ${terminalLine(happened)}`;
  return todo === '' ? first : `${first}\n    ${terminalLine(todo)}`;
}
