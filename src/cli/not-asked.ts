/** Sources that a person wants asked now and that no run asks: why, and what to do, in a sentence each. */
import type { Config, Instant, Source, SourceKey, SourceMemory } from '../model.ts';
import { sourceName } from '../source-status.ts';
import { minuteOf } from '../telling/instants.ts';
import { nameAlone, shellWord, sourcesNamed } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';

type Memories = ReadonlyMap<SourceKey, SourceMemory>;

/** Of the sources with these names, those that are stopped or paused. */
export function notAsked(names: readonly string[], config: Config, memories: Memories): string[] {
  const sources = new Set(names.flatMap((name) => sourcesNamed(name, config, memories)));
  return [...sources].flatMap((source) => {
    const memory = memories.get(source.key);
    const why = reason(source, memory?.stoppedSince, () => shellWord(nameAlone(source, config, memories)));
    return why === undefined ? [] : [`${terminalLine(sourceName(source, memory))} was not asked: ${why}`];
  });
}

function reason({ paused }: Source, stopped: Instant | undefined, typed: () => string): string | undefined {
  if (stopped !== undefined)
    return `it has been stopped since ${minuteOf(stopped)}. To have it asked again:  relais stop --undo ${typed()}`;
  if (paused === undefined) return undefined;
  return `it is paused (${terminalLine(paused)}). To have it asked again, take  paused  out of sources.yaml.`;
}
