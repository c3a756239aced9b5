/**
 * Whom the words after a credit's phrase mean: a group we know by name, alias or host, an address, or (said outright, alone on
 * its line) a stranger. What means nothing of these is no credit: "From 9pm on Wednesday".
 */
import type { CanonicalUrl, SourceKey } from '../model.ts';
import { canonicalUrl, isHomePage } from '../text/url.ts';
import { type PhraseKind, type Token, tokensOf } from './credit-words.ts';
import type { Directory } from './directory.ts';
import { foldText, foldWords } from './folding.ts';
import type { Line } from './lines.ts';
import { deedsAfter, fillers, languagesAfter, newswireWords, trailers } from './phrases.ts';

export interface Target {
  readonly key: SourceKey | undefined;
  readonly url: CanonicalUrl | undefined;
  readonly name: string;
  /** Index of the first token after the name. */
  readonly next: number;
  /** What stands there is said to be in another language: "Published at X in English". */
  readonly isTranslated?: boolean;
}

/** Where a name is looked for. */
export interface Place {
  readonly line: Line;
  readonly tokens: readonly Token[];
  /** Index of the first token that may belong to it. */
  readonly from: number;
  readonly kind: PhraseKind;
}

/** Longer ones are no address of ours, and a pattern at their end would be slow. */
const longestUrl = 2_000;
/** Words of a line that is a credit and no sentence. */
const shortLine = 12;
/** Ends a name, where it is not the end of the line. */
const mark = /^(?:\s*(?:[)\]:;.,–—|/»"”،؛]|[([][^()[\]]{0,100}[)\]][\s.]{0,3}$|$)|\s+-\s|\s+vom\s+\d)/u;

/** @returns undefined where the words mean nobody */
export function targetAfter(place: Place, directory: Directory): Target | undefined {
  const { line, tokens, from, kind } = place;
  for (let at = from; at <= from + 4; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.word.startsWith('http')) return addressAt(token, at, directory);
    if (kind === 'own') {
      if (fillers.has(token.word)) continue;
      return undefined;
    }
    const host = hostAt(place, at, directory);
    if (host !== undefined) return host;
    const found = directory.nameAt(tokens.slice(at, at + shortLine).map((one) => one.word));
    if (found !== undefined) {
      const named = namedAt(place, at, found, directory);
      if (named !== 'another') return named;
      break;
    }
    if (!fillers.has(token.word)) break;
  }
  if (kind === 'own' || tokens[from] === undefined) return undefined;
  return linkedAt(place, directory) ?? addressOnLine(place, directory) ?? strangerAt(place, line);
}

function addressAt(token: Token, at: number, directory: Directory): Target | undefined {
  const url = canonicalUrl(token.word.slice(0, longestUrl).replace(/[.,;:)\]]+$/, ''));
  return url && { key: directory.byUrl(url), url, name: token.word.slice(0, 300), next: at + 1 };
}

/** The host of a group, written without `https://`. */
function hostAt({ line, tokens }: Place, at: number, directory: Directory): Target | undefined {
  const start = tokens[at]?.start ?? 0;
  const written = /^(?:[a-z0-9_-]{1,63}\.){1,5}[a-z]{2,24}(?:\/[^\s<>"]{0,300})?/i.exec(
    line.text.slice(start, start + 700),
  );
  const name = written?.[0].replace(/[.,;:)\]]+$/, '') ?? '';
  const url = name === '' ? undefined : canonicalUrl(`https://${name}`);
  const key = url && directory.byUrl(url);
  if (key === undefined || url === undefined) return undefined;
  const next = tokens.findIndex((one, index) => index >= at && one.start >= start + name.length);
  return { key, url: isHomePage(url) ? undefined : url, name, next: next < 0 ? tokens.length : next };
}

const deeds = deedsAfter.map(foldText);

/** @returns `another` where the name goes on and is another group's: "Alpha" is not the "Alpha Women Collective" */
function namedAt(
  { line, tokens, kind }: Place,
  at: number,
  found: { readonly key: SourceKey; readonly words: number },
  directory: Directory,
): Target | undefined | 'another' {
  const nameEnd = at + found.words;
  let next = nameEnd;
  while (trailers.has(tokens[next]?.word ?? '') && /^[\s([]*$/.test(between(line, tokens, next))) next++;
  const after = line.text.slice(tokens[next - 1]?.end ?? 0).slice(0, 120);
  const isTranslated = languagesAfter.some((words) => foldText(after).startsWith(words));
  const isMarked = mark.test(after) || isTranslated || deeds.some((words) => foldText(after).startsWith(words));
  if (!isMarked && kind !== 'plain' && kind !== 'translation') return undefined;
  if (!isMarked && /^\s+[\p{Lu}\p{Lo}]/u.test(after)) return 'another';
  const name = line.text.slice(tokens[at]?.start ?? 0, tokens[nameEnd - 1]?.end);
  const url = linkAt(line, name);
  const owner = url && directory.byUrl(url);
  const isTheirs = owner === undefined || directory.areOnePartner(owner, found.key);
  return { key: found.key, url: isTheirs ? url : undefined, name, next, isTranslated };
}

function between(line: Line, tokens: readonly Token[], at: number): string {
  return line.text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? 0);
}

/** A name that is a link: whose page it leads to, if that is a group of ours; anybody's, where the words say so outright. */
function linkedAt({ line, tokens, from, kind }: Place, directory: Directory): Target | undefined {
  const start = tokens[from]?.start ?? 0;
  const link = line.links.find((one) => one.text.trim() !== '' && line.text.startsWith(one.text.trim(), start));
  const url = link && canonicalUrl(link.href);
  if (link === undefined || url === undefined) return undefined;
  const key = directory.byUrl(url);
  if (key === undefined && kind !== 'plain' && kind !== 'translation') return undefined;
  return { key, url, name: link.text.trim().slice(0, 300), next: from + tokensOf(link.text).length };
}

/** "Fonte: X/https://…": the name says nothing to us, and the address beside it does. */
function addressOnLine({ line, tokens, from, kind }: Place, directory: Directory): Target | undefined {
  const isCredit = tokens.length <= shortLine && (kind === 'plain' || between(line, tokens, from).includes(':'));
  const at = isCredit ? tokens.findIndex(({ word }, index) => index > from && word.startsWith('http')) : -1;
  const token = tokens[at];
  return token === undefined || kind === 'byline' ? undefined : addressAt(token, at, directory);
}

/** A group we do not follow: only where the words say so outright and the line says nothing else. */
function strangerAt({ tokens, from, kind }: Place, line: Line): Target | undefined {
  const start = tokens[from]?.start;
  if (kind !== 'plain' || start === undefined || tokens.length - from > 8) return undefined;
  const name = nameIn(line.text.slice(start, start + 200));
  return name === undefined ? undefined : { key: undefined, url: undefined, name, next: tokens.length };
}

/** A text that looks like a group's name and nothing else: it begins with a capital, is short and no sentence. */
export function nameIn(text: string): string | undefined {
  // Longer than a name can be, shorter than what makes a pattern at the end of a text slow.
  const name = text.slice(0, 200).replace(/[\s:;.,)\]]+$/u, '');
  const isName = name.length <= 80 && /^["“«]?(?:\p{Lu}|\p{Lo})/u.test(name) && !/[.:;!?]\s/u.test(name);
  return isName && foldWords(name).length <= 8 ? name : undefined;
}

/** The page that a name in a line leads to; undefined where it is no link, or one to a whole site. */
export function linkAt(line: Line, name: string): CanonicalUrl | undefined {
  const link = line.links.find(
    (one) => one.text.includes(name) || (one.text.trim() !== '' && name.includes(one.text.trim())),
  );
  const url = link && canonicalUrl(link.href);
  return url !== undefined && !isHomePage(url) ? url : undefined;
}

/** Where the link of a reblog button leads: the one on the phrase itself, or the only one of a line that says no more. */
export function reblogTarget(
  { line, tokens, from }: Place,
  phrase: readonly string[],
  directory: Directory,
): Target | undefined {
  const isButton = (text: string): boolean => {
    const words = foldWords(text);
    return words.length > 0 && words.every((word) => phrase.includes(word));
  };
  const link =
    line.links.find(({ text }) => isButton(text)) ?? (tokens.length <= shortLine ? line.links[0] : undefined);
  const url = link && canonicalUrl(link.href);
  if (url !== undefined)
    return { key: directory.byUrl(url), url, name: link?.text.trim().slice(0, 300) ?? '', next: tokens.length };
  const at = tokens.findIndex(({ word }, index) => index >= from && word.startsWith('http'));
  const token = tokens[at];
  return token === undefined || at > from + 2 ? undefined : addressAt(token, at, directory);
}

/** Names of one list that are read: who signs with hundreds does not say who wrote it. */
const mostNames = 40;
const conjunctions = /\s+(?:and|et|und|y|e|en|och|και|ve|و|&)\s+/u;

/** The groups of "A, B and C", known ones first; none where no name is known, or something in it is no name. */
export function targetsIn(text: string, directory: Directory, next: number): Target[] {
  const [sentence = ''] = text.slice(0, 2_000).split(/[.!?](?:\s|$)/, 1);
  const names = sentence
    .replace(/^[\s:;–—-]+/, '')
    .split(/[,;•·|/،]|\s[–—-]\s/u)
    .flatMap((part) => (directory.byName(part) === undefined ? part.split(conjunctions) : [part]));
  return targetsAmong(names, directory, next);
}

/** Groups by their names, known ones first; none where no name is known, or something among them is no name. */
export function targetsAmong(names: readonly string[], directory: Directory, next: number): Target[] {
  const parts = names
    .map((part) =>
      part
        .trim()
        .replace(/^(?:and|et|und|y|e|en|και|ve)\s+/u, '')
        .replace(/^["“«([]+|["”»)\]]+$/gu, ''),
    )
    .filter((part) => part !== '')
    .slice(0, mostNames);
  const targets: Target[] = [];
  for (const part of parts) {
    const name = nameIn(part);
    const key = directory.byName(part);
    if (key === undefined && name === undefined) return [];
    targets.push({ key, url: undefined, name: key === undefined ? (name ?? part) : part, next });
  }
  const known = targets.filter(({ key }) => key !== undefined);
  return known.length === 0 ? [] : [...known, ...targets.filter(({ key }) => key === undefined)];
}

/** A place where groups publish side by side: whoever names it says where a text was found. */
export function isNewswire({ key, name, url }: Target, directory: Directory): boolean {
  if (key !== undefined) return directory.roleOf(key) === 'newswire';
  const named = foldText(`${name} ${url === undefined ? '' : new URL(url).hostname}`);
  return newswireWords.some((word) => named.includes(word));
}
