/**
 * Labelled posts as JSON lines → what their sites publish, and apart from it what people say of them. The two are never
 * one object: whatever decides about stories is given posts, and whoever scores is given labels.
 */
import { readFileSync } from 'node:fs';

/** What anybody sees who visits the site. */
export interface Post {
  readonly id: string;
  /** Its address, as written. */
  readonly url: string;
  /** The site it stands on: a host, perhaps with a port, perhaps with a path. */
  readonly site: string;
  /** The group whose site that is. */
  readonly group: string;
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; undefined where nobody knows. */
  readonly date: string | undefined;
  readonly lang: string | undefined;
  /** '' where the post has none. */
  readonly title: string;
  /** Plain text, paragraphs separated by an empty line. */
  readonly text: string;
}

/** What people say of a post. */
export interface Label {
  readonly id: string;
  readonly story: string;
  readonly isRepost: boolean;
  /** Id of a post, or `ext:` and a group. */
  readonly origin: string;
  readonly originGroup: string;
  /** A reader could tell whom to credit. */
  readonly isScored: boolean;
  readonly split: string;
}

export interface Pair {
  readonly a: string;
  readonly b: string;
  /** `contains` is a round-up: no merge; `ambiguous` is never scored. */
  readonly label: 'same' | 'different' | 'contains' | 'ambiguous';
  readonly kind: string;
  readonly split: string;
}

type Row = Readonly<Record<string, unknown>>;

function words(row: Row, key: string): string | undefined {
  const value = row[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A title in parentheses was made up by whoever labelled the post: the page showed none. */
function titleOf(row: Row): string {
  const title = (words(row, 'title') ?? '').trim();
  return /^\(.*\)$/s.test(title) ? '' : title;
}

/** @throws Error for a row without id or site, which are what everything hangs on */
export function postOf(row: Row): Post {
  const [id, site] = [words(row, 'id'), words(row, 'site')];
  if (id === undefined || site === undefined) throw new Error(`a post without id or site: ${JSON.stringify(row)}`);
  return {
    id,
    site,
    url: words(row, 'url') ?? '',
    group: words(row, 'group') ?? site,
    date: words(row, 'date'),
    lang: words(row, 'lang'),
    title: titleOf(row),
    text: words(row, 'text') ?? '',
  };
}

export function labelOf(row: Row): Label {
  const id = words(row, 'id') ?? '';
  return {
    id,
    story: words(row, 'story') ?? id,
    isRepost: Boolean(row.repost_of),
    origin: words(row, 'origin') ?? id,
    originGroup: words(row, 'origin_group') ?? words(row, 'group') ?? '',
    isScored: row.attribution_scored === true,
    split: words(row, 'split') ?? '',
  };
}

/** @throws Error that names file and line */
export function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, at }) => {
      try {
        return JSON.parse(line) as Row;
      } catch (error) {
        throw new Error(`${file}:${at + 1} is not JSON: ${String(error)}`);
      }
    });
}

export function readPairs(file: string): Pair[] {
  return readRows(file) as unknown as Pair[];
}
