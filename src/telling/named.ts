/** What a person types for a source → the sources meant, or a sentence with the nearest name there is; and back again. */

import type { Config, Source, SourceKey, SourceMemory } from '../model.ts';
import { isNamed } from '../queues.ts';
import { terminalLine } from '../text/safe.ts';
import { nearest } from '../yaml/nearest.ts';

type Memories = ReadonlyMap<SourceKey, SourceMemory>;

/** By name, title, address or key; a partner's name means all its sources. */
export function sourcesNamed(name: string, config: Config, memories: Memories): Source[] {
  return config.sources.filter((source) => isNamed(source, memories.get(source.key), name));
}

/** @returns a sentence for the first name that no source has; undefined where all have one */
export function unknownName(names: readonly string[], config: Config, memories: Memories): string | undefined {
  const asked = names.find((name) => sourcesNamed(name, config, memories).length === 0);
  if (asked === undefined) return undefined;
  const known = config.sources.map((source) => source.name ?? memories.get(source.key)?.title ?? source.url);
  const near = nearest(asked, known);
  return `No source is called “${terminalLine(asked)}”.${near === undefined ? '  relais status  shows what they are called.' : ` Did you mean “${terminalLine(near)}”?`}`;
}

/** Asks which of several is meant. */
export function severalNamed(name: string, sources: readonly Source[]): string {
  const addresses = sources.map(({ key }) => key).join(', ');
  return `“${terminalLine(name)}” has ${sources.length} sources: ${terminalLine(addresses)}. Name one by its address.`;
}

/** What a person may type for a source: its name where that means no other, else its address. */
export function nameAlone(source: Source, config: Config, memories: Memories): string {
  const name = source.name ?? memories.get(source.key)?.title ?? source.key;
  return sourcesNamed(name, config, memories).length === 1 ? name : source.key;
}

/** What a source is called, also one that has left sources.yaml. @returns `key` where nothing is known of it */
export function nameOfSource(key: string, config: Config, memories: Memories): string {
  const source = config.sources.find((one) => one.key === key || isNamed(one, undefined, key));
  return source?.name ?? memories.get(key)?.title ?? key;
}

/** A name as one word of a command to type: a feed's title must not become a command of its own. */
export function shellWord(name: string): string {
  return `'${terminalLine(name).replaceAll("'", "'\\''")}'`;
}
