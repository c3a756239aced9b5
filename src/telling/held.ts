/** What waits for the maintainer: sources that do not look like themselves, and texts that a section shows only after a look. */
import type { Library } from '../library.ts';
import type { Config, Hold, Instant, StoredItem } from '../model.ts';
import { type Finding, findingsWaiting, waitingForPerson } from '../parked.ts';
import type { ReadItem } from '../refresh-plan.ts';
import { hasSecret, sourceName } from '../source-status.ts';
import { nameAlone, nameOfSource } from './named.ts';

export interface HeldSource {
  readonly key: string;
  readonly name: string;
  /** What means it and no other on a command line. */
  readonly typed: string;
  readonly url: string;
  readonly hold: Hold;
  /** Newest first. */
  readonly items: readonly ReadItem['item'][];
}

/** In the order of sources.yaml. */
export async function readHeldSources(config: Config, library: Library): Promise<readonly HeldSource[]> {
  const [memories, items] = [await library.memories(), await library.heldItems()];
  return config.sources.flatMap((source) => {
    const memory = memories.get(source.key);
    if (memory?.held === undefined) return [];
    const own = (items.get(source.key) ?? []).map(({ item }) => item);
    const newestFirst = [...own].sort((a, b) => (b.published ?? 0) - (a.published ?? 0));
    const url = hasSecret(source) ? source.key : source.url;
    const [name, typed] = [sourceName(source, memory), nameAlone(source, config, memories)];
    return [{ key: source.key, name, typed, url, hold: memory.held, items: newestFirst }];
  });
}

export interface HeldText {
  readonly item: StoredItem;
  readonly source: string;
  readonly parked: readonly { readonly section: string; readonly since: Instant; readonly found: readonly Finding[] }[];
}

/** How many texts wait. */
export async function countHeldTexts(config: Config, library: Library): Promise<number> {
  return new Set((await waitingForPerson(config, library)).map(({ itemId }) => itemId)).size;
}

/** The longest parked first. @param most no more than these are read; undefined for all */
export async function readHeldTexts(config: Config, library: Library, most?: number): Promise<readonly HeldText[]> {
  const waiting = await waitingForPerson(config, library);
  const memories = await library.memories();
  const texts: HeldText[] = [];
  for (const id of [...new Set(waiting.map(({ itemId }) => itemId))].slice(0, most)) {
    const own = waiting.filter(({ itemId }) => itemId === id);
    const [story] = await library.stories(own.slice(0, 1).map(({ storyId }) => storyId));
    const item = story?.items.find((one) => one.id === id);
    if (item === undefined) continue;
    const parked = own.map((one) => ({
      section: one.section,
      since: one.parkedSince ?? 0,
      found: findingsWaiting(item, one, config),
    }));
    texts.push({ item, source: nameOfSource(item.sourceKey, config, memories), parked });
  }
  return texts;
}

/** What was found, in a word or two. */
export const findingNames: Readonly<Record<Finding['kind'], string>> = {
  'phone-numbers': 'a phone number',
  'email-addresses': 'an e-mail address',
  'bank-accounts': 'a bank account',
  word: 'a word',
  pattern: 'an expression',
  face: 'a picture that may show faces',
  'too-long': 'more than can be looked through',
};
