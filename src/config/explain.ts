/**
 * Issues of the schema → faults, one sentence each. A union reports every branch that failed; only the branch that got
 * furthest says what the maintainer meant (a source written as a group has not failed at being an address).
 */

import { plainLine } from '../text/safe.ts';
import { isOtherName, nearest } from '../yaml/nearest.ts';
import type { Path } from '../yaml/places.ts';
import { shown } from '../yaml/shown.ts';
import { cascading } from './cascading.ts';
import type { Fault } from './faults.ts';
import { hold } from './holding.ts';
import { addressPattern } from './kinds.ts';
import type { Issue } from './schema.ts';

/** The faults behind the issues, in no order. Problems: config/unknown-setting, missing, wrong-type, bad-url. */
export function explainIssues(issues: readonly Issue[], value: unknown): readonly Fault[] {
  const leaves = issues.flatMap((issue) => leavesOf(issue, []));
  const misspelt = new Set<string>();
  const unknown = leaves
    .filter((leaf) => leaf.issue.code === 'unrecognized_keys')
    .flatMap(({ issue, path }) =>
      (issue.keys ?? []).map(
        (key) =>
          nameBefore(key, path, issue.message, valueAt(value, [...path, key]), misspelt) ??
          unknownSetting(key, path, issue.message, misspelt),
      ),
    );
  const others = leaves
    .filter((leaf) => leaf.issue.code !== 'unrecognized_keys')
    .filter((leaf) => !misspelt.has(JSON.stringify(leaf.path))) // "soures" is one mistake, not two
    .map(({ issue, path, isKey }) => ordinary(issue, path, isKey, valueAt(value, path)));
  return [...unknown, ...others];
}

interface Leaf {
  readonly issue: Issue;
  readonly path: Path;
  readonly isKey: boolean;
}

function leavesOf(issue: Issue, base: Path): readonly Leaf[] {
  const path: Path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'invalid_key') return (issue.issues ?? []).map((inner) => ({ issue: inner, path, isKey: true }));
  if (issue.code !== 'invalid_union') return [{ issue, path, isKey: false }];
  const fitting = (issue.errors ?? []).filter((branch) => !branch.some(isOtherShape));
  const [furthest] = fitting.toSorted(
    (one, other) => depthOf(other) - depthOf(one) || mistakesIn(one) - mistakesIn(other),
  );
  return furthest === undefined ? [{ issue, path, isKey: false }] : furthest.flatMap((inner) => leavesOf(inner, path));
}

/** The branch wants a list where a text stands, and the like: not the one that was meant. */
function isOtherShape(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function depthOf(branch: readonly Issue[]): number {
  return Math.max(0, ...branch.map((issue) => issue.path.length));
}

/** Of branches that got as far, the one with less to mend was meant; one that does not know a setting cannot say so. */
function mistakesIn(branch: readonly Issue[]): number {
  return branch.some(({ code }) => code === 'unrecognized_keys') ? Number.MAX_SAFE_INTEGER : branch.length;
}

/** `Group A: https://a.example/feed`, as bookmarks are written: a name that is taken for a setting. */
function nameBefore(
  key: string,
  path: Path,
  allowedHere: string,
  value: unknown,
  misspelt: Set<string>,
): Fault | undefined {
  const isOfSection = path.length === 2 && path[0] === 'sections';
  const isOfSource = typeof path.at(-1) === 'number' && path.length > 2 && path.length < 5;
  if (typeof value !== 'string' || !addressPattern.test(value) || !(isOfSection || isOfSource)) return undefined;
  if (key === 'url' || /^\d*$/.test(key) || nearest(key, allowedHere.split(',')) !== undefined) return undefined;
  for (const one of ['sources', 'url']) misspelt.add(JSON.stringify([...path, one]));
  return {
    code: 'config/unknown-setting',
    path: [...path, key],
    at: 'key',
    text: `${shown(key)} is the name of no setting. To give a source a name, write  - { url: ${plainLine(value, 100)}, name: ${JSON.stringify(plainLine(key, 60))} }`,
  };
}

function unknownSetting(key: string, path: Path, allowedHere: string, misspelt: Set<string>): Fault {
  const allowed = allowedHere.split(',');
  const meant = nearest(key, allowed);
  if (meant !== undefined) misspelt.add(JSON.stringify([...path, meant]));
  if (path.length === 0 && key === 'sources') misspelt.add(JSON.stringify(['sections']));
  return {
    code: 'config/unknown-setting',
    path: [...path, key],
    at: 'key',
    text: `unknown setting ${shown(key)}. ${misplaced(key, path, allowed) ?? advice(key, meant, allowed)}`,
  };
}

/** @returns where a setting belongs that has its right name and stands at the wrong place */
function misplaced(key: string, path: Path, allowed: readonly string[]): string | undefined {
  if (path.length === 0 && key === 'sources')
    return 'Sources stand in sections, each below the short name of one:  sections:  and below it  calais:  and below that  - https://example.org/feed';
  if (path.length === 0 && key in cascading) return belongsBelow;
  if (isOfHold(key, allowed)) return 'It belongs below  hold: .';
  return key === 'hold' ? 'It belongs to a section.' : undefined;
}

function isOfHold(key: string, allowed: readonly string[]): boolean {
  return allowed.includes('hold') && key in hold.shape;
}

const belongsBelow = 'It belongs to a source, to a section, or below  defaults: .';

function advice(key: string, meant: string | undefined, allowed: readonly string[]): string {
  if (meant === undefined) return `Here you can write ${allowed.join(', ')}.`;
  return isOtherName(key, meant) ? `Write ${meant}.` : `Did you mean "${meant}"?`;
}

function ordinary(issue: Issue, path: Path, isKey: boolean, value: unknown): Fault {
  const at = isKey ? 'key' : 'value';
  if (isKey) return { code: 'config/wrong-type', path, at, text: issue.message };
  if (value === undefined) return missing(path);
  const name = path.findLast((step) => typeof step === 'string');
  const text = name === undefined || path.length === 0 ? issue.message : `${name}: ${issue.message}`;
  return { code: codeOf(issue, value), path, at, text };
}

function codeOf(issue: Issue, value: unknown): Fault['code'] {
  if (issue.pattern === String(addressPattern)) return 'config/bad-url';
  return value === null || (Array.isArray(value) && issue.code === 'too_small')
    ? 'config/missing'
    : 'config/wrong-type';
}

const missingExamples: Readonly<Record<string, string>> = {
  sections: 'Three lines are enough:  sections:  and below it  calais:  and below that  - https://example.org/feed',
  sources: 'Write  sources:  and below it a list of addresses.',
  url: 'Write  url: https://example.org/feed',
  item: 'Write the CSS selector of one item, for example  item: article',
  by: 'Write who of the group has agreed, for example  by: Amal of the editors',
  on: 'Write the day on which they did, for example  on: 2026-11-20',
  email: 'Write  email: news@lists.example.org',
};

function missing(path: Path): Fault {
  const key = String(path.at(-1));
  return {
    code: 'config/missing',
    path: path.slice(0, -1),
    at: 'value',
    text: `${key} is missing. ${missingExamples[key] ?? ''}`.trim(),
  };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[step] : undefined,
    value,
  );
}
