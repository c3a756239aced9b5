/** `relais run --dry-run`: what a run would bring and publish, tried on a copy of what is stored; nothing is changed or sent. */

import type { Config } from '../model.ts';
import type { PassOptions } from '../pass.ts';
import type { PublicationOptions } from '../publication.ts';
import { becauseOf } from '../publish/because.ts';
import type { SiteChanges } from '../publish/rehearsed.ts';
import { openRehearsal, type RunRehearsed, rehearseRun, type StoryNews } from '../rehearsal.ts';
import { postponedWords, stoppedWords } from '../run.ts';
import { titled } from '../telling/explain-story.ts';
import { dayOf } from '../telling/instants.ts';
import { nameOfSource, unknownName } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';
import { colour, newsLine, outcomeLines, type Printer, problemLines } from './print.ts';
import { openProgress } from './progress.ts';
import { refuse } from './refusing.ts';
import { exitCodeOf, type RunOptions, stopSignals } from './run.ts';
import { exitCodes, readSettings, storageOf } from './settings.ts';

export async function dryRun(options: RunOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const stop = new AbortController();
  const rehearsal = await openRehearsal(config, storageOf(options, config));
  let signals = 0;
  const onSignal = (): void => {
    stop.abort();
    if (++signals < 2) return;
    rehearsal.drop(); // whoever asks twice does not wait
    process.exit(exitCodes.tryLater);
  };
  for (const signal of stopSignals) process.on(signal, onSignal);
  try {
    const { library } = rehearsal.house;
    const names = Array.isArray(options.now) ? options.now : [];
    const stranger = names.length === 0 ? undefined : unknownName(names, config, await library.memories());
    if (stranger !== undefined) return refuse(stranger, options, printer);
    const isTalking = options.json !== true && options.quiet !== true;
    const progress = openProgress(rehearsal.house.clock.now());
    const show = (text?: string): void => {
      if (isTalking) printer.status?.(text);
    };
    const pass: PassOptions & PublicationOptions = {
      now: options.now === true ? 'all' : options.now === false ? undefined : options.now,
      signal: stop.signal,
      onDue: (count) => {
        if (isTalking) printer.line(count === 0 ? 'No source is due.' : `${some(count, 'source')} due:`);
        show(progress.due(count));
      },
      onOutcome: (outcome) => {
        // What a run would have done of it has not been done here.
        const problems = outcome.problems.map((one) => ({ ...one, did: '' }));
        if (isTalking) printer.line(outcomeLines({ ...outcome, problems }, options.verbose === true));
        show(progress.outcome(outcome, rehearsal.house.clock.now()));
      },
      onDrawn: (files) => show(progress.drawn(files)),
    };
    const rehearsed = await rehearseRun(config, rehearsal, pass);
    show();
    if (options.json === true) printer.json(jsonOf(rehearsed));
    else {
      const memories = await library.memories();
      const nameOf = (key: string): string => nameOfSource(key, config, memories);
      if (isTalking) for (const line of linesOf(rehearsed, nameOf, options.verbose === true)) printer.line(line);
      tellTrouble(rehearsed, config, printer);
    }
    return exitCodeOf(rehearsed.report);
  } finally {
    await rehearsal.end();
    for (const signal of stopSignals) process.removeListener(signal, onSignal);
  }
}

function jsonOf({ report, stories, ...rest }: RunRehearsed): unknown {
  return {
    ...report,
    isDry: true,
    ...rest,
    stories: stories.map(({ what, record, newItems }) => ({
      what,
      uid: record.uid,
      attribution: record.attribution,
      items: record.items.map((item) => ({
        sourceKey: item.sourceKey,
        guid: item.guid,
        url: item.url,
        title: item.title,
        date: item.date,
        isNew: newItems.includes(item.id),
        withdrawn: item.withdrawn,
      })),
    })),
  };
}

/** Named of each kind, without --verbose. */
const mostNamed = 15;

function linesOf(
  { report, stories, files, digests, mails, hub }: RunRehearsed,
  nameOf: (key: string) => string,
  isVerbose: boolean,
): readonly string[] {
  const few = (lines: readonly string[]): readonly string[] =>
    isVerbose || lines.length <= mostNamed
      ? lines
      : [...lines.slice(0, mostNamed), `  … and ${lines.length - mostNamed} more; all with  --verbose`];
  const count = (what: StoryNews['what']): number => stories.filter((one) => one.what === what).length;
  const total = files.added.length + files.changed.length + files.removed.length;
  return [
    '',
    stories.length === 0
      ? colour('bold', 'No story would change.')
      : colour(
          'bold',
          `Stories: ${count('new')} new, ${count('joined')} joined by another text, ${count('changed')} changed`,
        ),
    ...few(stories.flatMap((one) => storyLines(one, nameOf))),
    '',
    total === 0
      ? colour('bold', 'No file of the site would change.')
      : colour(
          'bold',
          `Site: ${some(files.added.length, 'file')} new, ${files.changed.length} changed, ${files.removed.length} removed`,
        ),
    ...(isVerbose ? fileLines(files) : few(folderLines(files))),
    ...digests.map(({ section, name, isEmpty }) =>
      isEmpty
        ? `The digest ${section} ${name} would be passed over: nothing is in it.`
        : `The digest ${section} ${name} would close.`,
    ),
    ...mails.map(({ to, subject }) => `A mail would go to ${terminalLine(to)}: ${terminalLine(subject)}`),
    ...(hub.length === 0 ? [] : [`The hub would be told of ${some(hub.length, 'feed')}.`]),
    ...(report.left > 0 ? [stoppedWords(report.left)] : []),
    ...(report.postponed > 0 ? [postponedWords(report.postponed)] : []),
    '',
    'This was a dry run: nothing was stored, published or sent.',
  ];
}

const signs = { new: '+', joined: '⊕', changed: '~' } as const;

function storyLines({ what, record, newItems }: StoryNews, nameOf: (key: string) => string): readonly string[] {
  const fresh = record.items.filter(({ id }) => newItems.includes(id));
  const [first = record.items[0]] = fresh;
  if (first === undefined) return [];
  const line = (text: string): string => terminalLine(text);
  const head = `  ${signs[what]} ${line(titled(first.title))}  ${line(nameOf(first.sourceKey))}, ${dayOf(first.date)}`;
  if (what !== 'joined') return [head];
  const with_ = record.items.filter(({ id }) => !newItems.includes(id)).map(({ sourceKey }) => nameOf(sourceKey));
  const evidence = record.attribution.members.find(({ itemId }) => itemId === first.id)?.evidence ?? [];
  const [because] = becauseOf(evidence, 'en', {});
  return [
    `${head}\n    joins the story of ${line([...new Set(with_)].join(', '))}${because === undefined ? '' : `: ${line(because)}`}`,
  ];
}

/** Files of one folder in one line. */
function folderLines(files: SiteChanges): readonly string[] {
  const folders = new Map<string, Record<keyof SiteChanges, number>>();
  for (const kind of ['added', 'changed', 'removed'] as const)
    for (const path of files[kind]) {
      const folder = path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/` : path;
      const known = folders.get(folder) ?? { added: 0, changed: 0, removed: 0 };
      known[kind]++;
      folders.set(folder, known);
    }
  const words = { added: 'new', changed: 'changed', removed: 'removed' } as const;
  return [...folders].sort().map(([folder, counts]) => {
    const said = (['added', 'changed', 'removed'] as const).filter((kind) => counts[kind] > 0);
    return `  ${folder.padEnd(28)} ${said.map((kind) => `${counts[kind]} ${words[kind]}`).join(', ')}`;
  });
}

function fileLines({ added, changed, removed }: SiteChanges): readonly string[] {
  return [
    ...added.map((path) => `  + ${path}`),
    ...changed.map((path) => `  ~ ${path}`),
    ...removed.map((path) => `  - ${path}`),
  ];
}

/** What the run would tell a person. */
function tellTrouble({ report }: RunRehearsed, config: Config, printer: Printer): void {
  for (const { sourceKey, error } of report.defects)
    printer.alarm(`✗ ${sourceKey}: a mistake of Relais itself (${String(error)}).`);
  for (const one of report.news) printer.alarm(newsLine(one));
  for (const one of report.problems) printer.alarm(problemLines(one));
  const { mail } = config.reporting;
  if (mail !== undefined && report.news.length > 0) printer.alarm(`That would be mailed to ${mail.to.join(', ')}.`);
}

function some(count: number, what: string): string {
  return `${count} ${count === 1 ? what : `${what}s`}`;
}
