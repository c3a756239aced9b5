/** Evidence as a sentence for readers, in the story's language: how we know who wrote it and who passed it on. */
import type { Evidence, EvidenceKind, Language } from '../model.ts';
import { shareOf } from '../text/share.ts';
import { type Speaker, type Words, wordsFor } from './words.ts';

/** One sentence for each kind of evidence, the strongest first; English where there are no words of a language. */
export function becauseOf(evidence: readonly Evidence[], lang: Language, speaker: Speaker): string[] {
  const words = wordsFor(lang, speaker);
  const byStrength = [...evidence].sort((a, b) => b.strength - a.strength);
  const said = new Map<EvidenceKind, string>();
  for (const one of byStrength) if (!said.has(one.kind)) said.set(one.kind, sentenceOf(one, words));
  return [...said.values()];
}

/** `quote`: the partner's own words or address; of passages `shared/all`. `targetName`: of the other copy, where it may be named. */
function sentenceOf({ kind, quote, targetName }: Evidence, words: Words): string {
  if (kind === 'same-passages') return words.evidence[kind](shareOf(quote));
  if (kind === 'same-text' && targetName !== undefined) return words.evidence['same-text-as'](targetName);
  const say = words.evidence[kind];
  return typeof say === 'string' ? say : say(quote);
}
