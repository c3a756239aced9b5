/**
 * What the evidence says against rulings. They stand all the same: they are the maintainer's, who is told once of what has come
 * since. Only what is said outright counts; that texts are more or less alike was there to be seen when it was ruled.
 */
import type { Evidence, SourceKey } from '../model.ts';
import type { Examined, Reason, ReasonCode, Relation, Standing, StoryRuling } from '../story-plan.ts';
import { rulingLine } from '../text/ruling-lines.ts';
import { foldText } from './folding.ts';
import type { Groups } from './settle.ts';
import { groupNamed, type ResolvedRuling } from './story-rulings.ts';

/** All that hangs together, and the stories it makes. */
interface Surroundings {
  readonly items: ReadonlyMap<number, Standing>;
  readonly relations: readonly Relation[];
  readonly clusters: readonly (readonly number[])[];
}

interface Found {
  readonly key: string;
  readonly words: string;
  readonly by: Standing;
}

/** @returns an entry for every ruling all of whose items are at hand, also where nothing speaks against it */
export function evidenceAgainst(
  rulings: readonly ResolvedRuling[],
  around: Surroundings,
  groups: Groups,
): readonly Examined[] {
  return rulings.flatMap(({ kept, items }) => {
    const sides = items.map((ids) => ids.map((id) => around.items.get(id)).filter((one) => one !== undefined));
    if (sides.some((side) => side.length === 0)) return [];
    const line = rulingLine(kept.ruling);
    const found = speakingAgainst(kept.ruling, sides, around, groups).map(({ key, words, by }) => ({
      key,
      words,
      sourceKey: by.sourceKey,
      source: groups.nameOf(by.sourceKey),
      told: `Ruling ${kept.id} (${line}) stands, but ${words}. If they are right, take it back:  relais rule undo ${kept.id}`,
    }));
    return [{ ruling: kept.id, found }];
  });
}

function speakingAgainst(
  ruling: StoryRuling,
  [first = [], second = []]: readonly (readonly Standing[])[],
  around: Surroundings,
  groups: Groups,
): Found[] {
  if (ruling.kind === 'different')
    return first.flatMap((one) => second.flatMap((other) => tiesBetween(one, other, around)));
  if (ruling.kind === 'same') return [...strangersTo(first, second, groups), ...strangersTo(second, first, groups)];
  if (ruling.kind !== 'original') return [];
  const own = new Set(first.map(({ id }) => id));
  const story = around.clusters.find((ids) => ids.some((id) => own.has(id))) ?? [];
  const key = groupNamed(ruling.group, groups.directory);
  return story.flatMap((id) => {
    const member = around.items.get(id);
    if (member === undefined) return [];
    return creditsOf(member)
      .filter((credit) => !isOf(credit, key, ruling.group, groups))
      .slice(0, 1)
      .map((credit) => credited(member, credit, groups));
  });
}

const said: Readonly<Partial<Record<ReasonCode, (reason: Reason) => string>>> = {
  'same-guid': () => 'both carry one identifier',
  'same-url': ({ detail }) => `both lead to one address (${detail})`,
  'same-text': () => 'both carry the same text, word for word',
  'names-page': ({ detail }) => `one names the other’s page (${detail})`,
  'names-group': ({ detail }) => `one credits the other’s group: “${detail}”`,
};

function tiesBetween(one: Standing, other: Standing, { relations, items }: Surroundings): Found[] {
  const [a, b] = [Math.min(one.id, other.id), Math.max(one.id, other.id)];
  const relation = relations.find((each) => each.a === a && each.b === b);
  const by = items.get(relation?.claimer ?? other.id) ?? other;
  return (relation?.reasons ?? []).flatMap((reason) => {
    const words = said[reason.code]?.(reason);
    return words === undefined ? [] : [{ key: `${reason.code} ${one.guid} ${other.guid}`, words, by }];
  });
}

/** Credits of one side that name neither the other side's group nor anybody whom the other side credits. */
function strangersTo(side: readonly Standing[], others: readonly Standing[], groups: Groups): Found[] {
  return side.flatMap((one) =>
    creditsOf(one)
      .filter(
        (credit) =>
          !others.some(
            (other) =>
              isOf(credit, other.sourceKey, undefined, groups) ||
              creditsOf(other).some((third) => isOf(credit, third.targetSource, third.targetName, groups)),
          ),
      )
      .slice(0, 1)
      .map((credit) => credited(one, credit, groups)),
  );
}

/** What it says outright of who wrote it. */
function creditsOf({ statements }: Standing): readonly Evidence[] {
  return statements.filter(
    ({ says, strength, kind, targetSource, targetName }) =>
      says === 'original' &&
      strength >= 3 &&
      kind !== 'foreign-link' &&
      (targetSource !== undefined || targetName !== undefined),
  );
}

function isOf(credit: Evidence, key: SourceKey | undefined, name: string | undefined, { directory }: Groups): boolean {
  if (credit.targetSource !== undefined && key !== undefined) return directory.areOnePartner(credit.targetSource, key);
  return credit.targetName !== undefined && name !== undefined && foldText(credit.targetName) === foldText(name);
}

function credited(by: Standing, credit: Evidence, { nameOf }: Groups): Found {
  const who = credit.targetSource === undefined ? credit.targetName : nameOf(credit.targetSource);
  return {
    key: `credits ${by.guid} ${credit.targetSource ?? credit.targetName}`,
    words: `${by.url ?? by.guid} says that ${who} wrote it: “${credit.quote}”`,
    by,
  };
}
