/**
 * Items that were stored before stories were found by shared passages: their words are compared once, so that an archive of
 * years says the same as one that is read anew. Cut short, it goes on with the next run.
 */
import type { Config, StoredItem } from './model.ts';
import { openDesk } from './pass.ts';
import { type Edges, reconsider } from './pipeline.ts';

/** Raised when what is kept of a text to recognise it changes. */
const imprintVersion = '1';
const imprintFact = 'imprints';
/** Items read at once. */
const batch = 200;

/** Compares what never has been. Costs one look-up where there is nothing to do. */
export async function catchUp(config: Config, edges: Edges): Promise<void> {
  const { library, clock } = edges;
  if ((await library.fact(imprintFact)) === imprintVersion) return;
  const desk = await openDesk(config, library);
  for (let items = await library.unrecognised(batch); items.length > 0; items = await library.unrecognised(batch)) {
    for (const [key, own] of groupBySource(items)) {
      const source = config.sources.find((one) => one.key === key);
      const standing = own.filter(({ withdrawn }) => withdrawn === undefined);
      if (source !== undefined && standing.length > 0) await reconsider(source, standing, desk, edges);
    }
    // Also what nobody asks any more, and what was taken back: each has been looked at afterwards.
    await library.settle(
      items.map(({ id }) => id),
      desk.settle,
      clock.now(),
    );
  }
  await library.replaceFact(imprintFact, imprintVersion);
}

function groupBySource(items: readonly StoredItem[]): ReadonlyMap<string, StoredItem[]> {
  const bySource = new Map<string, StoredItem[]>();
  for (const item of items) {
    const own = bySource.get(item.sourceKey);
    if (own === undefined) bySource.set(item.sourceKey, [item]);
    else own.push(item);
  }
  return bySource;
}
