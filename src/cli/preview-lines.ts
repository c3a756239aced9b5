/** A preview for a person: an item in a few rows, each with a label, within the columns of a terminal. */
import type { Entry } from '../model.ts';
import type { InSection, ItemPreview, Preview, Taken } from '../preview.ts';
import { becauseOf } from '../publish/because.ts';
import { targetWords } from '../telling/explain-reasons.ts';
import { titled } from '../telling/explain-story.ts';
import { minuteOf } from '../telling/instants.ts';
import { verdictWords } from '../telling/verdicts.ts';
import type { LeftOut } from '../text/left-out.ts';
import { plainLine, terminalLine } from '../text/safe.ts';
import { colour } from './print.ts';
import { widthOf } from './width.ts';

/** What is known around a preview. */
interface Known {
  readonly nameOf: (key: string) => string;
  /** The only section that is asked for. */
  readonly section: string | undefined;
  readonly isVerbose: boolean;
  readonly width: number;
  readonly feedLang?: string | undefined;
  readonly sourceLang?: string | undefined;
}

export function previewLines(seen: Preview, given: Known): readonly string[] {
  const { source, head, listed, items } = seen;
  const known: Known = { ...given, feedLang: head?.lang, sourceLang: source.lang };
  const name = source.name ?? head?.title ?? source.key;
  const about =
    head === undefined
      ? []
      : [`${head.format}, ${head.lang ?? 'no language said'}, ${listed} ${listed === 1 ? 'item' : 'items'} listed`];
  return [
    colour('bold', terminalLine(plainLine(name, 60))),
    ...about.map((line) => `  ${terminalLine(line)}; the newest ${items.length} of them:`),
    ...items.flatMap((item, at) => ['', ...itemLines(item, at + 1, known)]),
    '',
    'Nothing was stored or published.',
  ];
}

/** A label, and what it says of. */
type Row = readonly [label: string, text: string];

function itemLines(one: ItemPreview, number: number, known: Known): readonly string[] {
  const { written, taken, aside, guid } = one;
  const title = taken?.item.title ?? written?.title?.html ?? '';
  const head = colour('bold', terminalLine(`${number}  ${titled(plainLine(title, 70))}`));
  const raw: readonly Row[] =
    written === undefined
      ? [['written', 'on a further page']]
      : [
          ['written', `title ${quoted(written.title?.html, 100)}`],
          ['', `date ${quoted(written.publishedText ?? written.updatedText, 60)}`],
          ['', `link ${quoted(written.links[0]?.href ?? written.origLink, 300)}`],
        ];
  const rows =
    taken === undefined
      ? [...raw, ['guid', guid] as const, ['taken', asideWords(aside)] as const]
      : [...raw, ...takenRows(taken, one, known)];
  return [
    head,
    ...rows.flatMap(([label, text]) => rowLines(label, text, known.width)),
    ...(known.isVerbose ? markupLines(one) : []),
  ];
}

function quoted(text: string | undefined, most: number): string {
  return text === undefined || text.trim() === '' ? 'none' : `“${plainLine(text, most)}”`;
}

function asideWords(aside: ItemPreview['aside']): string {
  if (aside === 'held')
    return 'held: its source does not look like itself, and a person is asked first. See  relais held';
  if (aside === 'waits') return 'not yet: it is dated ahead and waits for its time (future: wait)';
  return 'nothing: there is no text, title or link in it that could be shown';
}

function takenRows(taken: Taken, { written, guid }: ItemPreview, known: Known): readonly Row[] {
  const { item, isNew, story, statements, view } = taken;
  const langs = `${item.langs.map((lang) => (lang === 'und' ? 'language unknown' : lang)).join(' and ')} (${declaredWords(written, known)})`;
  const others = story.items.filter(({ id }) => id !== item.id);
  const evidence = story.attribution.members.flatMap((member) => (member.itemId === item.id ? member.evidence : []));
  const [because] = becauseOf(evidence, 'en', {});
  const joined = [...new Set(others.map(({ sourceKey }) => known.nameOf(sourceKey)))].join(', ');
  return [
    ['read', `${minuteOf(item.date)}, ${dateWords(taken, written?.publishedText !== undefined)}`],
    ['', `${langs}; ${isNew ? 'new' : `known since ${minuteOf(item.seen)}`}`],
    ['', item.url ?? 'no link of its own'],
    ['guid', guid],
    ['cleaned', cleanedWords(taken.leftOut)],
    ...statements.map(
      (one): Row => ['says', `${becauseOf([one], 'en', {}).join(' ')}${targetWords(one, known.nameOf)}`],
    ),
    [
      'story',
      others.length === 0
        ? 'one of its own'
        : `with ${titled(others[0]?.title ?? '')} of ${joined}${because === undefined ? '' : `: ${because}`}`,
    ],
    ...(view.credit === '' ? [] : [['credit', view.credit] as const]),
    ['terms', termsWords(taken)],
    ...(view.excerpt === '' ? [] : [['readers', plainLine(view.excerpt, 400)] as const]),
    ...taken.sections
      .filter(({ section }) => known.section === undefined || section.id === known.section)
      .map((one, at): Row => [at === 0 ? 'sections' : '', sectionWords(one)]),
  ];
}

/** What is said of the language; the text itself is looked at beside that. */
function declaredWords(written: Entry | undefined, { feedLang, sourceLang }: Known): string {
  const own = written?.lang ?? written?.content?.lang ?? written?.summary?.lang;
  if (own !== undefined) return `it says ${own}`;
  if (sourceLang !== undefined) return `sources.yaml says ${sourceLang}`;
  return feedLang === undefined ? 'nothing says so but the text' : `its feed says ${feedLang}`;
}

function dateWords({ item }: Taken, isPublication: boolean): string {
  if (item.published === undefined) return 'when it was first seen: it has no date that can be true';
  if (item.date !== item.published) return 'when it was first seen: its own date lies ahead';
  return isPublication ? 'as it says' : 'when it says that it last changed';
}

const kinds: readonly (readonly [keyof LeftOut, one: string, many: string])[] = [
  ['scripts', 'script', 'scripts'],
  ['styles', 'style', 'styles'],
  ['frames', 'frame', 'frames'],
  ['forms', 'form', 'forms'],
  ['pictures', 'picture', 'pictures'],
  ['handlers', 'event handler', 'event handlers'],
  ['trackers', 'tracker in a link', 'trackers in links'],
];

function cleanedWords(left: LeftOut): string {
  const gone = kinds.flatMap(([kind, one, many]) => {
    const count = left[kind];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const words =
    left.wordsBefore === left.wordsAfter
      ? `${left.wordsAfter} words`
      : `${left.wordsBefore} words to ${left.wordsAfter}`;
  return `${words}; ${gone.length === 0 ? 'nothing had to go' : `left out: ${gone.join(', ')}`}`;
}

function termsWords({ view, opens }: Taken): string {
  if (opens === 'never') return 'nothing of it is shown (show: none, or its authors say so)';
  const licence = view.licence === undefined ? 'no licence is stated' : `licence: ${view.licence}`;
  return `${view.show}; ${licence}`;
}

function sectionWords({ section, verdict, isShown, because, opens, finds }: InSection): string {
  const found =
    finds.length === 0 ? '' : ` (${finds.map(({ kind, quote }) => `${kind}: ${plainLine(quote, 60)}`).join('; ')})`;
  if (because === 'nothing-shown') return `${section.id}: left, since nothing of it is shown`;
  if (because === 'another-copy')
    return `${section.id}: left, ${verdictWords(verdict)}; the story stands there by another’s copy`;
  if (!verdict.isWanted) return `${section.id}: left, ${verdictWords(verdict)}`;
  if (because === 'embargo' || because === 'delay')
    return `${section.id}: taken, and shown from ${opens === undefined ? 'later' : minuteOf(opens)} on${found}`;
  if (because === 'a-person-looks') return `${section.id}: taken, and shown once you have looked${found}`;
  if (because === 'too-old') return `${section.id}: left, since it is older than the section keeps`;
  return `${section.id}: ${isShown ? 'taken' : 'left'}, ${verdictWords(verdict)}`;
}

const labelWidth = 9;

/** Within the columns there are; an address that is longer stays whole, to be copied. */
function rowLines(label: string, text: string, width: number): readonly string[] {
  const indent = 3 + labelWidth + 1;
  const lines: string[] = [];
  let line = '';
  for (const word of terminalLine(text).split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width - indent) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, at) => `   ${(at === 0 ? label : '').padEnd(labelWidth)} ${one}`);
}

/** As written, and as cleaned. */
function markupLines({ written, taken }: ItemPreview): readonly string[] {
  const html = written?.content?.html ?? written?.summary?.html;
  const lines = (text: string): string[] => text.split('\n').map((line) => `     ${terminalLine(line)}`);
  return [
    ...(html === undefined ? [] : [colour('dim', '   before'), ...lines(html)]),
    ...(taken === undefined ? [] : [colour('dim', '   after'), ...lines(taken.item.html)]),
  ];
}
