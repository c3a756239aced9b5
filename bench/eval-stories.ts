/**
 * `npm run eval:stories [-- --labels L.jsonl --pairs P.jsonl --split S --order O --fails --predictions FILE]`: how well
 * reposts are recognised and credited. The labelled posts and their scorer (`eval/eval.mjs`, which gets all other options)
 * lie beside the project and are never part of it; without them this says so and is done. Exit code: the scorer's; 1 where
 * a post was not stored, 2 for a wrong option.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { arrivals } from './arrivals.ts';
import { findEvaluation } from './evaluation-data.ts';
import { labelOf, postOf, readPairs, readRows } from './labelled-posts.ts';
import { predictionsOf } from './predictions.ts';
import { faultsIn } from './story-faults.ts';
import { type Telling, type Told, tellStories } from './told-stories.ts';

const options = {
  labels: { type: 'string' },
  pairs: { type: 'string' },
  split: { type: 'string' },
  order: { type: 'string' },
  predictions: { type: 'string' },
  fails: { type: 'boolean' },
} as const;

interface Asked {
  readonly scorer: string;
  readonly labels: string;
  readonly pairs: string | undefined;
  readonly split: string;
  readonly order: string | undefined;
  readonly predictions: string | undefined;
  readonly hasFails: boolean;
  /** For the scorer, as they were given. */
  readonly others: readonly string[];
}

function readArguments(args: readonly string[]): Asked | undefined {
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const ours = new Set<number>();
  for (const token of tokens)
    if (token.kind === 'option' && token.name in options)
      for (let at = token.index; at <= token.index + (token.inlineValue === false ? 1 : 0); at++) ours.add(at);
  const given = (name: keyof typeof options): string | undefined =>
    typeof values[name] === 'string' ? values[name] : undefined;
  const scorer = findEvaluation('eval.mjs');
  const labels = given('labels') ?? findEvaluation('reposts-open.jsonl');
  if (scorer === undefined || labels === undefined) return undefined;
  const isOpen = given('labels') === undefined;
  return {
    scorer,
    labels: resolve(labels),
    pairs: given('pairs') ?? (isOpen ? findEvaluation('pairs-open.jsonl') : undefined),
    split: given('split') ?? (isOpen ? 'open' : 'all'),
    order: given('order'),
    predictions: given('predictions'),
    hasFails: values.fails === true,
    others: args.filter((_, at) => !ours.has(at)),
  };
}

/** Said on the error output, so that `--json` stays the scorer's. */
function report({ passes, accepted, problems, missing }: Telling, posts: number): void {
  console.error(`${posts} posts in ${passes} ${passes === 1 ? 'pass' : 'passes'}, ${accepted} holds accepted`);
  for (const problem of problems) console.error(`  ${problem}`);
  if (missing.length === 0) return;
  console.error(`\nNOT STORED, so that the figures below are worth nothing: ${missing.length} of ${posts} posts`);
  for (const id of missing) console.error(`  ${id}`);
}

/** What the scorer cannot tell apart. */
function reportLinks(told: readonly Told[]): void {
  const stories = new Set(told.map(({ story }) => story));
  const linked = new Map(told.map(({ story, family }) => [story, family]));
  const families = new Set(linked.values());
  const ofMany = [...families].filter((family) => [...linked.values()].filter((one) => one === family).length > 1);
  const inMany = [...linked.values()].filter((family) => ofMany.includes(family)).length;
  console.error(`${told.length - stories.size} posts merged into stories of others, ${stories.size} stories`);
  console.error(`stories linked as translations count as one: ${inMany} are linked, into ${ofMany.length}`);
}

async function evaluate(asked: Asked): Promise<number> {
  const rows = readRows(asked.labels);
  const posts = rows.map(postOf);
  const isOfSplit = ({ split }: { readonly split: string }): boolean => asked.split === 'all' || split === asked.split;
  const telling = await tellStories(arrivals(posts, asked.order));
  report(telling, posts.length);
  reportLinks([...telling.told.values()]);
  const labels = rows.map(labelOf);
  const groupIds = [...new Set([...posts.map(({ group }) => group), ...labels.map(({ originGroup }) => originGroup)])];
  const predictions = predictionsOf(posts, telling.told, groupIds);
  const folder = mkdtempSync(join(tmpdir(), 'relais-predictions-'));
  const file = asked.predictions ?? join(folder, 'predictions.jsonl');
  try {
    writeFileSync(file, predictions.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const pairs = asked.pairs === undefined ? [] : ['--pairs', asked.pairs];
    const args = ['--labels', asked.labels, '--pred', file, ...pairs, '--split', asked.split, ...asked.others];
    const scoring = spawnSync(process.execPath, [asked.scorer, ...args], { stdio: 'inherit' });
    if (asked.hasFails) {
      const scored = asked.pairs === undefined ? [] : readPairs(asked.pairs).filter(isOfSplit);
      const ofSplit = labels.filter(isOfSplit);
      const ids = new Set(ofSplit.map(({ id }) => id));
      const split = { labels: ofSplit, predictions: predictions.filter(({ id }) => ids.has(id)), pairs: scored };
      for (const line of faultsIn({ ...split, posts, told: telling.told })) console.log(line);
    }
    return telling.missing.length > 0 ? 1 : (scoring.status ?? 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const asked = readArguments(process.argv.slice(2));
if (asked === undefined) {
  console.log('There is no evaluation data beside this project (a folder with eval/eval.mjs): nothing to score.');
} else {
  try {
    process.exitCode = await evaluate(asked);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
