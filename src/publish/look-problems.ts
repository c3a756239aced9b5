/** What is wrong with the files that a site's maintainer has dressed it with. */
import type { LookFile } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { type Fault, placeIn } from './look/faults.ts';
import { type Dressed, lookOf } from './look/look.ts';

/**
 * Everything, file by file, in the order of the lines.
 * Problems: look/unreadable, broken, left-out, as-it-is
 */
export function lookProblems(site: Dressed): readonly Problem[] {
  const { faults } = lookOf(site);
  return (site.look ?? []).flatMap((file) => {
    if (file.mistake !== undefined)
      return [problem('look/unreadable', { file: file.path }, `is not used: ${file.mistake}`)];
    return problemsIn(file, faults.get(file) ?? []);
  });
}

function problemsIn({ path, text, bytes }: LookFile, faults: readonly Fault[]): readonly Problem[] {
  const written = bytes === undefined || faults.length === 0 ? text : Buffer.from(bytes, 'base64').toString('utf8'); // a drawing
  const sorted = faults.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0));
  const told = sorted
    .slice(0, mostTold)
    .map((fault) => problem(fault.code, { file: path, ...placeIn(written, fault.at) }, fault.text));
  const [next, ...more] = sorted.slice(mostTold);
  if (next === undefined) return told;
  const rest = `and ${more.length + 1} more like these.`;
  return [...told, problem(next.code, { file: path, ...placeIn(written, next.at) }, rest)];
}

/** Of one file: a page saved from elsewhere may have thousands. */
const mostTold = 20;
