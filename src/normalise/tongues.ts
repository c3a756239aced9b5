/**
 * Which elements and lines of a text must say that they are in another language than what is around them: the outermost
 * ones that are so as a whole. What says its own language already is believed, with all that is in it.
 */
import type { Direction, Language, SafeHtml } from '../model.ts';
import { voidElements } from '../text/markup.ts';
import type { Tongue } from '../text/safe-html.ts';
import { decodeSafe, type Piece, piecesOf } from '../text/safe-text.ts';

/** A language and how it runs. */
interface Heard {
  readonly lang: Language;
  readonly dir: Direction;
}

interface Telling {
  /** What is said of the text as a whole. */
  readonly around: Heard;
  /** Of a line of text; undefined where it is too short to tell. */
  readonly tell: (line: string) => Heard | undefined;
}

/** Elements that say what language they are in; the parts of a table leave it to their cells. */
const speaking: ReadonlySet<string> = new Set(
  'p div blockquote pre h2 h3 h4 h5 h6 figure figcaption details summary ul ol li dl dt dd table caption td th'.split(
    ' ',
  ),
);
/** Beginning of a line that is told by. */
const toldBy = 400;

/** Text of a block up to a `<br>`, to another block, or to its end. */
interface Line {
  readonly from: number;
  to: number;
  /** Its beginning. */
  text: string;
  length: number;
  /** An element begins or ends within it and not the other way round. */
  isTorn: boolean;
  heard: Heard | undefined;
}

interface Block {
  /** Its opening tag among the pieces; -1 of the whole. */
  readonly at: number;
  /** It says so itself, so nothing in it is told. */
  readonly isSaid: boolean;
  /** Elements that were open when it began, itself among them. */
  readonly depth: number;
  readonly blocks: Block[];
  readonly lines: Line[];
  /** Of its lines, where they agree. */
  own: Heard | undefined;
  readonly all: Hearing;
}

/** What is heard in a block and in those inside it. */
interface Hearing {
  /** The first that is told. */
  heard: Heard | undefined;
  /** There are others, or something that says its own. */
  isMixed: boolean;
  /** Characters that tell, of so many. */
  told: number;
  length: number;
}

/** What is to be written where (text/safe-html.ts, withLanguages). Linear; where that is written, nothing more is found. */
export function tonguesIn(html: SafeHtml, { around, tell }: Telling): readonly Tongue[] {
  const tongues: Tongue[] = [];
  markInside(wholeOf(piecesOf(html), tell), around);
  return tongues;

  function mark(block: Block, outer: Heard): void {
    const { heard, isMixed, told, length } = block.all;
    const only = isMixed || told * 2 < length ? undefined : heard;
    const inner = only ?? block.own ?? outer;
    if (inner.lang !== outer.lang) tongues.push({ ...differing(inner, outer), at: block.at, to: undefined });
    if (only === undefined) markInside(block, inner);
  }

  function markInside(block: Block, inner: Heard): void {
    for (const one of block.blocks) mark(one, inner);
    const others = block.lines.filter((line) => line.heard !== undefined && line.heard.lang !== inner.lang);
    if (others.some((line) => line.isTorn)) return;
    const runs: Tongue[] = [];
    for (const { from, to, heard = inner } of others) {
      const before = runs.at(-1);
      // Two lines with nothing between them but their break are one run.
      if (before?.to === from - 2 && before.lang === heard.lang) runs[runs.length - 1] = { ...before, to };
      else runs.push({ ...differing(heard, inner), at: from, to });
    }
    for (const run of runs) tongues.push(run); // there may be more than fit into a call
  }
}

function differing({ lang, dir }: Heard, outer: Heard): Pick<Tongue, 'lang' | 'dir'> {
  return { lang, dir: dir === outer.dir ? undefined : dir };
}

/** All of a text as one block, told from the inside out. */
function wholeOf(pieces: readonly Piece[], tell: Telling['tell']): Block {
  const whole = emptyBlock(-1, false, 0);
  const open: Block[] = [whole];
  /** Of every open element, whether it or one around it says its language. */
  const said: boolean[] = [];
  let line: Line | undefined;
  const endLine = (): void => {
    if (line !== undefined && said.length !== (open.at(-1) ?? whole).depth) line.isTorn = true;
    line = undefined;
  };
  for (const [at, piece] of pieces.entries()) {
    const block = open.at(-1) ?? whole;
    const isBlock = speaking.has(piece.name);
    if (isBlock || piece.name === 'br') endLine();
    else {
      if (line === undefined) {
        line = { from: at, to: at, text: '', length: 0, isTorn: said.length !== block.depth, heard: undefined };
        block.lines.push(line);
      }
      line.to = at;
    }
    if (piece.kind === 'text') {
      if (line !== undefined) line.length += piece.written.length;
      // Only a <br> ends a line: files are wrapped where their programs like.
      if (line !== undefined && line.text.length < toldBy && said.at(-1) !== true)
        line.text += decodeSafe(piece.written).replace(/\s+/g, ' ');
    } else if (piece.kind === 'open' && !voidElements.has(piece.name)) {
      const isSaid = said.at(-1) === true || / lang="/.test(piece.written);
      said.push(isSaid);
      block.all.isMixed ||= isSaid;
      if (isBlock) open.push(emptyBlock(at, isSaid, said.length));
    } else if (piece.kind === 'close') {
      said.pop();
      if (!isBlock || open.length === 1) continue;
      open.pop();
      const outer = open.at(-1) ?? whole;
      if (!block.isSaid) {
        hear(block, tell);
        outer.blocks.push(block);
      }
      add(outer.all, block.all);
    }
  }
  endLine();
  hear(whole, tell);
  return whole;
}

function emptyBlock(at: number, isSaid: boolean, depth: number): Block {
  const all = { heard: undefined, isMixed: isSaid, told: 0, length: 0 };
  return { at, isSaid, depth, blocks: [], lines: [], own: undefined, all };
}

/** Tells the lines of a block, and itself by them. */
function hear(block: Block, tell: Telling['tell']): void {
  const ofLines: Hearing = { heard: undefined, isMixed: false, told: 0, length: 0 };
  for (const line of block.lines) {
    line.heard = tell(line.text);
    add(ofLines, {
      heard: line.heard,
      isMixed: false,
      told: line.heard === undefined ? 0 : line.length,
      length: line.length,
    });
  }
  if (!ofLines.isMixed) block.own = ofLines.heard;
  add(block.all, ofLines);
}

function add(to: Hearing, { heard, isMixed, told, length }: Hearing): void {
  to.isMixed ||= isMixed || (to.heard !== undefined && heard !== undefined && to.heard.lang !== heard.lang);
  to.heard ??= heard;
  to.told += told;
  to.length += length;
}
