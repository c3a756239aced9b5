/** What the maintainer has ruled of stories, in sentences: for a terminal and for the web desk. */
import type { Against, KeptRuling, StoryRuling } from '../story-plan.ts';
import { dayOf } from './instants.ts';

/** What the maintainer calls a source; a name that is no key of one is given back. */
export type NameOf = (key: string) => string;

/** `https://harbour.example/1 and https://copies.example/2 are one story` */
export function rulingSentence(ruling: StoryRuling, nameOf: NameOf): string {
  switch (ruling.kind) {
    case 'same':
      return `${ruling.a} and ${ruling.b} are one story`;
    case 'different':
      return `${ruling.a} and ${ruling.b} are two stories`;
    case 'original':
      return `${ruling.item} was written by ${nameOf(ruling.group)}`;
    case 'alias':
      return `“${ruling.name}” means ${nameOf(ruling.group)}`;
  }
}

/** A ruling with its date, its reason, and what speaks against it. */
export function rulingLines({ id, ruling, at, because, against }: KeptRuling, nameOf: NameOf): string[] {
  return [
    `${String(id).padStart(4)}  ${dayOf(at)}  ${rulingSentence(ruling, nameOf)}`,
    ...(because === '' ? [] : [`                  because: ${because}`]),
    ...sinceRuled(against).map(
      (one) =>
        `                ! since ${dayOf(one.at ?? at)}: ${one.words}. The ruling stands;  relais rule undo ${id}`,
    ),
  ];
}

/** Evidence that has come after the ruling was first applied. */
function sinceRuled(against: readonly Against[] | undefined): readonly Against[] {
  return (against ?? []).filter(({ at }) => at !== undefined);
}

/** A ruling as `--json` shows it. */
export function rulingJson({ id, ruling, at, because, against }: KeptRuling): unknown {
  return { number: id, ...ruling, at, because, against: sinceRuled(against) };
}

/** @param told what speaks against a ruling, or stands in the way of one, as we say it. @returns the number to take back for that */
export function undoneBy(told: string): string | undefined {
  return /relais rule undo (\d{1,15})$/.exec(told)?.[1];
}
