/**
 * A world of our own words in which it is known who copied what and how: reports, each passed on in one way, and what
 * looks like passing on and is none. A pure function of its numbers.
 */
import { type Dice, diceOf } from '../test/dice.ts';
import {
  dateIn,
  type GradedLanguage,
  inventName,
  inventParagraph,
  inventTitle,
  languages,
  words,
} from './graded-words.ts';
import { edited, type Grade, grades, quoting, type Report, roundUp } from './grades.ts';
import type { Post } from './labelled-posts.ts';

/** What must be found: the copy, in the story and with the authors of the original. */
export interface GradedCopy {
  readonly grade: string;
  /** Where its authors are not followed, an earlier copy. */
  readonly original: string;
  readonly copy: string;
  /** The group that wrote it. */
  readonly authors: string;
}

/** What must stay apart. */
export interface Lookalike {
  readonly kind: string;
  readonly a: string;
  readonly b: string;
}

export interface GradedWorld {
  readonly posts: readonly Post[];
  readonly copies: readonly GradedCopy[];
  readonly lookalikes: readonly Lookalike[];
}

const groupCount = 30;
const dayMs = 24 * 60 * 60 * 1_000;
/** The day of the oldest post, and for how long the world goes on. */
const begin = Date.UTC(2024, 0, 1);
const days = 500;

function dayOf(at: number): string {
  return new Date(begin + at * dayMs).toISOString().slice(0, 10);
}

/** Collects what is written; every part of the world writes through one. */
interface Press {
  readonly dice: Dice;
  readonly groups: readonly string[];
  readonly world: { readonly posts: Post[]; readonly copies: GradedCopy[]; readonly lookalikes: Lookalike[] };
  /** @returns the post's id */
  write(group: string, day: number, report: Report): string;
}

function openPress(dice: Dice): Press {
  const names = new Set<string>();
  while (names.size < groupCount) names.add(`${inventName(dice)} ${inventName(dice)}`);
  const groups = [...names];
  const world = { posts: [] as Post[], copies: [] as GradedCopy[], lookalikes: [] as Lookalike[] };
  const write = (group: string, day: number, { lang, title, paragraphs }: Report): string => {
    const id = `p${world.posts.length + 1}`;
    const site = `${group.toLowerCase().replaceAll(' ', '-')}.example`;
    const text = paragraphs.join('\n\n');
    world.posts.push({ id, url: `https://${site}/${id}`, site, group, date: dayOf(day), lang, title, text });
    return id;
  };
  return { dice, groups, world, write };
}

/** Where and when an appeal is for. */
function occasion(report: Report, day: number, dice: Dice): Report {
  const town = inventName(dice);
  const hour = `${8 + dice.roll(12)}:${dice.pick(['00', '15', '30'])}`;
  const filled = (text: string): string =>
    text
      .replaceAll('@town', town)
      .replaceAll('@date', dateIn(report.lang, dayOf(day)))
      .replaceAll('@hour', hour);
  return { ...report, title: filled(report.title), paragraphs: report.paragraphs.map(filled) };
}

function draft(lang: GradedLanguage, dice: Dice): Report {
  const opening = dice.pick(words[lang].openings);
  const first = `${opening} ${inventParagraph(lang, dice)}`;
  const more = Array.from({ length: 5 + dice.roll(4) }, () => inventParagraph(lang, dice));
  return { lang, title: inventTitle(lang, dice), paragraphs: [first, ...more] };
}

function report(lang: GradedLanguage, day: number, dice: Dice): Report {
  return occasion(draft(lang, dice), day, dice);
}

function creditFor(group: string, lang: GradedLanguage): string {
  return `${words[lang].credit} ${group}`;
}

/** A day on which there is time left for what follows. */
function someDay({ dice }: Press): number {
  return dice.roll(days - 60);
}

function pickTwo({ dice, groups }: Press): [string, string] {
  const [one = '', other = ''] = dice.shuffle(groups);
  return [one, other];
}

function writeCopy(press: Press, name: string, grade: Grade, isCredited: boolean, lang: GradedLanguage): void {
  const { dice, world } = press;
  const [author, copier] = pickTwo(press);
  const day = someDay(press);
  const text = report(lang, day, dice);
  const passedOn = grade(text, isCredited ? creditFor(author, lang) : undefined, dice);
  const isEdited = name === 'original edited afterwards';
  const original = press.write(author, day, isEdited ? edited(text, dice) : text);
  const copy = press.write(copier, day + 1 + dice.roll(20), passedOn);
  world.copies.push({ grade: name, original, copy, authors: author });
}

function writeCopies(press: Press, each: number): void {
  const all: readonly (readonly [string, Grade])[] = [
    ...Object.entries(grades),
    ['original edited afterwards', grades.exact],
  ];
  for (const [name, grade] of all)
    for (let at = 0; at < each; at++) {
      const isCredited = at % 2 === 0;
      const row = name === '55-word excerpt' ? `${name}, ${isCredited ? 'credited' : 'not credited'}` : name;
      writeCopy(press, row, grade, isCredited, languages[at % 3] ?? 'en');
    }
}

/** Two groups have it from a third that is no source of ours, and name its page. */
function writeOutsiders(press: Press, each: number): void {
  for (let at = 0; at < each; at++) {
    const { dice, world } = press;
    const lang = languages[at % 3] ?? 'en';
    const [one, other] = pickTwo(press);
    const authors = `${inventName(dice)}.example`.toLowerCase();
    const day = someDay(press);
    const text = report(lang, day, dice);
    const credit = `${words[lang].credit} https://${authors}/${day}`;
    const original = press.write(one, day + 1, grades.exact(text, credit));
    const copy = press.write(other, day + 2 + dice.roll(20), grades.exact(text, credit));
    world.copies.push({ grade: 'two copies, authors not followed', original, copy, authors });
  }
}

function writeQuotations(press: Press, each: number): void {
  for (let at = 0; at < each; at++) {
    const lang = languages[at % 3] ?? 'en';
    const [author, quoter] = pickTwo(press);
    const day = someDay(press);
    const quoted = report(lang, day, press.dice);
    const a = press.write(author, day, quoted);
    const later = day + 1 + press.dice.roll(20);
    const b = press.write(quoter, later, quoting(quoted, report(lang, later, press.dice)));
    press.world.lookalikes.push({ kind: 'quotation of a middle passage', a, b });
  }
}

function writeRoundUps(press: Press, each: number): void {
  for (let at = 0; at < each; at++) {
    const lang = languages[at % 3] ?? 'en';
    const [editor = '', ...authors] = press.dice.shuffle(press.groups).slice(0, 5);
    const day = someDay(press);
    const parts = authors.map((author) => {
      const part = report(lang, day, press.dice);
      return { ...part, id: press.write(author, day, part), credit: creditFor(author, lang) };
    });
    const b = press.write(editor, day + 3, roundUp(parts, report(lang, day + 3, press.dice)));
    for (const { id: a } of parts) press.world.lookalikes.push({ kind: 'round-up and a part of it', a, b });
  }
}

/** One text for two occasions, by the same group or by another. */
function writeAppeals(press: Press, each: number): void {
  for (let at = 0; at < each; at++) {
    const [group, other] = pickTwo(press);
    const isOwn = at % 2 === 0;
    const appeal = draft(languages[at % 3] ?? 'en', press.dice);
    const day = someDay(press);
    const later = day + 7 + press.dice.roll(50);
    const a = press.write(group, day, occasion(appeal, day, press.dice));
    const b = press.write(isOwn ? group : other, later, occasion(appeal, later, press.dice));
    press.world.lookalikes.push({ kind: `appeal used again by ${isOwn ? 'its authors' : 'another group'}`, a, b });
  }
}

/** Numbers of one series begin and end alike; another group passes one of them on. */
function writeSeries(press: Press, each: number): void {
  for (let at = 0; at < each; at++) {
    const lang = languages[at % 3] ?? 'en';
    const { dice, world } = press;
    const [group, copier] = pickTwo(press);
    const [head, foot] = [inventParagraph(lang, dice), inventParagraph(lang, dice)];
    const title = inventTitle(lang, dice);
    const start = someDay(press);
    const numbers = [45, 46, 47].map((number, week) => {
      const { paragraphs } = report(lang, start + week * 7, dice);
      const issue = { lang, title: `${title} ${number}`, paragraphs: [head, ...paragraphs.slice(0, 3), foot] };
      return { issue, day: start + week * 7, id: press.write(group, start + week * 7, issue) };
    });
    const [first, second, third] = numbers;
    if (first === undefined || second === undefined || third === undefined) return;
    world.lookalikes.push({ kind: 'numbers of a series', a: first.id, b: second.id });
    world.lookalikes.push({ kind: 'numbers of a series', a: second.id, b: third.id });
    const copy = press.write(copier, second.day + 1, second.issue);
    world.copies.push({ grade: 'number of a series, exact', original: second.id, copy, authors: group });
    world.lookalikes.push({ kind: 'numbers of a series, one copied', a: first.id, b: copy });
    world.lookalikes.push({ kind: 'numbers of a series, one copied', a: third.id, b: copy });
  }
}

/** "Update from Calais", by whoever is there, and no more in common. */
function writeNamesakes(press: Press, each: number): void {
  for (let at = 0; at < each; at++) {
    const lang = languages[at % 3] ?? 'en';
    const [one, other] = pickTwo(press);
    const day = someDay(press);
    const title = inventTitle(lang, press.dice);
    const a = press.write(one, day, { ...report(lang, day, press.dice), title });
    const b = press.write(other, day + 2, { ...report(lang, day + 2, press.dice), title });
    press.world.lookalikes.push({ kind: 'equal titles', a, b });
  }
}

/** Short news of several groups over one long footer. */
function writeFooters(press: Press, each: number): void {
  const news = new Map<GradedLanguage, string[]>();
  for (let at = 0; at < each; at++) {
    const lang = languages[at % 3] ?? 'en';
    const day = someDay(press);
    const [opening = ''] = report(lang, day, press.dice).paragraphs;
    const paragraphs = [opening, words[lang].footer.replace(/\s+/g, ' ')];
    const group = press.groups[at % groupCount] ?? '';
    const b = press.write(group, day, { lang, title: inventTitle(lang, press.dice), paragraphs });
    const before = news.get(lang) ?? [];
    for (const a of before.slice(-3)) press.world.lookalikes.push({ kind: 'long footer in common', a, b });
    news.set(lang, [...before, b]);
  }
}

/** @param each how many of every kind */
export function gradedWorld(seed: number, each: number): GradedWorld {
  const press = openPress(diceOf(seed));
  writeCopies(press, each);
  const parts = [
    writeOutsiders,
    writeQuotations,
    writeRoundUps,
    writeAppeals,
    writeSeries,
    writeNamesakes,
    writeFooters,
  ];
  for (const part of parts) part(press, each);
  return press.world;
}
