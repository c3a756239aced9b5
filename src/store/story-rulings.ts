/** What the maintainer has said of items and stories: kept by address or guid, so that it outlives what it was said of. */
import type { Instant } from '../model.ts';
import type { StoryRuling } from '../story-plan.ts';
import type { Database } from './database.ts';

export interface KeptRuling {
  readonly id: number;
  readonly ruling: StoryRuling;
  readonly at: Instant;
}

/** Oldest first. */
export async function readKeptRulings(db: Database): Promise<KeptRuling[]> {
  const rows = await db.selectFrom('story_rulings').selectAll().orderBy('id').execute();
  return rows.map(({ id, ruling, at }) => ({ id, at, ruling: JSON.parse(ruling) as StoryRuling }));
}

export async function readStoryRulings(db: Database): Promise<StoryRuling[]> {
  return (await readKeptRulings(db)).map(({ ruling }) => ruling);
}
