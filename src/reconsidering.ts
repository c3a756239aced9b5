/** What is known has changed, of groups or of what counts for nothing: what was read before, and depends on it, is decided anew. */
import type { Clock } from './edges.ts';
import type { Library } from './library.ts';
import type { Config, SourceKey } from './model.ts';
import { type Desk, type Edges, reconsider } from './pipeline.ts';
import { Halt } from './problems.ts';

/** A bug of ours, at one source, or at what is named in its place. */
export interface Defect {
  readonly sourceKey: SourceKey;
  readonly error: unknown;
}

/** Reads unresolved credits again when names, aliases or homes differ from the last time. */
export async function reconsiderUnsettled(config: Config, desk: Desk, edges: Edges): Promise<readonly Defect[]> {
  const defects: Defect[] = [];
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha256');
  for (const { key, name, partner, aliases, hosts, role, openPublishing, withdrawn } of desk.sources) {
    const { title, home } = desk.memory(key);
    const kept = withdrawn === 'keep' ? [withdrawn] : [];
    digest.update(JSON.stringify([key, name, partner, aliases, hosts, role, openPublishing, title, home, ...kept]));
  }
  const hash = digest.digest('hex');
  if ((await edges.library.rememberOnce('names', '')) === hash) return [];
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const { library } = edges;
  for (let next = await library.unsettled(''); next !== undefined; next = await library.unsettled(next.source)) {
    const source = sources.get(next.source);
    if (source === undefined) continue;
    try {
      await reconsider(source, next.items, desk, edges);
    } catch (error) {
      if (error instanceof Halt) throw error;
      defects.push({ sourceKey: next.source, error });
    }
  }
  await regroup(config, desk, edges);
  await edges.library.replaceFact('names', hash); // last, so that a kill in between only repeats the reading
  return defects;
}

/** Whose a source is, and what it is, counts for all that it has brought: where that has changed its stories are decided anew. */
async function regroup({ sources }: Config, desk: Desk, { library, clock }: Edges): Promise<void> {
  const standing = new Map(
    sources.map(({ key, partner, role, openPublishing, withdrawn }) => {
      const kept = withdrawn === 'keep' ? [withdrawn] : []; // nothing otherwise: written as before there was a choice
      return [key, JSON.stringify([partner, role, openPublishing, ...kept])];
    }),
  );
  const before = new Map(JSON.parse((await library.fact('groups')) ?? '[]') as [SourceKey, string][]);
  for (const [key, now] of standing)
    if ((before.get(key) ?? now) !== now) await library.settle(key, desk.settle, clock.now());
  await library.replaceFact('groups', JSON.stringify([...standing]));
}

/** Items whose pairs are decided in one transaction: somebody else may be waiting to write. */
const doubtsAtOnce = 200;

/**
 * What counts for nothing is learned while texts come in, so that pairs were decided by words that say nothing any more. They are
 * decided anew once all have come, and not with each footer that is learned: so a run comes to the same in whatever order it reads,
 * and an import decides a pair twice and not a hundred times. Cut short, it goes on with the next run.
 * @returns a bug of ours, which leaves them as they are
 */
export async function settleDoubts(
  desk: Pick<Desk, 'tellAgain'>,
  { library, clock }: { readonly library: Pick<Library, 'tellAgain'>; readonly clock: Pick<Clock, 'now'> },
): Promise<readonly Defect[]> {
  try {
    while ((await library.tellAgain(doubtsAtOnce, desk.tellAgain, clock.now())) > 0);
    return [];
  } catch (error) {
    if (error instanceof Halt) throw error;
    return [{ sourceKey: 'texts that others have in part', error }];
  }
}
