/**
 * `npm run bench:stories [-- --seed 1 --each 30 --order O --fails]`: how well each way of passing a text on is recognised, in a world
 * of our own words (graded-world.ts) that takes the way of every day. Figures of a made-up world find what has become
 * worse; what is good enough, posts of real people say (`npm run eval:stories`). Exit code 1 where a post was not stored.
 */
import { parseArgs } from 'node:util';
import { arrivals } from './arrivals.ts';
import { labelsOf, scoreGrades } from './grade-scores.ts';
import { gradedWorld } from './graded-world.ts';
import { predictionsOf } from './predictions.ts';
import { faultsIn } from './story-faults.ts';
import { tellStories } from './told-stories.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '30' },
    order: { type: 'string' },
    fails: { type: 'boolean', default: false },
  },
});
const world = gradedWorld(Number(values.seed), Number(values.each));
const telling = await tellStories(arrivals(world.posts, values.order));
const authors = [...new Set(world.copies.map((one) => one.authors))];
const predictions = predictionsOf(world.posts, telling.told, authors);
const { copies, lookalikes, precision, recall, strangers } = scoreGrades(world, predictions);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
console.log(
  `\n${world.posts.length} posts, seed ${values.seed}, ${telling.passes} ${telling.passes === 1 ? 'pass' : 'passes'}, ${telling.accepted} holds accepted\n`,
);
console.log('| passed on | pairs | in one story | authors right |\n|---|---|---|---|');
for (const { name, pairs, merged, credited } of copies)
  console.log(`| ${name} | ${pairs} | ${percent(merged / pairs)} | ${percent(credited / pairs)} |`);
console.log('\n| must stay apart | pairs | merged |\n|---|---|---|');
for (const { name, pairs, merged } of lookalikes) console.log(`| ${name} | ${pairs} | ${merged} |`);
console.log(`| all others | | ${strangers} |`);
console.log(`\nof all pairs: precision ${percent(precision)}, recall ${percent(recall)}`);
if (values.fails) {
  const judged = { ...labelsOf(world), posts: world.posts, predictions, told: telling.told };
  for (const line of faultsIn(judged)) console.log(line);
}
for (const problem of telling.problems) console.log(problem);
if (telling.missing.length > 0) {
  console.log(`\nNOT STORED, so that the figures are worth nothing: ${telling.missing.join(', ')}`);
  process.exitCode = 1;
}
