/** The two pictures of the board, each with the same in a sentence or a table, for whoever does not see it. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Instant } from '../../model.ts';
import { dayOf } from '../../telling/instants.ts';
import { plainLine } from '../../text/safe.ts';
import { firstWeekShown, type NamedCount, relayOf, relayWidth, weekBar, weekBars, weekMs } from '../figures.ts';
import { Foreign } from './frame.tsx';

export function WeekFigure({
  counts,
  now,
}: {
  readonly counts: readonly number[];
  readonly now: Instant;
}): JSX.Element {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const first = firstWeekShown(now);
  return (
    <figure>
      <svg
        class="weeks"
        viewBox={`0 0 ${counts.length * weekBar.step} ${weekBar.high}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={weekBars(counts)} />
      </svg>
      <figcaption>
        {`${all} stories in ${counts.length} weeks, ${counts.at(-1) ?? 0} of them in this one; ${Math.max(0, ...counts)} in the fullest. From ${dayOf(first)} to ${dayOf(now)}.`}
      </figcaption>
      <details>
        <summary>Week by week</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Week from</th>
                <th scope="col">Stories</th>
              </tr>
            </thead>
            <tbody>
              {counts.map((count, at) => (
                <tr>
                  <th scope="row">{dayOf(first + at * weekMs)}</th>
                  <td>{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** Rows of the table. */
const mostRows = 50;
const longestLabel = 26;

export function RelayFigure({ counts }: { readonly counts: readonly NamedCount[] }): JSX.Element {
  if (counts.length === 0)
    return <p class="faint">Nobody has passed on anything in the last 26 weeks, as far as posts say.</p>;
  const { authors, reposters, lines, height } = relayOf(counts);
  return (
    <figure>
      <svg class="relay" viewBox={`0 0 ${relayWidth} ${height}`} aria-hidden="true">
        {lines.map(({ path, width }) => (
          <path d={path} stroke-width={width} />
        ))}
        {authors.map(({ name, y }) => (
          <>
            <circle cx="220" cy={y} r="4" />
            <text x="208" y={y + 5} text-anchor="end">
              {plainLine(name, longestLabel)}
            </text>
          </>
        ))}
        {reposters.map(({ name, y }) => (
          <>
            <circle cx="380" cy={y} r="4" />
            <text x="392" y={y + 5}>
              {plainLine(name, longestLabel)}
            </text>
          </>
        ))}
      </svg>
      <figcaption>
        On the left who wrote, on the right who passed it on, in the last 26 weeks; the thicker, the more stories.
      </figcaption>
      <details>
        <summary>As a table</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Written by</th>
                <th scope="col">Passed on by</th>
                <th scope="col">Stories</th>
              </tr>
            </thead>
            <tbody>
              {counts.slice(0, mostRows).map(({ author, by, stories }) => (
                <tr>
                  <td>
                    <Foreign text={author} />
                  </td>
                  <td>
                    <Foreign text={by} />
                  </td>
                  <td>{stories}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
