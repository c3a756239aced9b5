/**
 * What has vanished from a feed is looked for at its own page; what is not there on two days is withdrawn, as if the feed had
 * said so. Told in calls; runs between the pass and the publication.
 *
 * robots.txt is not asked: it is one look a day at an address that the group itself has handed out, and nothing of the page is read.
 */
import { noValidators } from './fetch/ask.ts';
import type { MissingItem, PageFate } from './library.ts';
import type { Config, Fetched, News, Outcome, Source } from './model.ts';
import { isAskable, openDesk, type PassReport } from './pass.ts';
import { type Desk, type Edges, outcomeUnasked } from './pipeline.ts';
import { Halt } from './problems.ts';
import { keepSilences } from './silences.ts';
import { sourceName } from './source-status.ts';
import { answerOf, fateAfter, goneWords, hasOwnPage, isFlood, waitsForRuling } from './stories/vanished.ts';
import { grouped } from './text/grouped.ts';
import { politenessKey } from './text/url.ts';
import { dayMs } from './text/wall-clock.ts';

/** Bounds of one run: what a run leaves, the next ones take. */
const mostARun = 50;
const mostADomain = 3;
/** Looked at, to find those of as many domains as there are. */
const candidates = 1_000;
/** No other page is asked for after so long: news do not wait for this. */
const mostMs = 60_000;

interface Found {
  readonly missing: MissingItem;
  readonly source: Source;
}

/** An item whose page was not there on two days. */
interface Confirmed extends Found {
  readonly status: 404 | 410;
}

interface Circumstances {
  readonly config: Config;
  readonly desk: Desk;
  readonly edges: Edges;
  readonly signal: AbortSignal | undefined;
}

/** @returns what was withdrawn, by source, and our own bugs */
export async function lookForVanished(
  config: Config,
  edges: Edges,
  signal?: AbortSignal,
): Promise<Pick<PassReport, 'outcomes' | 'defects'>> {
  const { library, clock } = edges;
  const all = config.sources.map(({ key }) => key);
  if ((await library.dueMissing(all, clock.now(), 1)).length === 0) return { outcomes: [], defects: [] };
  const memories = await library.memories();
  const askable = config.sources.filter((source) => isAskable(source, memories.get(source.key)));
  const keys = askable.map(({ key }) => key);
  const due = await library.dueMissing(keys, clock.now(), candidates);
  const sources = new Map(askable.map((source) => [source.key, source]));
  const circumstances = { config, edges, signal, desk: await openDesk(config, library) };
  const found = due.flatMap((missing): Found[] => {
    const source = sources.get(missing.sourceKey);
    return source === undefined ? [] : [{ missing, source }];
  });
  const own: Found[] = [];
  for (const one of found) {
    if (hasOwnPage(one.missing, one.source, memories.get(one.source.key))) own.push(one);
    else await library.decideMissing(one.missing.id, settledAs('no-page', one.missing));
  }
  const { confirmed, defects } = await lookAtPages(own, circumstances);
  const outcomes: Outcome[] = [];
  for (const ofSource of grouped(confirmed, ({ source }) => source.key).values()) {
    try {
      outcomes.push(...(await withdrawConfirmed(ofSource, circumstances)));
    } catch (error) {
      if (error instanceof Halt) throw error;
      if (error === signal?.reason) break;
      defects.push({ sourceKey: ofSource[0]?.source.key ?? '', error });
    }
  }
  return { outcomes, defects };
}

/** Those of one domain in turn, domains side by side. */
async function lookAtPages(
  own: readonly Found[],
  { edges, signal }: Circumstances,
): Promise<{ readonly confirmed: readonly Confirmed[]; readonly defects: { sourceKey: string; error: unknown }[] }> {
  const { library, clock } = edges;
  const start = clock.now();
  const silences = new Map(await library.silences());
  const confirmed: Confirmed[] = [];
  const defects: { sourceKey: string; error: unknown }[] = [];
  const look = async (one: Found): Promise<void> => {
    const { missing, source } = one;
    const fate = fateAfter(
      missing,
      answerOf(missing.url ?? '', await askFor(missing.url, source, edges, signal)),
      clock.now(),
    );
    if (fate.kind === 'confirmed') confirmed.push({ ...one, status: fate.status });
    else await library.decideMissing(missing.id, fate);
    await keepSilences(edges, silences);
  };
  const queues = chosen(own).map(async (queue) => {
    for (const one of queue) {
      if (signal?.aborted === true || clock.now() - start >= mostMs) return;
      try {
        await look(one);
      } catch (error) {
        if (error instanceof Halt) throw error;
        if (error === signal?.reason) return;
        defects.push({ sourceKey: one.source.key, error });
      }
    }
  });
  await Promise.all(queues);
  return { confirmed, defects };
}

/** As many as a run may ask for, by domain. */
function chosen(found: readonly Found[]): readonly (readonly Found[])[] {
  const domains = grouped(found, ({ missing }) => politenessKey(missing.url ?? ''));
  let room = mostARun;
  return [...domains.values()].map((queue) => {
    const taken = queue.slice(0, Math.min(room, mostADomain));
    room -= taken.length;
    return taken;
  });
}

/** Asks for a page and reads nothing of it. */
async function askFor(
  url: string | undefined,
  { proxy, authorityFile }: Source,
  { network }: Edges,
  signal: AbortSignal | undefined,
): Promise<Fetched> {
  const request = {
    url: url ?? '',
    validators: noValidators,
    bodyHash: undefined,
    proxy,
    authorityFile,
    what: 'page',
  } as const;
  const fetched = await network.fetch(request, signal);
  if (fetched.kind === 'fresh') network.letGo(fetched.body);
  return fetched;
}

/**
 * Withdraws what is gone, unless that says more of the site than of the items: many went at once, which is for a person to judge,
 * or a page of an item that is still listed is not there either, and then nothing has been said.
 */
async function withdrawConfirmed(
  confirmed: readonly Confirmed[],
  { config, desk, edges, signal }: Circumstances,
): Promise<readonly Outcome[]> {
  const { library, clock } = edges;
  const [{ source }] = confirmed as readonly [Confirmed];
  const now = clock.now();
  const own = await library.missing({ sources: [source.key] });
  if (isFlood(own, now)) {
    for (const { missing } of confirmed)
      await library.decideMissing(missing.id, { ...settledAs('held', missing), checkedAt: now });
    if (own.every(({ state }) => state !== 'held')) await library.addNews([floodNews(source, desk, now)]);
    return [];
  }
  if (!(await answersWell(source, desk, edges, signal))) {
    const why = 'no page of its site that we asked for was there';
    for (const { missing } of confirmed)
      await library.decideMissing(missing.id, {
        ...settledAs('gone', missing),
        tries: missing.tries + 1,
        nextCheck: missing.tries < mostInVain ? now + dayMs : undefined,
        checkedAt: now,
        answer: why,
      });
    return [];
  }
  // Noted first: a kill in between repeats the look.
  for (const { missing } of confirmed)
    await library.decideMissing(missing.id, { ...settledAs('gone', missing), nextCheck: now, checkedAt: now });
  const vanished = confirmed.map(({ missing, status }) => {
    const last = { at: now, status };
    return { missing, because: goneWords(missing.firstGone ?? last, last, config.site.timezone) };
  });
  return [await takeBack(vanished, source, desk, edges)];
}

/** Days on which a site is looked at again that does not show its other pages either. */
const mostInVain = 30;

/** True where the page of an item that is still listed is there. */
async function answersWell(
  source: Source,
  desk: Desk,
  edges: Edges,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const listed = await edges.library.stillListed(source.key, 10);
  const control = listed.find((one) => hasOwnPage(one, source, desk.memory(source.key)));
  if (control?.url === undefined) return false;
  return answerOf(control.url, await askFor(control.url, source, edges, signal)).kind === 'there';
}

function floodNews(source: Source, desk: Desk, now: number): News {
  const name = sourceName(source, desk.memory(source.key));
  const words = [
    'More than five of its texts have vanished from its feed and from its site within a week. They are shown until you have looked',
    'at its site:  relais vanished  lists them.  relais vanished withdraw  with its name takes them back here too,',
    'relais vanished keep  lets them stay.',
  ].join(' ');
  return { sourceKey: source.key, source: name, kind: 'vanished', at: now, words: desk.redact(words) };
}

/** Withdraws what waits for the maintainer, and what was not there at the first look: the maintainer has looked. */
export async function withdrawVanished(
  source: Source,
  desk: Desk,
  edges: Pick<Edges, 'clock' | 'library'>,
  timeZone: string,
): Promise<Outcome> {
  const going = await goingOf(source, edges);
  const vanished = going.map((missing) => {
    const { firstGone, checkedAt = 0 } = missing;
    const first = firstGone ?? { at: checkedAt, status: 404 };
    return { missing, because: goneWords(first, { at: checkedAt, status: first.status }, timeZone) };
  });
  return await takeBack(vanished, source, desk, edges);
}

/** Nobody looks at their pages any more. */
export async function keepVanished(source: Source, edges: Pick<Edges, 'library'>): Promise<void> {
  for (const one of await goingOf(source, edges)) await edges.library.decideMissing(one.id, settledAs('kept', one));
}

async function goingOf({ key }: Source, { library }: Pick<Edges, 'library'>): Promise<readonly MissingItem[]> {
  const missing = await library.missing({ sources: [key] });
  return missing.filter(waitsForRuling);
}

interface Vanished {
  readonly missing: Pick<MissingItem, 'id'>;
  readonly because: string;
}

/** Takes items back that their source has taken off its site; one that the maintainer has let in again stays. */
async function takeBack(
  vanished: readonly Vanished[],
  source: Source,
  desk: Desk,
  { clock, library }: Pick<Edges, 'clock' | 'library'>,
): Promise<Outcome> {
  const orders = vanished.map(
    ({ missing, because }) => ({ itemId: missing.id, by: 'page', who: 'source', because }) as const,
  );
  const { items, alongside } = await library.withdraw(orders, desk.settle, clock.now());
  return outcomeUnasked({ source, desk }, { withdrawnItems: items.length + alongside.length });
}

/** Nobody looks at its page any more. */
function settledAs(state: PageFate['state'], { tries, firstGone, checkedAt, answer }: MissingItem): PageFate {
  return { kind: 'noted', state, tries, firstGone, checkedAt, nextCheck: undefined, answer };
}
