/** A misspelt word and the words that would have been right → the one that was probably meant. */
import { distance } from 'fastest-levenshtein';

/** What people write who come from other programs, and what it is called here. Used only where that is allowed. */
const otherNames: Readonly<Record<string, string>> = {
  license: 'licence',
  color: 'colour',
  accent: 'colour',
  language: 'lang',
  href: 'url',
  feed: 'url',
  address: 'url',
  link: 'url',
  interval: 'every',
  frequency: 'every',
  refresh: 'every',
  description: 'about',
  title: 'name',
  feeds: 'sources',
  group: 'partner',
  alias: 'aliases',
  host: 'hosts',
  tag: 'tags',
  category: 'tag',
  categories: 'tag',
  keyword: 'tag',
  keywords: 'tag',
  body: 'text',
  content: 'text',
  url: 'link',
  include: 'only',
  filter: 'only',
  exclude: 'skip',
  tz: 'timezone',
  email: 'contact',
  pause: 'paused',
  consent: 'agreed',
  agreement: 'agreed',
  permission: 'agreed',
  delay: 'embargo',
  hotline: 'allow',
  faces: 'pictures_show_faces',
  attribution: 'credit',
  selectors: 'page',
};

/** Of a word that only one other begins with, as `emails` for `email-addresses`. */
const shortestStem = 4;

/**
 * The allowed word closest to what was written.
 * @returns undefined where nothing is close enough to be worth saying: more than a third of the letters differ
 */
export function nearest(written: string, allowed: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const meant = otherNames[lower];
  if (meant !== undefined && allowed.includes(meant)) return meant;
  const stem = lower.replace(/s$/, '');
  const [longer, ...others] = stem.length < shortestStem ? [] : allowed.filter((word) => word.startsWith(stem));
  if (longer !== undefined && others.length === 0) return longer;
  const startsAlike = (word: string): boolean => word.charAt(0).toLowerCase() === lower.charAt(0); // fingers seldom slip there
  const ranked = allowed
    .map((word) => ({ word, steps: distance(lower, word.toLowerCase()) }))
    .sort((one, other) => one.steps - other.steps || Number(startsAlike(other.word)) - Number(startsAlike(one.word)));
  const best = ranked[0];
  if (best === undefined) return undefined;
  return best.steps <= Math.ceil(Math.max(lower.length, best.word.length) / 3) ? best.word : undefined;
}

/** True where the written word is another program's name for the setting, and no slip of the finger. */
export function isOtherName(written: string, meant: string): boolean {
  return otherNames[written.toLowerCase()] === meant;
}
