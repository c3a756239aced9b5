/** Attribution as one sentence in the story's language, plain and with links: the first line that readers see. */
import type { Language, SafeHtml } from '../model.ts';
import { isolated, joinHtml, link, plainText } from '../text/safe-html.ts';
import type { OriginalView, RepostView } from './views.ts';
import { formatDay, wordsFor } from './words.ts';

export interface Credited {
  readonly original: OriginalView;
  readonly reposts: readonly RepostView[];
}

/** Reposters named before the rest are counted. */
const maxNamed = 3;

/** Stands in a sentence for a name until it is known whether it becomes a link. No partner text contains it. */
const slot = (at: number): string => `\u0001${at}\u0001`;

export function creditOf(
  credited: Credited,
  lang: Language,
  timezone: string,
): { credit: string; creditHtml: SafeHtml } {
  const { original, reposts } = credited;
  const words = wordsFor(lang);
  const named = reposts.slice(0, maxNamed);
  const names = [original.creditAs ?? original.group.name, ...named.map((repost) => repost.group.name)];
  const addresses = [original.url ?? original.group.url, ...named.map((repost) => repost.url ?? repost.group.url)];
  const day = formatDay(original.date, lang, timezone);
  const parts = [
    original.isGuess ? words.firstSeenAt(slot(0)) : original.isHeld ? words.fromOn(slot(0), day) : words.from(slot(0)),
    ...(reposts.length === 0
      ? []
      : [
          words.repostedBy(
            named.map((_, at) => slot(at + 1)),
            reposts.length - named.length,
          ),
        ]),
  ];
  const sentence = parts.join(' · ');
  const pieces = sentence.split('\u0001'); // odd pieces are the numbers of slots
  const nameOf = (piece: string): string => names[Number(piece)] ?? '';
  return {
    credit: pieces.map((piece, at) => (at % 2 === 0 ? piece : nameOf(piece))).join(''),
    creditHtml: joinHtml(
      ...pieces.map((piece, at) =>
        at % 2 === 0 ? plainText(piece) : isolated(link(nameOf(piece), addresses[Number(piece)] ?? '')),
      ),
    ),
  };
}
