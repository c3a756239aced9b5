/** One tag of a piece: what of it may stand in pages, ready to be written; and what is wrong with it. Pure. */
import { type Address, addressOf, type Surroundings } from './addresses.ts';
import type { Fault } from './faults.ts';
import { type Piece, valuePiece } from './markup.ts';
import { loads, whyNoAttribute, whyNoElement, whyNotInHead } from './rules.ts';
import type { Attribute, Tag } from './tags.ts';

interface Written {
  /** Undefined where the whole element is left out. */
  readonly pieces: readonly Piece[] | undefined;
  readonly faults: readonly Fault[];
}

const wordless =
  'this picture has no words for those who do not see it. Write  alt="…"  with what it shows, or  alt=""  where it is only for show.';

export function leftOut(at: number, what: string, why: string): Fault {
  return { code: 'look/left-out', at, text: `${what} is left out: ${why}.` };
}

/** @param isHead whether it stands in the head of the page */
export function writeTag(tag: Tag, allowed: ReadonlySet<string>, isHead: boolean, around: Surroundings): Written {
  const { name, start } = tag;
  if (!allowed.has(name)) return none(leftOut(start, `<${name}>`, whyNoElement(name)));
  const values = new Map(tag.attributes.map((one) => [one.name, one.value ?? '']));
  const whyNot = isHead ? whyNotInHead(name, values) : undefined;
  if (whyNot !== undefined) return none(leftOut(start, `<${name}>`, whyNot));
  const isLoading = name === 'img' || name === 'input' || isLoaded(name, values.get('rel'));
  const faults: Fault[] = [];
  const pieces: Piece[] = [`<${name}`];
  const seen = new Set<string>();
  for (const attribute of tag.attributes) {
    if (seen.has(attribute.name)) continue; // as browsers do
    seen.add(attribute.name);
    const { written, fault, isWhole } = writeAttribute(attribute, name, isLoading, around);
    if (fault !== undefined) faults.push(fault);
    if (isWhole) return { pieces: undefined, faults };
    pieces.push(...written);
  }
  if (name === 'img' && !values.has('alt')) faults.push({ code: 'look/as-it-is', at: start, text: wordless });
  return { pieces: [...pieces, '>'], faults };
}

function none(fault: Fault): Written {
  return { pieces: undefined, faults: [fault] };
}

function isLoaded(name: string, rel: string | undefined): boolean {
  return (
    name === 'link' &&
    (rel ?? '')
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .some((one) => loads.has(one))
  );
}

interface WrittenAttribute {
  readonly written: readonly Piece[];
  readonly fault?: Fault | undefined;
  /** The element goes with it. */
  readonly isWhole?: boolean;
}

function writeAttribute(
  { name, value, at }: Attribute,
  element: string,
  isLoading: boolean,
  around: Surroundings,
): WrittenAttribute {
  const whyNot = whyNoAttribute(name, value);
  if (whyNot !== undefined) return { written: [], fault: leftOut(at, name, whyNot) };
  if (value === undefined) return { written: [` ${name}`] };
  const isSource = name === 'src' || (name === 'href' && isLoading);
  if (!isSource && name !== 'href' && name !== 'action') return { written: [` ${name}="${valuePiece(value)}"`] };
  const address = addressOf(value, around);
  if (address.kind === 'outside' && (isSource || name === 'action')) {
    const why = isSource
      ? 'pages load nothing of other hosts. Put the file into the folder look/, and write its name'
      : 'pages send nothing to other hosts. Link to it';
    return { written: [], fault: leftOut(at, `<${element}>`, why), isWhole: true };
  }
  if (address.kind === 'none') return { written: [], fault: leftOut(at, name, address.why), isWhole: isSource };
  return { written: [` ${name}="`, ...addressPieces(address, value), '"'], fault: lostFault(address, at) };
}

function addressPieces(address: Address, value: string): readonly Piece[] {
  return address.kind === 'site' ? [{ path: address.path, rest: address.rest }] : [valuePiece(value)];
}

/** The address is printed as it is. */
export function lostFault(address: Address, at: number): Fault | undefined {
  if (address.kind !== 'lost') return undefined;
  return { code: 'look/as-it-is', at, text: `there is no picture or style sheet ${address.name} in the folder look/.` };
}
