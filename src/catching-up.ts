/**
 * Items that were stored before stories were found by shared passages: their words are compared once, so that an archive of
 * years says the same as one that is read anew. Cut short, it goes on with the next run.
 */
import type { Config } from './model.ts';
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
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  for (let found = await library.unrecognised(batch); found.size > 0; found = await library.unrecognised(batch)) {
    for (const [key, items] of found) {
      const source = sources.get(key);
      const read = source === undefined ? [] : items.filter(({ withdrawn }) => withdrawn === undefined);
      if (source !== undefined && read.length > 0) await reconsider(source, read, desk, edges);
      // What nobody asks any more, and what was taken back, says nothing new of itself.
      const others = items.filter((one) => !read.includes(one)).map(({ id }) => id);
      if (others.length > 0) await library.settle(others, desk.settle, clock.now());
    }
  }
  await library.replaceFact(imprintFact, imprintVersion);
}
