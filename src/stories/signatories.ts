/** The list of those who sign a joint text, one a line below a heading that says so, as it stands at the end of a statement. */
import { nameIn, type Target, targetsAmong } from './credit-targets.ts';
import { mayCredit, phraseAt, tokensOf } from './credit-words.ts';
import type { Directory } from './directory.ts';
import type { Line } from './lines.ts';

export interface Signatories {
  /** Known ones first; none where nobody of ours is among them. */
  readonly targets: readonly Target[];
  readonly quote: string;
}

const longestHeading = 60;
const fewestNames = 2;
/** What may stand between the list and the end of the text: a footer, an address. */
const longestRest = 400;

/** @param lines the item's text, in order. @returns undefined where there is no such list */
export function signatoriesIn(lines: readonly Line[], directory: Directory): Signatories | undefined {
  for (let at = lines.length - 1 - fewestNames; at >= 0; at--) {
    const heading = lines[at];
    if (heading === undefined || !isHeading(heading)) continue;
    const after = lines.slice(at + 1);
    const end = after.findIndex(
      ({ text, isQuoted }) => isQuoted || (nameIn(text) === undefined && directory.byName(text) === undefined),
    );
    const names = (end < 0 ? after : after.slice(0, end)).map(({ text }) => text);
    const rest = end < 0 ? 0 : after.slice(end).reduce((length, { text }) => length + text.length, 0);
    if (names.length < fewestNames || rest > longestRest) return undefined;
    const quote = `${heading.text.replace(/[\s:]+$/, '')}: ${names.join(', ')}`;
    return { targets: targetsAmong(names, directory, 0), quote };
  }
  return undefined;
}

/** Words that introduce signatories, and no other. */
function isHeading({ text, isQuoted }: Line): boolean {
  if (isQuoted || text.length > longestHeading || !mayCredit(text)) return false;
  const tokens = tokensOf(text);
  const phrase = phraseAt(text, tokens, 0);
  return phrase?.kind === 'joint' && phrase.words.length === tokens.length;
}
