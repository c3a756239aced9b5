/** The ways in which a report is passed on (spec reposts §4b), from a copy to a quotation: each a pure function of it. */
import type { Dice } from '../test/dice.ts';
import { type GradedLanguage, inventParagraph, inventTitle, words } from './graded-words.ts';

export interface Report {
  readonly lang: GradedLanguage;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** What becomes of a report where another group passes it on. @param credit names its authors in a line; undefined for none */
export type Grade = (report: Report, credit: string | undefined, dice: Dice) => Report;

function withCredit(report: Report, credit: string | undefined): Report {
  return credit === undefined ? report : { ...report, paragraphs: [credit, ...report.paragraphs] };
}

function retitled(report: Report, dice: Dice): Report {
  return { ...report, title: inventTitle(report.lang, dice) };
}

/** Each word, by chance, becomes another. */
function withWords(report: Report, chance: number, dice: Dice, change: (word: string) => string): Report {
  const changed = (word: string): string => (dice.chance(chance) ? change(word) : word);
  return { ...report, paragraphs: report.paragraphs.map((text) => text.split(' ').map(changed).join(' ')) };
}

/** Two neighbouring letters change places. */
function mistyped(word: string, { roll }: Dice): string {
  const at = roll(Math.max(1, word.length - 1));
  return word.slice(0, at) + (word[at + 1] ?? 'x') + (word[at] ?? '') + word.slice(at + 2);
}

export function countWords(paragraphs: readonly string[]): number {
  return paragraphs.join(' ').split(/\s+/).length;
}

const otherQuotes: Readonly<Record<string, string>> = { '“': '"', '”': '"', '« ': '“', ' »': '”', '’': "'" };

export const grades = {
  exact: withCredit,
  'prefix, footer, quotes, title': (report, credit, dice) => {
    const quoted = report.paragraphs.map((text) => text.replace(/[“”’]|« | »/g, (mark) => otherQuotes[mark] ?? mark));
    const paragraphs = [inventTitle(report.lang, dice), ...quoted, inventParagraph(report.lang, dice)];
    return withCredit({ ...report, title: `[${report.lang}] ${report.title}`, paragraphs }, credit);
  },
  '2 % typos, new title': (report, credit, dice) =>
    withCredit(
      retitled(
        withWords(report, 0.02, dice, (word) => mistyped(word, dice)),
        dice,
      ),
      credit,
    ),
  '30 % of paragraphs dropped': (report, credit, dice) => {
    const { paragraphs } = report;
    const dropped = new Set(dice.shuffle([...paragraphs.keys()]).slice(0, Math.round(paragraphs.length * 0.3)));
    return withCredit({ ...report, paragraphs: paragraphs.filter((_, at) => !dropped.has(at)) }, credit);
  },
  '55-word excerpt': (report, credit) => {
    const beginning = `${report.paragraphs.join(' ').split(' ').slice(0, 55).join(' ')} […]`;
    return { ...report, paragraphs: credit === undefined ? [beginning] : [beginning, credit] };
  },
  'whole and 50 % comment': (report, credit, dice) => {
    const comment: string[] = [];
    while (countWords(comment) < countWords(report.paragraphs) / 2) comment.push(inventParagraph(report.lang, dice));
    return withCredit({ ...report, paragraphs: [...report.paragraphs, ...comment] }, credit);
  },
  '8 % of words changed': (report, credit, dice) => {
    const { a, p, v } = words[report.lang];
    return withCredit(
      withWords(report, 0.08, dice, () => dice.pick(dice.pick([a, p, v]))),
      credit,
    );
  },
} satisfies Readonly<Record<string, Grade>>;

/** The authors' own later version, when a copy of the earlier one is out already: beginning rewritten, a part put in. */
export function edited(report: Report, dice: Dice): Report {
  const [, ...rest] = report.paragraphs;
  const middle = Math.floor(rest.length / 2);
  const begun = inventParagraph(report.lang, dice);
  const put = inventParagraph(report.lang, dice);
  return { ...report, paragraphs: [begun, ...rest.slice(0, middle), put, ...rest.slice(middle)] };
}

/** Another report, with a passage from the middle of this one: quoted, and no repost. */
export function quoting(report: Report, own: Report): Report {
  const from = Math.floor(report.paragraphs.length / 2);
  const [first = '', second = '', third = '', ...rest] = own.paragraphs;
  return { ...own, paragraphs: [first, second, third, ...report.paragraphs.slice(from, from + 2), ...rest] };
}

/** Beginnings of several reports under one title, each with its authors: no repost of any. */
export function roundUp(reports: readonly (Report & { readonly credit: string })[], own: Report): Report {
  const parts = reports.flatMap(({ title, paragraphs, credit }) => [title, ...paragraphs.slice(0, 2), credit]);
  return { ...own, paragraphs: [own.paragraphs[0] ?? '', ...parts] };
}
