/** A digest to plain text: for the mail's first part, for lists that strip HTML, for pasting anywhere. */

import { between } from '../text/between.ts';
import { plainLine } from '../text/safe.ts';
import { alsoIn } from './digest-also.ts';
import { digestName } from './digest-name.ts';
import { countIn } from './digest-order.ts';
import { orderIn } from './digest-words.ts';
import { contactLink, outsideLink, publishedAt } from './pages/address.ts';
import { doorOf } from './pages/doors.ts';
import { type Page, pageAt } from './pages/page.ts';
import { whenInWords } from './pages/when.ts';
import type { DigestView, SiteView, StoryEvent, StoryView } from './views.ts';
import { colon } from './words/grammar.ts';
import { takenBackWords } from './words.ts';

/** RFC 5322 §2.1.1 recommends lines of at most 78 characters. */
const lineWidth = 78;
const indent = '   ';

/**
 * The digest as text: lines of at most 78 columns but for addresses, which stand alone on theirs; every link is in it.
 * Stories' lines are indented, so that none begins with "From ", which mail files would change.
 */
export function renderDigestText(site: SiteView, digest: DigestView): string {
  const page = pageAt(site, digest.path, digest.section.lang);
  const { words, moments } = page;
  const address = publishedAt(site.site, digest.path);
  const lastDay = moments.day(digest.end - 1);
  const contact = contactLink(site.site.contact)?.replace(/^mailto:/, '');
  const blocks = [
    [
      ...wrap(`${digest.section.title}${colon(page.lang)} ${digestName(digest.name, page.lang, page.site.site)}`),
      ...wrap(`${moments.day(digest.start)} – ${lastDay}${between(lastDay)}${words.stories(countIn(digest))}`),
      ...wrap(site.site.title),
      '='.repeat(lineWidth),
    ],
    ...partBlocks(page, digest),
    ...(digest.more.length === 0
      ? []
      : [[...wrap(words.andMore(digest.more.length)), ...(address === undefined ? [] : [address])]]),
    ...(digest.comingUp.length === 0
      ? []
      : [['-'.repeat(lineWidth), words.comingUp], ...digest.comingUp.map((one) => eventLines(page, one))]),
    ...sinceLastLines(page, digest),
    [
      '-'.repeat(lineWidth),
      ...(address === undefined ? [] : [`${words.onTheWeb}${colon(page.lang)}`, address]),
      ...wrap(orderIn(digest.section, page)),
      ...wrap(words.promise),
      ...(contact === undefined ? [] : [`${words.writeTo}${colon(page.lang)}`, contact]),
    ],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Numbered through; a heading over each part where there are several. */
function partBlocks(page: Page, { parts }: DigestView): string[][] {
  let number = 0;
  return parts.flatMap(({ kind, stories }) => [
    ...(parts.length > 1 ? [['-'.repeat(lineWidth), ...wrap(page.words.digestParts[kind])]] : []),
    ...stories.map((story) => storyLines(page, story, ++number)),
  ]);
}

/** What has become of stories that an earlier digest has carried, if there is any. */
function sinceLastLines(page: Page, { corrected, takenBack }: DigestView): string[][] {
  const { words, moments } = page;
  if (corrected.length + takenBack.length === 0) return [];
  const told = corrected.map(({ story, at }) => {
    const ours = publishedAt(page.site.site, story.path);
    const line = `${story.original.group.name} · ${words.corrected(moments.day(at))}`;
    return [...wrap(story.heading, indent), ...wrap(line, indent), ...(ours === undefined ? [] : [`${indent}${ours}`])];
  });
  const gone = takenBack.map(({ name, at }) => wrap(takenBackWords(words, name, moments.day(at)), indent));
  return [['-'.repeat(lineWidth), ...wrap(words.corrections.sinceLastDigest)], ...told, ...gone];
}

function storyLines(page: Page, story: StoryView, number: number): string[] {
  const { words } = page;
  const door = doorOf(story, words);
  const ours = publishedAt(page.site.site, story.path);
  const also = alsoIn(story, door, words);
  const lead = `${number}. `;
  return [
    ...wrap(story.heading, ' '.repeat(lead.length)).map((line, at) => (at === 0 ? `${lead}${line.trimStart()}` : line)),
    ...wrap(story.credit, indent),
    ...(story.excerpt === '' ? [] : ['', ...wrap(story.excerpt, indent), '']),
    ...(door === undefined ? [] : [...wrap(`${door.label}${colon(page.lang)}`, indent), `${indent}${door.href}`]),
    ...(also === undefined
      ? []
      : [
          `${indent}${also.label}${colon(page.lang)}`,
          ...also.groups.flatMap(({ name, href }) => [
            ...wrap(name, indent),
            ...(href === undefined ? [] : [`${indent}${href}`]),
          ]),
        ]),
    ...licenceLines(story, `${words.licence}${colon(page.lang)}`),
    ...(ours === undefined ? [] : [`${indent}${words.howWeKnow}${colon(page.lang)}`, `${indent}${ours}`]),
  ];
}

function eventLines(page: Page, { event, story }: StoryEvent): string[] {
  const { words, moments } = page;
  const when = whenInWords(event, moments);
  const ours = publishedAt(page.site.site, story.path) ?? outsideLink(event.url ?? story.url);
  return [
    ...wrap(event.isCancelled ? `${when} (${words.cancelled})` : when, indent),
    ...wrap(event.title, indent),
    ...(event.place === undefined ? [] : wrap(event.place, indent)),
    ...wrap(story.credit, indent),
    ...(ours === undefined ? [] : [`${indent}${ours}`]),
  ];
}

/** Mail programs make links of what looks like an address: one that is none of the web is left out. */
function licenceLines({ licence }: StoryView, label: string): string[] {
  const isStrange = licence === undefined || (/^\s*[\w+.-]+:\S/.test(licence) && outsideLink(licence) === undefined);
  if (isStrange) return [];
  return outsideLink(licence) === undefined
    ? wrap(`${label} ${licence}`, indent)
    : [`${indent}${label}`, `${indent}${outsideLink(licence)}`];
}

/**
 * Words of a text in lines of at most 78 columns. A word that is longer is cut, an address never.
 * @param margin put before every line
 */
export function wrap(text: string, margin = ''): string[] {
  const room = lineWidth - margin.length;
  const lines: string[] = [];
  let line = '';
  for (const word of plainLine(text, 5_000).split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columnsOf(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = outsideLink(word) === undefined ? cut(word, room) : [word];
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return lines.map((one) => `${margin}${one}`);
}

/** Marks take no column; letters of East Asia two. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

function widthOf(character: string): number {
  if (/[\p{M}\u200c-\u200f]/u.test(character)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    character,
  )
    ? 2
    : 1;
}

function cut(word: string, room: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let columns = 0;
  for (const character of word) {
    const width = widthOf(character);
    if (columns + width > room && piece !== '') {
      pieces.push(piece);
      piece = '';
      columns = 0;
    }
    piece += character;
    columns += width;
  }
  return [...pieces, piece];
}
