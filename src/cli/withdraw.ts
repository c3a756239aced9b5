/**
 * `relais withdraw` and `relais restore-item`: the maintainer takes a text back, or lets it in again. Both act at once, also
 * beside a run that is under way; the site follows in the same breath, or with that run's next one.
 */
import type { Post } from '../story-plan.ts';
import type { Bench } from '../story-rulings.ts';
import { letInAgain, takeBack } from '../taking-back.ts';
import { nameOfSource, shellWord } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';
import { type House, openHouse } from '../wire.ts';
import { personHere } from './person.ts';
import type { Printer } from './print.ts';
import { alarm, publishNow } from './ruling.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';

export interface WithdrawOptions extends CommonOptions {
  /** The maintainer's own words, for the log. */
  readonly because?: string | undefined;
}

type NameOf = (post: Post) => string;

/** What was done, in sentences and as JSON; a string where nothing was. */
interface Done {
  readonly lines: readonly string[];
  readonly json: object;
}

/** @returns 0, also where it was taken back before or the site is left to another process; 2 where nothing is meant */
export async function withdraw(name: string, options: WithdrawOptions, printer: Printer): Promise<number> {
  const said = { who: personHere(), because: tidy(options.because) };
  if (said.because === '')
    return refuse('Say why, for the log:  relais withdraw … --because "…"', exitCodes.usage, options, printer);
  return await act(options, printer, async (bench, nameOf) => {
    const taken = await takeBack(name, said, bench);
    if (taken.kind !== 'done') return taken;
    const { posts, alongside, left, elsewhere } = taken;
    const [first] = posts;
    const undo = `relais restore-item ${shellWord(first?.url ?? first?.guid ?? name)}`;
    const lines = [
      ...posts.map((post) => `Withdrawn: ${nameOf(post)}.`),
      ...listed('With it go, as reposts of it or its group’s copies in other feeds:', alongside, nameOf),
      ...listed(
        'Carried by others on their own, and still shown; each can be withdrawn in the same way:',
        left,
        nameOf,
      ),
      ...listed('It also stands in, or is told in another language by, and these stay:', elsewhere, nameOf),
      'Its words leave the database and its copies with the next night’s work.',
      `Until then this undoes it in full; later it lets the text in again if its feed still lists it:  ${undo}`,
    ];
    const json = {
      withdrawn: posts.map(jsonOf),
      alongside: alongside.map(jsonOf),
      left: left.map(jsonOf),
      elsewhere: elsewhere.map(jsonOf),
    };
    return { lines, json };
  });
}

/** @returns as `withdraw` */
export async function restoreItem(name: string, options: WithdrawOptions, printer: Printer): Promise<number> {
  const said = { who: personHere(), because: tidy(options.because) };
  return await act(options, printer, async (bench, nameOf) => {
    const done = await letInAgain(name, said, bench);
    if (done.kind !== 'done') return done;
    const { shown, awaited } = done;
    const lines = [
      ...shown.map((post) => `Shown again: ${nameOf(post)}.`),
      ...listed(
        'Their words are gone; they come back with the next visit if their feeds still list them:',
        awaited,
        nameOf,
      ),
      ...(awaited.length === 0 ? [] : ['What a feed itself still says is withdrawn goes again with that visit.']),
    ];
    return { lines, json: { shown: shown.map(jsonOf), awaited: awaited.map(jsonOf) } };
  });
}

/** Does something of the maintainer's, publishes what follows from it, and says what it came to. */
export async function act(
  options: CommonOptions,
  printer: Printer,
  work: (
    bench: Bench,
    nameOf: NameOf,
  ) => Promise<Done | { readonly kind: 'refused' | 'already'; readonly why: string }>,
): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const house: House = await openHouse(config, storageOf(options, config));
  try {
    const memories = await house.library.memories();
    const nameOf: NameOf = ({ url, guid, title, sourceKey }) =>
      `${url ?? guid} (${title === '' ? '' : `“${title}”, `}${nameOfSource(sourceKey, config, memories)})`;
    const bench = { config, library: house.library, now: house.clock.now(), who: personHere() };
    const done = await work(bench, nameOf);
    if ('kind' in done)
      return refuse(done.why, done.kind === 'already' ? exitCodes.done : exitCodes.usage, options, printer);
    const report = await publishNow(config, house);
    const failures = report?.problems.filter(({ severity }) => severity === 'failure') ?? [];
    const isPublished = report !== undefined && failures.length + report.defects.length === 0;
    if (options.json === true) printer.json({ ...done.json, isPublished, problems: failures });
    else {
      for (const line of done.lines) printer.line(terminalLine(line));
      if (report === undefined)
        printer.line('Another Relais is at work on this folder: the site follows within a minute.');
      alarm(report, printer);
    }
    return report === undefined || isPublished ? exitCodes.done : exitCodes.couldNotRun;
  } finally {
    await house.close();
  }
}

function refuse(why: string, exitCode: number, options: CommonOptions, printer: Printer): number {
  if (options.json === true) printer.json(exitCode === exitCodes.done ? { already: why } : { error: why });
  else if (exitCode === exitCodes.done) printer.line(terminalLine(why));
  else printer.alarm(terminalLine(why));
  return exitCode;
}

function listed(heading: string, posts: readonly Post[], nameOf: NameOf): string[] {
  return posts.length === 0 ? [] : [heading, ...posts.map((post) => `  – ${nameOf(post)}`)];
}

export function jsonOf({ sourceKey, storyUid, guid, url }: Post): unknown {
  return { source: sourceKey, story: storyUid, guid, url };
}

export function tidy(words: string | undefined): string {
  return (words ?? '').replace(/\s+/g, ' ').trim();
}
