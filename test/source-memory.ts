/** Memories for tests: of a source never asked, with what the test speaks of. */
import type { SourceKey, SourceMemory } from '../src/model.ts';

export function memoryOf(key: SourceKey, changes: Partial<SourceMemory> = {}): SourceMemory {
  return {
    key,
    feedUrl: undefined,
    askedUrl: undefined,
    bodyUrl: undefined,
    validators: { etag: undefined, lastModified: undefined },
    bodyHash: undefined,
    title: undefined,
    home: undefined,
    lang: undefined,
    generator: undefined,
    marks: undefined,
    feedHints: undefined,
    nextDue: 0,
    lastTried: undefined,
    lastSuccess: undefined,
    lastBody: undefined,
    lastNewItem: undefined,
    rhythmMs: undefined,
    failures: 0,
    failingSince: undefined,
    lastAbandoned: undefined,
    problem: undefined,
    isGone: false,
    move: undefined,
    held: undefined,
    stoppedSince: undefined,
    silentSince: undefined,
    standing: [],
    waitUntil: undefined,
    ...changes,
  };
}
