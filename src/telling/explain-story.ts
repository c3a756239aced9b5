/**
 * What `relais explain` says of a story: how sure we are of who wrote it, each member with every piece of evidence, what else
 * was looked at and why it is not of the story, and what the maintainer has ruled.
 */

import type { Library } from '../library.ts';
import type {
  Attribution,
  Author,
  Config,
  Evidence,
  Member,
  SourceKey,
  StoredItem,
  StoryRecord,
  Withdrawal,
} from '../model.ts';
import { becauseOf } from '../publish/because.ts';
import { joiningKinds, type KeptRuling, type Post, pairKey, type Relation } from '../story-plan.ts';
import { rulingsOn } from '../story-rulings.ts';
import { confidenceWords, relationWords, targetWords, weightWords, whyWords } from './explain-reasons.ts';
import { dayOf, minuteOf } from './instants.ts';
import { rulingJson, rulingLines } from './ruling-words.ts';

/** A relation of one of the story's items to an item of another story. */
export interface Refused {
  readonly relation: Relation;
  readonly own: StoredItem;
  readonly other: Post;
  /** Why two that are tied are not one story; undefined where they are not tied. */
  readonly apart: string | undefined;
}

/** What is known around a story. */
export interface Beside {
  readonly refused: readonly Refused[];
  readonly rulings: readonly KeptRuling[];
}

export async function readBeside(
  story: StoryRecord,
  edges: { readonly config: Config; readonly library: Library },
): Promise<Beside> {
  const rulings = await rulingsOn(story, edges);
  const relations = await edges.library.relationsBeside(story.id);
  const own = new Map(story.items.map((item) => [item.id, item]));
  const posts = await edges.library.posts(relations.flatMap(({ a, b }) => [a, b]).filter((id) => !own.has(id)));
  const others = new Map(posts.map((post) => [post.id, post]));
  const parted = new Map<string, number>();
  for (const { kept, items } of rulings) {
    const [first = [], second = []] = kept.ruling.kind === 'different' ? items : [];
    for (const a of first) for (const b of second) parted.set(pairKey(a, b), kept.id);
  }
  const refused = relations.flatMap((relation): Refused[] => {
    const [item, other] = [
      own.get(relation.a) ?? own.get(relation.b),
      others.get(relation.a) ?? others.get(relation.b),
    ];
    if (item === undefined || other === undefined) return [];
    return [{ relation, own: item, other, apart: apartWords(relation, other, story, parted) }];
  });
  return { refused, rulings: rulings.map(({ kept }) => kept) };
}

function apartWords(
  { a, b, kind }: Relation,
  other: Post,
  { items }: StoryRecord,
  parted: ReadonlyMap<string, number>,
): string | undefined {
  if (!joiningKinds.has(kind)) return undefined;
  const ruling = parted.get(pairKey(a, b));
  if (ruling !== undefined) return `ruling ${ruling} says that they are two stories`;
  return items.some(({ sourceKey }) => sourceKey === other.sourceKey)
    ? 'its source has another post in this story, and two posts of one source are two posts'
    : 'beside the others of either story the tie does not hold: a ruling, other credits, or several texts side by side';
}

/** Relations that are printed; `--json` has all. */
const mostPrinted = 50;

interface Names {
  readonly nameOf: (key: SourceKey) => string;
  /** Address of our site. */
  readonly site: string | undefined;
}

/** The story in lines, not yet made safe for a terminal. */
export function linesOf(story: StoryRecord, { refused, rulings }: Beside, names: Names): string[] {
  const { attribution, items, uid } = story;
  const { original, jointly } = attribution;
  const authorName = ({ sourceKey, name }: Author): string =>
    sourceKey === undefined ? name : names.nameOf(sourceKey);
  const elsewhere =
    original.kind === 'item'
      ? []
      : [
          `  original  ${original.sourceKey === undefined ? (original.name ?? original.url ?? 'unknown') : names.nameOf(original.sourceKey)} (credited; we do not hold its copy)`,
        ];
  const members = attribution.members.flatMap((member) => {
    const item = items.find(({ id }) => id === member.itemId);
    return item === undefined ? [] : memberLines(member, item, roleWords(member, attribution), names);
  });
  const shown = refused.slice(0, mostPrinted);
  const rest = refused.length - shown.length;
  return [
    `Story ${uid}${names.site === undefined ? '' : `  ${names.site}story/${uid}/`}`,
    `  who wrote it  ${confidenceWords(attribution)}`,
    ...(jointly.length === 0 ? [] : [`  jointly   ${jointly.map(authorName).join(', ')}`]),
    ...elsewhere,
    ...members,
    ...(shown.length === 0 ? [] : ['  Also looked at:']),
    ...shown.flatMap((one) => refusedLines(one, names)),
    ...(rest > 0 ? [`    … and ${rest} more:  relais --json explain`] : []),
    ...(rulings.length === 0 ? [] : ['  Ruled:']),
    ...rulings.flatMap((one) => rulingLines(one, names.nameOf)),
  ];
}

/** Where only dates speak nobody is known to have passed anything on, as on the site. */
export function roleWords({ role }: Member, { confidence }: Attribution): string {
  if (role === 'copy' || confidence === 'said' || confidence === 'ruled') return role.padEnd(9);
  return role === 'original' ? 'first seen at ' : 'also published by ';
}

function memberLines({ via, evidence }: Member, item: StoredItem, role: string, names: Names): string[] {
  const from = via === undefined ? '' : `, taken from ${names.nameOf(via)}`;
  return [
    `  ${role} ${names.nameOf(item.sourceKey)}, ${dayOf(item.date)}${item.published === undefined ? ' (first seen; it has no date of its own)' : ''}${from}`,
    `            ${titled(item.title)}  ${item.url ?? ''}`,
    ...(item.withdrawn === undefined ? [] : [`            ${goneBecause(item.withdrawn)}`]),
    ...evidenceWords(evidence, names.nameOf).map((words) => `            – ${words}`),
  ];
}

/** Every piece of evidence as a sentence with its weight, the strongest first. */
export function evidenceWords(evidence: readonly Evidence[], nameOf: Names['nameOf']): readonly string[] {
  return byStrength(evidence).map(
    (one) => `${becauseOf([one], 'en', {}).join('')}${targetWords(one, nameOf)}; ${weightWords(one)}`,
  );
}

function byStrength(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...evidence].sort((a, b) => b.strength - a.strength);
}

function refusedLines(refused: Refused, { nameOf }: Names): string[] {
  const { other } = refused;
  const { relation, why } = refusedWords(refused);
  return [
    `    – ${relation}: ${titled(other.title)}, ${nameOf(other.sourceKey)}, ${dayOf(other.date)}  ${other.url ?? other.guid}`,
    `      ${why}`,
  ];
}

/** How another post stands to one of the story's, and why it is not of the story. */
export function refusedWords({ relation, own, apart }: Refused): {
  readonly relation: string;
  readonly why: string;
} {
  const [ofOwn, ofOther] =
    own.id === relation.a ? [relation.coverA, relation.coverB] : [relation.coverB, relation.coverA];
  const shares =
    relation.kind === 'translation' // which has no word in common
      ? ''
      : `${percent(ofOwn)} of ${titled(own.title)} is in it, ${percent(ofOther)} of it here. `;
  const why = [whyWords(relation), apart].filter((part) => part !== undefined && part !== '').join('; ');
  return {
    relation: relationWords(relation.kind, ofOwn < ofOther),
    why: `${shares}${why.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())}.`,
  };
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

/** The same for programs, whole. */
export function jsonOf({ refused, rulings }: Beside): { readonly relations: unknown; readonly rulings: unknown } {
  return {
    relations: refused.map(({ relation, own, other, apart }) => ({ ...relation, itemId: own.id, other, apart })),
    rulings: rulings.map(rulingJson),
  };
}

/** A title in quotation marks, or that there is none. */
export function titled(title: string): string {
  return title === '' ? '(without a title)' : `“${title}”`;
}

/** Since when it is shown nowhere, and why. */
export function goneBecause({ at, by, because }: Withdrawal): string {
  const words = because === '' ? '' : ` (${because})`;
  return `shown nowhere since ${minuteOf(at)}: ${by === 'maintainer' ? because : `withdrawn by its authors${words}`}`;
}
