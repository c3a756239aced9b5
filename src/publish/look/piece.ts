/**
 * A piece of a page that a maintainer has written → what is put into pages of it, or why nothing is. A piece that does not close
 * what it opens would swallow what stands behind it, so of such a one nothing is used. Pure.
 */

import { voidElements } from '../../text/markup.ts';
import { nearest } from '../../yaml/nearest.ts';
import type { Surroundings } from './addresses.ts';
import { leftOut, writeTag } from './element.ts';
import { close, endBefore, type Open, whyNoEntry } from './endings.ts';
import type { Fault } from './faults.ts';
import { type Piece, textPiece, valuePiece } from './markup.ts';
import { aroundSlots, bodyElements, endsByItself, headElements, type Slot, slots, whyNotInside } from './rules.ts';
import { type Mark, neverClosed, readTags, type Tag } from './tags.ts';

/** Nobody writes deeper by hand, and browsers flatten what is deeper than 512. */
const deepest = 100;

/** `page` is a whole frame, with slots. */
export type PieceKind = 'page' | 'head' | 'body';

export interface PieceRead {
  /** What is added to the head, and what stands in the body. */
  readonly head: readonly Piece[];
  readonly body: readonly Piece[];
  /** What the `body` of a frame says of itself. */
  readonly bodyClass: string | undefined;
  readonly faults: readonly Fault[];
  /** Nothing of it is used. */
  readonly isBroken: boolean;
}

type Region = 'outside' | 'head' | 'body';

interface Reading {
  readonly kind: PieceKind;
  readonly around: Surroundings;
  region: Region;
  readonly head: Piece[];
  readonly body: Piece[];
  bodyClass: string | undefined;
  readonly faults: Fault[];
  /** Elements that are open. */
  readonly open: Open[];
  /** How many of these are open outside what is left out; undefined where nothing is. */
  silentFrom: number | undefined;
  readonly seen: Map<string, number>;
}

/** The sentence of a mistake that costs the whole piece. */
function broken(at: number | undefined, text: string): Fault {
  return { code: 'look/broken', at, text: text.endsWith('?') ? text : `${text}.` };
}

export function readPiece(html: string, kind: PieceKind, around: Surroundings): PieceRead {
  const reading: Reading = {
    kind,
    around,
    region: kind === 'page' ? 'outside' : kind,
    head: [],
    body: [],
    bodyClass: undefined,
    faults: [],
    open: [],
    silentFrom: undefined,
    seen: new Map(),
  };
  const { marks, mistake } = readTags(html);
  if (mistake !== undefined) reading.faults.push(broken(mistake.at, mistake.text));
  if (kind === 'page') lookForRegions(marks, reading);
  for (const mark of marks) take(mark, reading);
  finish(reading);
  const { head, body, bodyClass, faults } = reading;
  const worst = worstOf(faults);
  return { head, body, bodyClass, faults: worst === undefined ? faults : [worst], isBroken: worst !== undefined };
}

/** Of what costs the whole piece the first, else what is missing: the rest would mostly follow from it. */
function worstOf(faults: readonly Fault[]): Fault | undefined {
  const all = faults.filter(({ code }) => code === 'look/broken');
  return all.find(({ at }) => at !== undefined) ?? all[0];
}

function take(mark: Mark, reading: Reading): void {
  if (mark.kind === 'text') takeText(mark.text, mark.start, reading);
  else if (isSlot(mark.name) || mark.name.startsWith('relais-')) takeSlot(mark, reading);
  else if (['html', 'head', 'body'].includes(mark.name)) takeFrame(mark, reading);
  else if (mark.kind === 'open') takeOpen(mark, reading);
  else takeClose(mark, reading);
}

function isSlot(name: string): name is Slot {
  return (slots as readonly string[]).includes(name);
}

function write(reading: Reading, ...pieces: readonly Piece[]): void {
  if (reading.silentFrom !== undefined) return;
  (reading.region === 'head' ? reading.head : reading.body).push(...pieces);
}

function takeText(text: string, at: number, reading: Reading): void {
  if (text.trim() === '' && (reading.region !== 'body' || reading.open.length === 0)) return;
  const last = reading.open.at(-1)?.name;
  if (last !== undefined && isSlot(last)) {
    if (text.trim() !== '') reading.faults.push(broken(at, `nothing may stand inside <${last}>: Relais fills it`));
  } else if (reading.region === 'body') write(reading, textPiece(text));
  else if (reading.silentFrom === undefined)
    reading.faults.push(
      leftOut(at + text.search(/\S/), 'this text', 'text for readers stands between  <body>  and  </body>'),
    );
}

/** html, head and body: Relais writes them. */
function takeFrame(tag: Tag, reading: Reading): void {
  const { name, start } = tag;
  const { kind, faults, open } = reading;
  if (kind !== 'page') {
    if (tag.kind === 'open')
      faults.push(leftOut(start, `<${name}>`, 'this file is a part of a page, and page.html a whole one'));
    return;
  }
  const unclosed = name === 'html' ? undefined : open.findLast((one) => !endsByItself.has(one.name));
  if (unclosed !== undefined) faults.push(broken(unclosed.at, neverClosed(unclosed.name)));
  if (name !== 'html') {
    open.length = 0;
    reading.silentFrom = undefined;
  }
  if (tag.kind === 'close') {
    if (name !== 'html') reading.region = 'outside';
    return;
  }
  if (reading.seen.has(name)) faults.push(broken(start, `<${name}> stands there twice. Take one away`));
  reading.seen.set(name, start);
  if (name !== 'html') reading.region = name === 'head' ? 'head' : 'body';
  for (const { name: attribute, value, at } of tag.attributes)
    if (name === 'body' && attribute === 'class' && value !== undefined) reading.bodyClass = valuePiece(value);
    else if (attribute !== 'xmlns')
      faults.push(
        leftOut(at, attribute, `Relais writes  <${name}>  itself${name === 'body' ? '; only a class is kept' : ''}`),
      );
}

function takeSlot(tag: Tag, reading: Reading): void {
  const { name, start } = tag;
  const { faults, open, seen } = reading;
  if (tag.kind === 'close') {
    if (open.at(-1)?.name === name) open.pop();
    else faults.push(broken(start, `</${name}> closes nothing that is open`));
    return;
  }
  if (!tag.isSelfClosing) open.push({ name, at: start, isEnded: false });
  if (!isSlot(name)) {
    const meant = nearest(name, slots);
    const question = meant === undefined ? '' : `. Did you mean <${meant}>?`;
    return void faults.push(broken(start, `Relais fills no <${name}>${question}`));
  }
  if (reading.kind !== 'page') return void faults.push(broken(start, `<${name}> belongs into page.html alone`));
  if (seen.has(name)) return void faults.push(broken(start, `<${name}> stands there twice. Take one away`));
  seen.set(name, start);
  const place = name === 'relais-head' ? 'head' : 'body';
  if (reading.region !== place)
    return void faults.push(broken(start, `<${name}> belongs between  <${place}>  and  </${place}>`));
  const inside = open.find((one) => one.name !== name && !aroundSlots.has(one.name));
  if (inside !== undefined) {
    return void faults.push(broken(start, `<${name}> cannot stand inside <${inside.name}>. Put it into a  <div>`));
  }
  if (name !== 'relais-head') write(reading, { slot: name });
}

function takeOpen(tag: Tag, reading: Reading): void {
  const { name, start } = tag;
  const { faults, open, region } = reading;
  const last = open.at(-1)?.name;
  if (last !== undefined && isSlot(last))
    faults.push(broken(start, `nothing may stand inside <${last}>: Relais fills it`));
  const names = open.map((one) => one.name);
  const wrongPlace = whyNotInside(name, names) ?? whyNoEntry(name, open);
  if (wrongPlace !== undefined && reading.silentFrom === undefined)
    faults.push(broken(start, `<${name}> ${wrongPlace}`));
  if (open.length === deepest) faults.push(broken(start, `<${name}> stands inside more than ${deepest} others`));
  if (open.length >= deepest) return;
  const isVoid = voidElements.has(name);
  if (reading.silentFrom === undefined) {
    if (region === 'outside') {
      faults.push(leftOut(start, `<${name}>`, 'it stands neither in  <head>  nor in  <body>'));
      if (!isVoid) reading.silentFrom = open.length;
    } else {
      const isHead = region === 'head';
      const written = writeTag(tag, isHead ? headElements : bodyElements, isHead, reading.around);
      faults.push(...written.faults);
      if (written.pieces !== undefined) write(reading, ...written.pieces);
      else if (!isVoid) reading.silentFrom = open.length;
    }
  }
  if (reading.silentFrom === undefined) endBefore(name, open);
  if (!isVoid) open.push({ name, at: start, isEnded: false });
}

function takeClose(tag: Tag, reading: Reading): void {
  const { name, start } = tag;
  const { faults, open } = reading;
  if (voidElements.has(name)) return;
  let depth = open.length - 1;
  while (depth >= 0 && open[depth]?.name !== name && endsByItself.has(open[depth]?.name ?? '')) depth--;
  if (open[depth]?.name !== name) {
    const last = open.findLast((one) => !endsByItself.has(one.name));
    const text =
      last === undefined || open.every((one) => one.name !== name)
        ? `</${name}> closes nothing that is open`
        : `</${name}> stands before  </${last.name}> : close first what was opened last`;
    return void faults.push(broken(start, text));
  }
  if (reading.silentFrom !== undefined) open.length = depth;
  else if (close(open, depth)) write(reading, `</${name}>`);
  if (reading.silentFrom !== undefined && open.length <= reading.silentFrom) reading.silentFrom = undefined;
}

/** Without them nothing in the file is where it should be. */
function lookForRegions(marks: readonly Mark[], { faults }: Reading): void {
  for (const name of ['head', 'body']) {
    if (marks.some((mark) => mark.kind === 'open' && mark.name === name)) continue;
    faults.push(broken(0, `<${name}> is missing. Write  <${name}>  and  </${name}>  around what belongs there`));
  }
}

function finish({ kind, faults, open, seen }: Reading): void {
  for (const { name, at } of open) if (!endsByItself.has(name)) faults.push(broken(at, neverClosed(name)));
  if (kind !== 'page') return;
  const filled = { 'relais-head': 'the head of the page', 'relais-content': 'its content' };
  for (const [name, what] of Object.entries(filled)) {
    if (seen.has(name)) continue;
    faults.push(broken(undefined, `<${name}> is missing. Write  <${name}></${name}>  where Relais is to put ${what}`));
  }
}
