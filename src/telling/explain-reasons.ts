/** Reasons, relations and evidence as sentences for the maintainer. Plain words; the partner's own stand in quotation marks. */
import type { Attribution, Evidence, SourceKey } from '../model.ts';
import { joiningKinds, type Reason, type ReasonCode, type Relation, type RelationKind } from '../story-plan.ts';

/** `{detail}` is an address, a count or the partner's own words. */
const reasons: Readonly<Record<ReasonCode, { readonly is: 'for' | 'against'; readonly words: string }>> = {
  'same-guid': { is: 'for', words: 'both carry one identifier' },
  'same-url': { is: 'for', words: 'both lead to {detail}' },
  'same-text': { is: 'for', words: 'the text is the same, word for word' },
  'same-post': { is: 'for', words: 'title and date of one group’s post are the same' },
  'same-passages': { is: 'for', words: '{detail} passages in common' },
  'same-title': { is: 'for', words: 'one title' },
  lead: { is: 'for', words: 'one is how the other begins' },
  cut: { is: 'for', words: 'one says that it is only a beginning' },
  'names-page': { is: 'for', words: 'one names the other’s page ({detail})' },
  'names-group': { is: 'for', words: 'one credits the other’s group (“{detail}”)' },
  alternate: { is: 'for', words: 'one names the other’s page as the same text in another language' },
  'same-names': { is: 'for', words: 'numbers and names that a translation keeps are the same' },
  'one-source': { is: 'against', words: 'two posts of one source are two posts' },
  'other-days': { is: 'against', words: 'each names other days' },
  'other-media': { is: 'against', words: 'each shows another recording' },
  'far-apart': { is: 'against', words: 'they are more than sixty days apart' },
  series: { is: 'against', words: 'their titles differ in a number only' },
  'small-part': { is: 'against', words: 'that is a small part of either' },
  'other-words': { is: 'against', words: 'they have no words in common' },
};

/** A reason in words. */
function reasonWords({ code, detail = '' }: Reason): string {
  const [, some, all] = /^(\d+)\/(\d+)$/.exec(detail) ?? [];
  const shown = some === undefined ? detail : `${some} of ${all}`;
  return reasons[code].words.replace('{detail}', () => shown);
}

const saidOutright: ReadonlySet<ReasonCode> = new Set(['same-guid', 'same-url', 'names-page', 'names-group']);

/** What was found in common, what speaks against it, and that neither says so: "38 of 41 passages in common, but each names other days". */
export function whyWords({ reasons: found, kind }: Relation): string {
  const inFavour = found.filter(({ code }) => reasons[code].is === 'for').map(reasonWords);
  const against = found.filter(({ code }) => reasons[code].is === 'against').map(reasonWords);
  const isUnsaid =
    !joiningKinds.has(kind) && !found.some(({ code }) => saidOutright.has(code) || code === 'one-source');
  const but = [...against, ...(isUnsaid && kind !== 'includes' ? ['neither names the other'] : [])];
  const words = enumeration(inFavour);
  if (but.length === 0) return words;
  return words === '' ? enumeration(but) : `${words}, but ${enumeration(but)}`;
}

/** "a, b and c" */
function enumeration(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** How the post at hand stands to another one, in a few words. @param isHolder it is the larger of the two */
export function relationWords(kind: RelationKind, isHolder: boolean): string {
  switch (kind) {
    case 'includes':
      return isHolder ? 'a text that stands in this one' : 'a round-up that has this in it';
    case 'quotes':
      return 'a passage in common';
    case 'reissue':
      return 'the same words, used another time';
    case 'translation':
      return 'the same in another language';
    case 'apart':
      return 'alike, and not the same';
    default:
      return 'tied to this, and kept apart';
  }
}

const weights: Readonly<Record<Evidence['strength'], string>> = {
  4: 'says so outright',
  3: 'says so in words',
  2: 'suggests it',
  1: 'hints at it',
};

/** How much a piece of evidence counts: "3 of 4: says so in words". */
export function weightWords({ strength }: Evidence): string {
  return `${strength} of 4: ${weights[strength]}`;
}

/** How surely it is known who wrote a story, and whence. */
export function confidenceWords({ confidence, members }: Attribution): string {
  if (confidence === 'ruled') return 'ruled by you';
  if (confidence === 'dated') return 'told by dates alone: nobody says so, and it was published before all others';
  if (confidence === 'guessed') return 'guessed: nobody says so, and the dates do not tell who was first';
  const isSaid = members.some(({ evidence }) =>
    evidence.some(({ says }) => says === 'original' || says === 'translation'),
  );
  return isSaid ? 'said: by the posts themselves' : 'said: nobody else carries it';
}

/** What evidence is about, beside its quotation: whom it names. */
export function targetWords(
  { says, targetSource, targetName, targetUrl }: Evidence,
  nameOf: (key: SourceKey) => string,
): string {
  const who = targetSource === undefined ? (targetName ?? targetUrl) : nameOf(targetSource);
  if (who === undefined) return '';
  if (says === 'same') return ` (with ${who})`;
  return says === 'via' ? ` (taken from ${who})` : ` (written by ${who})`;
}
