/**
 * What the maintainer has said of sources → done: held items let in or thrown away, a source stopped and what it brought
 * taken back, or all of that undone. Each ruling can be carried out again from the beginning, so a kill in the middle
 * does no harm; it is forgotten only once it is done.
 */

import { noValidators } from './fetch/ask.ts';
import { hasToldUsToWait } from './fetch/due.ts';
import type { SourceRuling } from './library.ts';
import type { Config, Instant, Outcome, Source, SourceMemory } from './model.ts';
import { openDesk, type PassReport } from './pass.ts';
import { type Desk, type Edges, letIn, outcomeUnasked } from './pipeline.ts';
import { Halt } from './problems.ts';
import type { ReadItem, Reading } from './refresh-plan.ts';
import { keepVanished, withdrawVanished } from './vanished.ts';

/**
 * Carries out the rulings that are waiting, oldest first. One on a source that has left sources.yaml waits until it is
 * back.
 * @returns what each came to (items let in or shown again are new, those taken back withdrawn), and our own bugs
 * @throws Halt when the store cannot be used
 */
export async function carryOut(config: Config, edges: Edges): Promise<Pick<PassReport, 'outcomes' | 'defects'>> {
  const waiting = await edges.library.rulings();
  if (waiting.length === 0) return { outcomes: [], defects: [] };
  const desk = await openDesk(config, edges.library);
  const outcomes: Outcome[] = [];
  const defects: { sourceKey: string; error: unknown }[] = [];
  for (const { id, sourceKey, ruling } of waiting) {
    const source = config.sources.find(({ key }) => key === sourceKey);
    if (source === undefined) continue;
    try {
      outcomes.push(await act(ruling, { source, desk, edges, timeZone: config.site.timezone }));
      await edges.library.ruled(id);
    } catch (error) {
      if (error instanceof Halt) throw error;
      defects.push({ sourceKey, error });
    }
  }
  return { outcomes, defects };
}

interface Ruled {
  readonly source: Source;
  readonly desk: Desk;
  readonly edges: Edges;
  /** For the days that people read. */
  readonly timeZone: string;
}

async function act(ruling: SourceRuling, ruled: Ruled): Promise<Outcome> {
  switch (ruling.kind) {
    case 'accept':
      return await accept(ruled);
    case 'refuse':
      return await refuse(ruled);
    case 'stop':
      return await stop(ruling.since, ruled);
    case 'resume':
      return await resume(ruled);
    case 'withdraw-vanished':
    case 'keep-vanished':
      return await ruleOnVanished(ruling.kind, ruled);
  }
}

/** Lets in what is held, as if it had just been read; what is known of it already under another guid stays one item. */
async function accept(ruled: Ruled): Promise<Outcome> {
  const { source, desk, edges } = ruled;
  const { library, clock } = edges;
  const before = desk.memory(source.key);
  if (before.held === undefined) return outcomeUnasked(ruled, {});
  const items = (await library.heldItems()).get(source.key) ?? [];
  const after = believed(before, clock.now());
  const rekeyed = await knownAgain(items, ruled);
  const outcome = await letIn(items, source, desk, edges, { after, rekeyed, isBackCatalogue: true });
  await library.dropHeld(source.key);
  desk.learn((await library.memories()).get(source.key) ?? after);
  return outcome;
}

async function knownAgain(items: readonly ReadItem[], { source, desk, edges }: Ruled): Promise<Reading['rekeyed']> {
  if (items.length === 0) return new Map();
  const { recogniseHeld, sampleLimit } = await import('./trust/judge.ts');
  const guids = items.map(({ item }) => item.guid);
  const stored = await edges.library.knownEntries(source.key, guids);
  const samples = await edges.library.samples(source.key, sampleLimit);
  const fresh = items.map(({ item }) => item).filter(({ guid }) => !stored.has(guid));
  return recogniseHeld(fresh, { source, before: desk.memory(source.key), samples, guids });
}

/**
 * The source counts as the partner's as it is now. What it looked like before is forgotten, so that nothing is strange
 * any more, and it is read again, whole, to learn it anew: edits that came while it was held are in that reading.
 */
function believed(before: SourceMemory, now: Instant): SourceMemory {
  return {
    ...before,
    held: undefined,
    lang: undefined,
    generator: undefined,
    marks: undefined,
    lastAbandoned: undefined,
    validators: noValidators,
    bodyHash: undefined,
    nextDue: dueSoon(before, now),
  };
}

/** At once, but for a source that has told us to wait. */
function dueSoon(memory: SourceMemory, now: Instant): Instant {
  const { waitUntil = now, nextDue } = memory;
  return hasToldUsToWait(memory) ? nextDue : Math.min(nextDue, Math.max(waitUntil, now));
}

/** Throws away what is held. The source stays held: what it sends next is no more welcome than this. */
async function refuse(ruled: Ruled): Promise<Outcome> {
  await ruled.edges.library.dropHeld(ruled.source.key);
  return outcomeUnasked(ruled, {});
}

async function stop(since: Instant, ruled: Ruled): Promise<Outcome> {
  const { source, desk, edges } = ruled;
  const before = desk.memory(source.key);
  const now = edges.clock.now();
  await remember({ ...before, stoppedSince: before.stoppedSince ?? now }, ruled);
  const withdrawnItems = await edges.library.hideSince(source.key, since, desk.settle, now);
  return outcomeUnasked(ruled, { withdrawnItems });
}

async function resume(ruled: Ruled): Promise<Outcome> {
  const { source, desk, edges } = ruled;
  const before = desk.memory(source.key);
  const now = edges.clock.now();
  const newItems = await edges.library.unhide(source.key, desk.settle, now);
  if (before.stoppedSince !== undefined)
    await remember({ ...before, stoppedSince: undefined, nextDue: dueSoon(before, now) }, ruled);
  return outcomeUnasked(ruled, { newItems });
}

/** What its site has taken away at once goes here too, or stays. */
async function ruleOnVanished(kind: 'withdraw-vanished' | 'keep-vanished', ruled: Ruled): Promise<Outcome> {
  const { source, desk, edges, timeZone } = ruled;
  if (kind === 'withdraw-vanished') return await withdrawVanished(source, desk, edges, timeZone);
  await keepVanished(source, edges);
  return outcomeUnasked(ruled, {});
}

async function remember(memory: SourceMemory, { desk, edges }: Ruled): Promise<void> {
  await edges.library.remember(memory);
  desk.learn(memory);
}
