/** Texts that wait for a person, as `relais held` lists them: what was found in which section, and what to type. */

import { titled } from '../telling/explain-story.ts';
import { findingNames, type HeldText } from '../telling/held.ts';
import { minuteOf } from '../telling/instants.ts';
import { shellWord } from '../telling/named.ts';
import { plainLine, terminalLine } from '../text/safe.ts';
import { colour } from './print.ts';

const findingsShown = 10;

export function heldTextLines({ item, source, parked }: HeldText): string[] {
  const argument = shellWord(item.url ?? item.guid);
  const lines = parked.flatMap(({ section, since, found }) => [
    `  parked in ${section} since ${minuteOf(since)}:`,
    ...found.slice(0, findingsShown).map(({ kind, quote }) => `    – ${findingNames[kind]}: ${plainLine(quote, 200)}`),
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
