/**
 * Reads the words by which an item says whom it was taken from, as evidence. A phrase counts only in the head or tail
 * of the text, outside quotations and captions, and only when what follows is a known group or an address: "From 9pm on
 * Wednesday" is no credit (spec reposts §3).
 */
import type { Evidence, EvidenceKind, SourceKey } from '../model.ts';
import { footerSource } from '../text/footers.ts';
import { canonicalUrl, isHomePage } from '../text/url.ts';
import { isNewswire, linkAt, nameIn, reblogTarget, type Target, targetAfter, targetsIn } from './credit-targets.ts';
import {
  mayCredit,
  maySayOutright,
  type Phrase,
  type PhraseKind,
  phraseAfter,
  phraseAt,
  type Token,
  tokensOf,
} from './credit-words.ts';
import type { Directory } from './directory.ts';
import type { Line } from './lines.ts';
import { signatoriesIn } from './signatories.ts';

/** Characters of text from either end in which a credit may stand. */
const headLength = 600;
const tailLength = 400;
/** Credits that are kept of one item: who names more names nobody. */
const mostCredits = 6;
/** Authors of a joint text that are kept. */
const mostAuthors = 12;
/** Phrases of one line that are followed before it is taken for prose. */
const mostPhrases = 8;

export interface Credits {
  readonly evidence: readonly Evidence[];
  /** Credits by the line they stand in, where they are the whole line or its beginning: left out when texts are compared. */
  readonly quotes: ReadonlyMap<string, string>;
  /** Names credited outright that are no source of ours, each once. */
  readonly unknownNames: readonly string[];
  /** A phrase stands before something that means nothing yet: worth reading again when more names are known. */
  readonly hasUnresolved: boolean;
}

type CreditKind = PhraseKind | 'footer';

interface Credit {
  readonly kind: CreditKind;
  readonly target: Target;
  readonly quote: string;
}

interface Reading {
  readonly credits: readonly Credit[];
  readonly hasUnresolved: boolean;
}

const nothing: Reading = { credits: [], hasUnresolved: false };

/**
 * @param lines the item's text, in order
 * @param ownKey the source the item came from; credits to itself or its partner say nothing, unless it signs with others
 */
export function readCredits(lines: readonly Line[], ownKey: SourceKey, directory: Directory): Credits {
  const zones = zonesOf(lines);
  const evidence: Evidence[] = [];
  const quotes = new Map<string, string>();
  const unknownNames = new Set<string>();
  let hasUnresolved = false;
  const isOwn = ({ key }: Target): boolean => key !== undefined && directory.areOnePartner(key, ownKey);
  for (const { line, isNear } of zones.near) {
    if (evidence.length >= mostCredits) break;
    const read = readLine({ line, isNear, first: lines[0] }, directory);
    hasUnresolved ||= read.hasUnresolved;
    // Who signs together with others has written it as much as they have; who signs alone says nothing.
    const isJoint = read.credits.some(({ kind, target }) => kind === 'joint' && !isOwn(target));
    for (const credit of read.credits) {
      if (credit.kind === 'footer') quotes.set(line.text, line.text);
      if (isOwn(credit.target) && !(credit.kind === 'joint' && isJoint)) continue;
      const isNamedOnly = credit.target.key === undefined && credit.target.url === undefined;
      if (isNamedOnly && credit.kind !== 'joint') unknownNames.add(credit.target.name);
      if (isNamedOnly && credit.kind === 'footer') continue; // its own, under a name we do not know, for all we can tell
      quotes.set(line.text.startsWith(credit.quote) ? line.text : credit.quote, credit.quote);
      evidence.push(evidenceOf(credit, directory));
    }
  }
  const list = evidence.some(({ kind }) => kind === 'joint') ? undefined : signatoriesIn(lines, directory);
  hasUnresolved ||= list?.targets.length === 0;
  if (list?.targets.some((target) => !isOwn(target)))
    for (const target of list.targets.slice(0, mostAuthors))
      evidence.push(evidenceOf({ kind: 'joint', target, quote: list.quote }, directory));
  evidence.push(...echoes(zones.far, evidence, directory));
  return { evidence, quotes, unknownNames: [...unknownNames], hasUnresolved };
}

interface NearLine {
  readonly line: Line;
  /** True for an offset in it that lies in the head or tail of the text. */
  readonly isNear: (offset: number) => boolean;
}

/** Lines in which a credit may stand, and the others; without those in quotations. */
function zonesOf(lines: readonly Line[]): { near: NearLine[]; far: Line[] } {
  const total = lines.reduce((length, line) => length + line.text.length, 0);
  const near: NearLine[] = [];
  const far: Line[] = [];
  let position = 0;
  for (const line of lines) {
    const before = position;
    position += line.text.length;
    if (line.isQuoted) continue;
    if (before < headLength || total - position < tailLength) {
      // A long line is a text without paragraphs: its own middle is no place for a credit.
      const isNear = (offset: number): boolean =>
        line.text.length <= headLength || before + offset < headLength || total - before - offset <= tailLength;
      near.push({ line, isNear });
    } else far.push(line);
  }
  return { near, far };
}

/** What the middle of a text says again: a hint, and never alone. */
function echoes(far: readonly Line[], evidence: readonly Evidence[], directory: Directory): Evidence[] {
  const credited = new Set(evidence.map((one) => one.targetSource).filter((key) => key !== undefined));
  if (credited.size === 0) return [];
  for (const line of far) {
    if (!maySayOutright(line.text)) continue;
    const echo = creditsIn(line, directory).credits.find(
      ({ kind, target }) => kind === 'plain' && target.key !== undefined && credited.has(target.key),
    );
    if (echo !== undefined) return [{ ...evidenceOf(echo, directory), strength: 1 }];
  }
  return [];
}

const forms: Readonly<Record<CreditKind, Pick<Evidence, 'kind' | 'strength' | 'says'>>> = {
  footer: form('appeared-first', 4),
  plain: form('credit-phrase', 3),
  after: form('credit-phrase', 3),
  passing: form('credit-phrase', 3),
  reblog: form('credit-phrase', 3),
  terse: form('credit-phrase', 2),
  byline: form('byline', 2),
  own: form('byline', 2),
  joint: form('joint', 2),
  via: form('credit-phrase', 1, 'via'),
  translation: form('translation-of', 3, 'translation'),
};

function form(
  kind: EvidenceKind,
  strength: Evidence['strength'],
  says: Evidence['says'] = 'original',
): Pick<Evidence, 'kind' | 'strength' | 'says'> {
  return { kind, strength, says };
}

function evidenceOf({ kind, target, quote }: Credit, directory: Directory): Evidence {
  const said = forms[target.isTranslated ? 'translation' : kind];
  const isFound = said.says === 'original' && isNewswire(target, directory);
  return {
    ...said,
    ...(isFound ? ({ strength: 1, says: 'via' } as const) : {}),
    quote: quote.slice(0, 300),
    targetSource: target.key,
    targetUrl: target.url,
    targetName: target.name,
  };
}

/** @param first the text's first line */
function readLine(
  { line, isNear, first }: NearLine & { readonly first: Line | undefined },
  directory: Directory,
): Reading {
  const footer = footerIn(line, directory);
  if (footer !== undefined) return footer;
  const read = creditsIn(line, directory, isNear);
  const button = read.credits.length === 0 ? reblogAlone(line, first, directory) : undefined;
  return button === undefined ? read : { credits: [button], hasUnresolved: false };
}

/** "The post T appeared first on S": S by its name or its link, and T's page where that is S's too. */
function footerIn(line: Line, directory: Directory): Reading | undefined {
  const name = footerSource(line.text);
  if (name === undefined) return undefined;
  const urls = line.links.map(({ href }) => canonicalUrl(href)).filter((url) => url !== undefined);
  const home = urls.at(-1);
  const key = directory.byName(name) ?? (home && directory.byUrl(home));
  const page = urls.find((url) => !isHomePage(url) && home !== undefined && new URL(url).host === new URL(home).host);
  if (key === undefined && home === undefined && nameIn(name) === undefined) return { ...nothing, hasUnresolved: true };
  const target = { key, url: page ?? (key === undefined ? home : undefined), name: name.slice(0, 300), next: 0 };
  return { credits: [{ kind: 'footer', target, quote: line.text }], hasUnresolved: key === undefined };
}

/** A reblog button without its link: WordPress names the blog in the first line. */
function reblogAlone(line: Line, first: Line | undefined, directory: Directory): Credit | undefined {
  if (first === undefined || first === line || !maySayOutright(line.text)) return undefined;
  const key = directory.byName(first.text);
  const tokens = key === undefined ? [] : tokensOf(line.text);
  if (!tokens.some((_, at) => phraseAt(line.text, tokens, at)?.kind === 'reblog')) return undefined;
  return { kind: 'reblog', target: { key, url: undefined, name: first.text, next: 0 }, quote: first.text };
}

/** The credits of a line, as they stand in it: one, unless that only says where it was found. */
function creditsIn(line: Line, directory: Directory, isNear: NearLine['isNear'] = () => true): Reading {
  if (!mayCredit(line.text)) return nothing;
  const tokens = tokensOf(line.text);
  const named = nameFirst(line, tokens, directory);
  if (named.length > 0) return { credits: named, hasUnresolved: false };
  const credits: Credit[] = [];
  let hasUnresolved = false;
  let followed = 0;
  for (let at = 0; at < tokens.length && followed < mostPhrases; at++) {
    const phrase = isNear(tokens[at]?.start ?? 0) ? phraseAt(line.text, tokens, at) : undefined;
    if (phrase === undefined) continue;
    followed++;
    const found = creditsAfter(phrase, { line, tokens, at }, directory);
    if (found[0]?.target.key === undefined) hasUnresolved = true;
    credits.push(...found);
    const last = found.at(-1);
    if (last === undefined) continue;
    if (!isNewswire(last.target, directory)) break;
    at = last.target.next - 1;
  }
  return { credits, hasUnresolved };
}

interface Position {
  readonly line: Line;
  readonly tokens: readonly Token[];
  /** Index of the phrase's first token. */
  readonly at: number;
}

function creditsAfter({ kind, words }: Phrase, { line, tokens, at }: Position, directory: Directory): Credit[] {
  const place = { line, tokens, from: at + words.length, kind };
  if (kind === 'joint') {
    const end = tokens[place.from - 1]?.end ?? line.text.length;
    const authors = targetsIn(line.text.slice(end), directory, tokens.length).slice(0, mostAuthors);
    return authors.map((target) => ({ kind, target, quote: line.text }));
  }
  const target = kind === 'reblog' ? reblogTarget(place, words, directory) : targetAfter(place, directory);
  if (target === undefined || (kind === 'own' && target.key === undefined)) return [];
  return [{ kind, target, quote: quoteOf(line, tokens, at, target.next) }];
}

/** The line, where it says nothing else; else from the phrase to the end of the name. */
function quoteOf(line: Line, tokens: readonly Token[], at: number, next: number): string {
  const start = tokens[at]?.start ?? 0;
  const nameEnd = tokens[next - 1]?.end ?? line.text.length;
  const tail = /^[\s)\]»"”:;.,]*/u.exec(line.text.slice(nameEnd))?.[0] ?? '';
  const head = line.text.slice(0, start).trimEnd();
  const isWholeLine = next >= tokens.length && /^[\s([«"“–—*]*$/u.test(head);
  return isWholeLine ? line.text : line.text.slice(start, nameEnd + tail.trimEnd().length);
}

/** Lines that begin with the name: "X via Y", "X | 12.06.2018", "X'ten alınmıştır". */
function nameFirst(line: Line, tokens: readonly Token[], directory: Directory): Credit[] {
  const words = tokens.map((token) => token.word);
  const author = directory.nameAt(words);
  if (author === undefined) return [];
  const end = tokens[author.words - 1]?.end ?? 0;
  const name = line.text.slice(tokens[0]?.start ?? 0, end);
  const target: Target = { key: author.key, url: undefined, name, next: author.words };
  if (/^\s*\|[^|]{0,40}\d/.test(line.text.slice(end, end + 60))) {
    return [{ kind: 'byline', target, quote: line.text }];
  }
  const after = phraseAfter(tokens, author.words);
  if (after !== undefined) {
    const next = author.words + after.words.length;
    return [{ kind: 'after', target, quote: quoteOf(line, tokens, 0, next) }];
  }
  if (words[author.words] !== 'via') return [];
  const found = targetAfter({ line, tokens, from: author.words + 1, kind: 'plain' }, directory);
  if (found === undefined || found.next < tokens.length) return [];
  return [
    { kind: 'plain', target: { ...target, url: linkAt(line, name) }, quote: line.text },
    { kind: 'via', target: found, quote: line.text },
  ];
}
