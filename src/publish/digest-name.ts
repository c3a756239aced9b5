/** What a digest is called in words: `Weekly digest, week 47 of 2026`. */
import type { Language } from '../model.ts';
import { formatDay, formatMonth, type Speaker, weekWords, wordsFor } from './words.ts';

/** @param name as in `Period.name`: what it looks like says how often there is one */
export function digestName(name: string, lang: Language, speaker: Speaker): string {
  const words = wordsFor(lang, speaker);
  const [, period = name, number] = /^(.+?)(?:\.(\d+))?$/.exec(name) ?? [];
  const again = number === undefined ? '' : ` (${number})`;
  if (/^\d{4}-\d\d-\d\d$/.test(period))
    return `${words.dailyDigest(formatDay(Date.parse(`${period}T12:00Z`), lang, { ...speaker, timezone: 'UTC' }))}${again}`;
  if (/^\d{4}-\d\d$/.test(period)) return `${words.monthlyDigest(formatMonth(period, lang, speaker))}${again}`;
  return `${weekWords(words, period)}${again}`;
}
