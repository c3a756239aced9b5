/** People and labels as partners write them to plain names; mail addresses are nobody's business and go. */
import type { Category, Person } from '../model.ts';
import { plainLine } from '../text/safe.ts';

const maxAuthors = 20;
const maxCategories = 30;

/**
 * Names of authors, each once, at most 200 characters each.
 * RSS writes `a@b.example (Name)`, people also `Name <a@b.example>`: the name stays. A bare mail address is no name, not
 * even its first half; a fediverse handle (`@anna@social.example`) is one.
 */
export function namesOf(people: readonly Person[]): string[] {
  return distinct(people.map((person) => withoutMail(person.name ?? person.email ?? ''))).slice(0, maxAuthors);
}

function withoutMail(written: string): string {
  const line = plainLine(written, 400);
  if (!line.includes('@')) return plainLine(line, 200);
  const words = line
    .split(/[\s<>]+/)
    .filter((word) => !isMail(word.replace(/[(),;"']+/g, '')))
    .join(' ')
    .trim();
  const inBrackets = /^\(([^()]*)\)$/.exec(words)?.[1] ?? words;
  return /[\p{L}\p{N}]/u.test(inBrackets) ? plainLine(inBrackets, 200) : '';
}

function isMail(word: string): boolean {
  const at = word.replace(/^mailto:/i, '').indexOf('@');
  return at > 0;
}

/** Labels, each once whatever its case, at most 100 characters each: thirty of the partner's, then all of the source's. */
export function categoriesOf(written: readonly Category[], tags: readonly string[]): string[] {
  const theirs = distinct(written.map((one) => plainLine(one.label ?? one.term, 100))).slice(0, maxCategories);
  return distinct([...theirs, ...tags]);
}

function distinct(names: readonly string[]): string[] {
  const byFold = new Map<string, string>();
  for (const name of names) {
    const fold = name.toLowerCase();
    if (name !== '' && !byFold.has(fold)) byFold.set(fold, name);
  }
  return [...byFold.values()];
}
