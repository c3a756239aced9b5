/**
 * Which elements of a text must say that they are in another language than what is around them: the outermost ones that
 * are so as a whole. What says its own language already is believed, with all that is in it.
 */
import type { Direction, Language, SafeHtml } from '../model.ts';
import { decode, type Piece, piecesOf, type Tongue } from '../text/safe-html.ts';

/** A language and how it runs. */
interface Heard {
  readonly lang: Language;
  readonly dir: Direction;
}

interface Telling {
  /** What is said of the text as a whole. */
  readonly around: Heard;
  /** Of the text of a block, `\n` between its lines; undefined where it is too short to tell. */
  readonly tell: (text: string) => Heard | undefined;
}

/** Elements that say what language they are in; the parts of a table leave it to their cells. */
const speaking: ReadonlySet<string> = new Set(
  'p div blockquote pre h2 h3 h4 h5 h6 figure figcaption details summary ul ol li dl dt dd table caption td th'.split(
    ' ',
  ),
);
/** Beginning of a block that is told by. */
const toldBy = 400;

interface Block {
  /** Its opening tag among the pieces. */
  readonly at: number;
  /** It says so itself, so nothing in it is told. */
  readonly isSaid: boolean;
  readonly blocks: Block[];
  /** Beginning of the text that stands in it and in no block inside it. */
  text: string;
  ownLength: number;
  /** Of that text. */
  own: Heard | undefined;
  readonly all: Hearing;
}

/** What is heard in a block and in those inside it. */
interface Hearing {
  /** The first that is told. */
  tongue: Heard | undefined;
  /** There are others, or something that says its own. */
  isMixed: boolean;
  /** Characters that tell, of so many. */
  told: number;
  length: number;
}

/**
 * What is to be written on which elements (text/safe-html.ts, withLanguages). Linear; where it is written, nothing more is
 * found.
 */
export function tonguesIn(html: SafeHtml, { around, tell }: Telling): ReadonlyMap<number, Tongue> {
  const tongues = new Map<number, Tongue>();
  for (const block of blocksIn(piecesOf(html), tell)) mark(block, around);
  return tongues;

  function mark(block: Block, outer: Heard): void {
    const { tongue, isMixed, told, length } = block.all;
    const only = isMixed || told * 2 < length ? undefined : tongue;
    const inner = only ?? block.own ?? outer;
    if (inner.lang !== outer.lang) tongues.set(block.at, inner.dir === outer.dir ? { lang: inner.lang } : inner);
    if (only === undefined) for (const one of block.blocks) mark(one, inner);
  }
}

/** The outermost blocks that say nothing of their language, told from the inside out. */
function blocksIn(pieces: readonly Piece[], tell: Telling['tell']): Block[] {
  const outermost: Block[] = [];
  const open: Block[] = [];
  for (const [at, piece] of pieces.entries()) {
    const block = open.at(-1);
    if (block !== undefined && piece.kind === 'text') {
      // Only a <br> ends a line: files are wrapped where their programs like.
      if (block.text.length < toldBy) block.text += decode(piece.written).replace(/\s+/g, ' ');
      block.ownLength += piece.written.length;
    }
    if (block !== undefined && piece.name === 'br' && block.text.length < toldBy) block.text += '\n';
    if (!speaking.has(piece.name)) continue;
    if (piece.kind === 'open') {
      const isSaid = block?.isSaid === true || / lang="/.test(piece.written);
      const all = { tongue: undefined, isMixed: isSaid, told: 0, length: 0 };
      open.push({ at, isSaid, blocks: [], text: '', ownLength: 0, own: undefined, all });
      continue;
    }
    const done = open.pop();
    const outer = open.at(-1);
    if (done === undefined) continue;
    if (!done.isSaid) {
      done.own = tell(done.text);
      const told = done.own === undefined ? 0 : done.ownLength;
      add(done.all, { tongue: done.own, isMixed: false, told, length: done.ownLength });
      (outer?.blocks ?? outermost).push(done);
    }
    if (outer !== undefined) add(outer.all, done.all);
  }
  return outermost;
}

function add(to: Hearing, { tongue, isMixed, told, length }: Hearing): void {
  to.isMixed ||= isMixed || (to.tongue !== undefined && tongue !== undefined && to.tongue.lang !== tongue.lang);
  to.tongue ??= tongue;
  to.told += told;
  to.length += length;
}
