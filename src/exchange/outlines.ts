/**
 * OPML 1.0 and 2.0 (opml.org/spec2.opml) → its outlines as a tree. Read by htmlparser2's Tokenizer, which knows the five entities of XML
 * and no others: a DTD is passed over, so nothing in it is ever expanded or fetched. What programs write in spite of the rules is read
 * as it is meant: a bare `&`, other capitals in the names of attributes, an end that is missing.
 */
import { Tokenizer } from 'htmlparser2';
import { ownPrefix, ownSpace } from '../text/opml.ts';
import { lineFinder } from './lines.ts';

export interface Outline {
  /** 1-based. */
  readonly line: number;
  /** By its lower-case name, without a prefix; of a namespace by `address local`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Outline[];
}

export interface OpmlDocument {
  readonly title: string | undefined;
  readonly outlines: readonly Outline[];
  /** Namespaces that the document declares. */
  readonly namespaces: ReadonlySet<string>;
}

/** Folders deeper than these are a bomb. */
const maxDepth = 64;
/** Sources and folders of one list. */
const maxOutlines = 20_000;

/** @returns half a sentence, and the line that it is about, where the text is no OPML, or too much of it */
export function readOutlines(text: string): OpmlDocument | { readonly line: number; readonly why: string } {
  const reading = new Reading(text);
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: true },
    reading.callbacks(() => tokenizer.pause()),
  );
  tokenizer.write(text);
  tokenizer.end();
  return reading.result();
}

class Reading {
  private readonly lineOf: (offset: number) => number;
  private readonly text: string;
  private readonly roots: Outline[] = [];
  /** Names of open elements, and the outline of those that are one. */
  private readonly open: { readonly name: string; readonly outline: Outline | undefined; readonly scope: Scope }[] = [];
  private readonly namespaces = new Set<string>();
  private count = 0;
  private title: string | undefined;
  private name = '';
  private at = 0;
  private attributes: [name: string, value: string][] = [];
  private isOpml = false;
  private fault: { readonly line: number; readonly why: string } | undefined;

  constructor(text: string) {
    this.text = text;
    this.lineOf = lineFinder(text);
  }

  callbacks(stop: () => void): ConstructorParameters<typeof Tokenizer>[1] {
    const ignore = (): void => {};
    const { text } = this;
    const add = (piece: string): void => {
      const last = this.attributes.at(-1);
      if (last !== undefined) last[1] += piece;
    };
    const begin = (isClosed: boolean): void => {
      this.begin();
      if (isClosed) this.open.pop();
      if (this.fault !== undefined) stop();
    };
    return {
      ontext: (start, end) => this.say(text.slice(start, end)),
      ontextentity: (code) => this.say(String.fromCodePoint(code)),
      oncdata: (start, end, offset) => this.say(text.slice(start, end - offset)),
      onopentagname: (start, end) => {
        this.name = text.slice(start, end);
        this.at = start;
        this.attributes = [];
      },
      onattribname: (start, end) => this.attributes.push([text.slice(start, end), '']),
      onattribdata: (start, end) => add(text.slice(start, end)),
      onattribentity: (code) => add(String.fromCodePoint(code)),
      onattribend: ignore,
      onopentagend: () => begin(false),
      onselfclosingtag: () => begin(true),
      onclosetag: (start, end) => this.end(text.slice(start, end)),
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    };
  }

  result(): OpmlDocument | { readonly line: number; readonly why: string } {
    if (this.fault !== undefined) return this.fault;
    if (!this.isOpml) return { line: 1, why: 'it has no element  opml,  so it is no OPML' };
    const title = this.title?.trim();
    return { title: title === '' ? undefined : title, outlines: this.roots, namespaces: this.namespaces };
  }

  private say(piece: string): void {
    const [inner, outer] = [this.open.at(-1)?.name, this.open.at(-2)?.name];
    if (inner === 'title' && outer === 'head') this.title = (this.title ?? '') + piece;
  }

  private begin(): void {
    const local = localName(this.name).toLowerCase();
    const outer = this.open.at(-1);
    const scope = this.scopeOf(outer?.scope ?? usualScope);
    if (local === 'opml') this.isOpml = true;
    const outline = local === 'outline' && this.isOpml ? this.outline(scope) : undefined;
    this.open.push({ name: local, outline, scope });
    if (this.open.length > maxDepth) this.refuse(`its folders are nested more than ${maxDepth} deep`);
    if (this.count > maxOutlines) this.refuse(`it has more than ${maxOutlines} outlines`);
  }

  private outline(scope: Scope): Outline {
    const attributes = new Map<string, string>();
    for (const [name, value] of this.attributes) {
      const colon = name.indexOf(':');
      const space = colon < 0 ? undefined : scope.get(name.slice(0, colon));
      const key = space === undefined ? localName(name).toLowerCase() : `${space} ${name.slice(colon + 1)}`;
      if (!attributes.has(key) && name !== 'xmlns' && !name.startsWith('xmlns:')) attributes.set(key, value);
    }
    const outline: Outline = { line: this.lineOf(this.at), attributes, children: [] };
    const parent = this.open.findLast((one) => one.outline !== undefined)?.outline;
    (parent?.children ?? this.roots).push(outline);
    this.count += 1;
    return outline;
  }

  private scopeOf(outer: Scope): Scope {
    const declared = this.attributes.filter(([name]) => name.startsWith('xmlns:'));
    if (declared.length === 0) return outer;
    for (const [, address] of declared) this.namespaces.add(address.trim());
    return new Map([...outer, ...declared.map(([name, address]) => [name.slice(6), address.trim()] as const)]);
  }

  private end(written: string): void {
    const at = this.open.findLastIndex(({ name }) => name === localName(written).toLowerCase());
    if (at >= 0) this.open.length = at;
  }

  private refuse(why: string): void {
    this.fault ??= { line: this.lineOf(this.at), why };
  }
}

/** Prefix → address. */
type Scope = ReadonlyMap<string, string>;

/** Names of namespaces that lists of sources use, as written by those who made them. */
export const spaces = {
  freshrss: 'https://freshrss.org/opml',
  miniflux: 'https://miniflux.app/opml',
} as const;

/** For documents cut out of others, whose declarations have stayed behind. */
const usualScope: Scope = new Map([
  ['frss', spaces.freshrss],
  ['miniflux', spaces.miniflux],
  [ownPrefix, ownSpace],
]);

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
