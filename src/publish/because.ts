/** Evidence as a sentence for readers, in the story's language: how we know who wrote it and who passed it on. */
import type { Evidence, EvidenceKind, Language } from '../model.ts';
import { shareOf } from '../text/share.ts';
import { type Speaker, type Words, wordsFor } from './words.ts';

/** One sentence for each kind of evidence, the strongest first; English where there are no words of a language. */
export function becauseOf(evidence: readonly Evidence[], lang: Language, speaker: Speaker): string[] {
  const words = wordsFor(lang, speaker);
  const byStrength = [...evidence].sort((a, b) => b.strength - a.strength);
  const said = new Map<EvidenceKind, string>();
  for (const { kind, quote } of byStrength) if (!said.has(kind)) said.set(kind, sentenceOf(kind, quote, words));
  return [...said.values()];
}

/** @param quote the partner's own words or address; of passages `shared/all` */
function sentenceOf(kind: EvidenceKind, quote: string, words: Words): string {
  if (kind === 'same-passages') return words.evidence[kind](shareOf(quote));
  const say = words.evidence[kind];
  return typeof say === 'string' ? say : say(quote);
}
