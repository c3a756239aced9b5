/** Attribution as one sentence in the story's language, plain and with links: the first line that readers see. */
import type { Language, SafeHtml, Site } from '../model.ts';
import { isolated, joinHtml, link, plainText } from '../text/safe-html.ts';
import type { OriginalView, RepostView } from './views.ts';
import { enumeration, formatDay, groupsIn, type Words, wordsFor } from './words.ts';

export interface Credited {
  readonly original: OriginalView;
  readonly reposts: readonly RepostView[];
}

/** A name in the sentence, and where it leads. */
interface Named {
  readonly name: string;
  readonly url: string | undefined;
}

/** Reposters named before the rest are counted. */
const maxNamed = 3;

/** Stands in a sentence for a name until it is known whether it becomes a link. No partner text contains it. */
const slot = (at: number): string => `\u0001${at}\u0001`;

export function creditOf(credited: Credited, lang: Language, site: Site): { credit: string; creditHtml: SafeHtml } {
  const { original, reposts } = credited;
  const words = wordsFor(lang, site);
  const named = reposts.slice(0, maxNamed);
  const authors = authorsOf(credited);
  const slots: Named[] = [];
  const put = (one: Named): string => slot(slots.push(one) - 1);
  const day = formatDay(original.date, lang, site);
  const who = enumeration(authors.length, words.locale)
    .map((part) => (typeof part === 'string' ? part : put(authors[part] ?? authors[0])))
    .join('');
  const parts = [
    original.isGuess
      ? words.firstSeenAt(who)
      : original.isHeld && original.isDated
        ? words.fromOn(who, day)
        : words.from(who),
  ];
  if (reposts.length > 0) {
    const reposters = named.map(({ group, url, via }) => {
      const name = put({ name: group.name, url: url ?? group.url });
      return via === undefined ? name : `${name} (${words.via(put(via))})`;
    });
    parts.push(sayingOf(original, words)(groupsIn(words, reposters, reposts.length - named.length)));
  }
  const sentence = parts.join(' · ');
  const pieces = sentence.split('\u0001'); // odd pieces are the numbers of slots
  const nameOf = (piece: string): string => slots[Number(piece)]?.name ?? '';
  return {
    credit: pieces.map((piece, at) => (at % 2 === 0 ? piece : nameOf(piece))).join(''),
    creditHtml: joinHtml(
      ...pieces.map((piece, at) =>
        at % 2 === 0 ? plainText(piece) : isolated(link(nameOf(piece), slots[Number(piece)]?.url ?? '')),
      ),
    ),
  };
}

/** Of a translation we do not know which of those who publish it has made it. */
function sayingOf({ isGuess, translatedFrom }: OriginalView, words: Words): (groups: string) => string {
  if (isGuess) return words.alsoPublishedBy;
  return translatedFrom === undefined ? words.repostedBy : words.translationPublishedBy;
}

/** The first leads to the text, those who wrote it with that group to their sites; no name leads to a reposter's page. */
function authorsOf({ original, reposts }: Credited): [Named, ...Named[]] {
  const { creditAs, group, jointly, isHeld, translatedFrom } = original;
  const isReposters = !isHeld && reposts.some(({ url }) => url === original.url);
  const page = translatedFrom?.url ?? (isReposters ? undefined : original.url);
  const first = { name: creditAs ?? group.name, url: page ?? group.url };
  const [, ...others] = jointly;
  return [first, ...others];
}
