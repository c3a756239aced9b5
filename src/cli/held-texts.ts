/** Texts that wait for a person, as `relais held` lists them: what was found in which section, and what to type. */

import type { Library } from '../library.ts';
import type { Config, Instant, StoredItem } from '../model.ts';
import { type Finding, findingsWaiting, waitingForPerson } from '../parked.ts';
import { plainLine, terminalLine } from '../text/safe.ts';
import { titled } from './explain-story.ts';
import { minuteOf } from './instants.ts';
import { nameOfSource, shellWord } from './named.ts';
import { colour } from './print.ts';

export interface HeldText {
  readonly item: StoredItem;
  readonly source: string;
  readonly parked: readonly { readonly section: string; readonly since: Instant; readonly found: readonly Finding[] }[];
}

/** The longest parked first. */
export async function readHeldTexts(config: Config, library: Library): Promise<readonly HeldText[]> {
  const waiting = await waitingForPerson(config, library);
  const memories = await library.memories();
  const texts: HeldText[] = [];
  for (const id of new Set(waiting.map(({ itemId }) => itemId))) {
    const own = waiting.filter(({ itemId }) => itemId === id);
    const [story] = await library.stories(own.slice(0, 1).map(({ storyId }) => storyId));
    const item = story?.items.find((one) => one.id === id);
    if (item === undefined) continue;
    const parked = own.map((one) => ({
      section: one.section,
      since: one.parkedSince ?? 0,
      found: findingsWaiting(item, one, config),
    }));
    texts.push({ item, source: nameOfSource(item.sourceKey, config, memories), parked });
  }
  return texts;
}

const names: Readonly<Record<Finding['kind'], string>> = {
  'phone-numbers': 'a phone number',
  'email-addresses': 'an e-mail address',
  'bank-accounts': 'a bank account',
  word: 'a word',
  pattern: 'an expression',
  face: 'a picture that may show faces',
  'too-long': 'more than can be looked through',
};
const findingsShown = 10;

export function heldTextLines({ item, source, parked }: HeldText): string[] {
  const argument = shellWord(item.url ?? item.guid);
  const lines = parked.flatMap(({ section, since, found }) => [
    `  parked in ${section} since ${minuteOf(since)}:`,
    ...found.slice(0, findingsShown).map(({ kind, quote }) => `    – ${names[kind]}: ${plainLine(quote, 200)}`),
    ...(found.length > findingsShown ? [`    … and ${found.length - findingsShown} more`] : []),
  ]);
  const [first] = parked;
  const only =
    parked.length > 1 && first !== undefined
      ? [`  In one section alone:   relais release ${argument} --section ${first.section}`]
      : [];
  return [
    `${colour('red', '✗')} ${colour('bold', terminalLine(titled(item.title)))}  ${terminalLine(source)}  ${terminalLine(item.url ?? item.guid)}`,
    ...lines.map(terminalLine),
    `  If readers may see it:  relais release ${terminalLine(argument)}`,
    ...only.map(terminalLine),
    `  If nobody may:          relais withdraw ${terminalLine(argument)} --because "…"`,
    '',
  ];
}

export function heldTextJson({ item, source, parked }: HeldText): unknown {
  return {
    title: item.title,
    url: item.url,
    guid: item.guid,
    source,
    parked: parked.map(({ section, since, found }) => ({
      section,
      since: new Date(since).toISOString(),
      found: found.map(({ kind, quote }) => ({ kind, quote })),
    })),
  };
}
