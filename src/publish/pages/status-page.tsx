/** How the sources stand to the page that says so to everyone: each with its state in words and its last thirty days. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Instant } from '../../model.ts';
import type { StatusDay } from '../../source-status.ts';
import type { SiteView, StatusRow, StatusView } from '../views.ts';
import type { Words } from '../words.ts';
import { publishedAt } from './address.ts';
import { Frame, renderDocument } from './document.tsx';
import { Outside } from './outside.tsx';
import { onlyPart, type Page, type Part, pageAt, partPath } from './page.ts';
import { Moment, PageNumbers, State } from './pieces.tsx';

/** The status page, `status/index.html`, or one of the pages that many sources are spread over. */
export function renderStatus(site: SiteView, { at, answering, of, rows }: StatusView, part: Part = onlyPart): string {
  const first = 'status/';
  const path = partPath(first, part.page);
  const page = pageAt(site, path, site.site.lang);
  const { words, moments } = page;
  const head = {
    title: part.page === 1 ? words.stateOfSources : `${words.stateOfSources} (${part.page}/${part.of})`,
    description: words.stateHow,
    type: 'website',
    canonical: publishedAt(site.site, path),
  } as const;
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content">
        <header class="opening">
          <h1>{words.stateOfSources}</h1>
          <p class="about">{words.answering(answering, of)}</p>
          <p class="lately">
            {words.asOf}{' '}
            <time datetime={moments.machine(at)} title={moments.gregorian(at)}>
              {moments.day(at)} – {moments.time(at)}
            </time>
          </p>
          <p class="lately">{words.stateHow}</p>
        </header>
        {rows.length === 0 ? (
          <p class="nothing">{words.nothingYet}</p>
        ) : (
          <ul class="register">
            {rows.map((row) => (
              <Row page={page} row={row} />
            ))}
          </ul>
        )}
        <PageNumbers page={page} pathOf={(number) => partPath(first, number)} part={part} name={words.stateOfSources} />
      </main>
    </Frame>,
  );
}

interface RowProperties {
  readonly page: Page;
  readonly row: StatusRow;
}

function Row({ page, row }: RowProperties): JSX.Element {
  const { words } = page;
  return (
    <li class={row.state}>
      <h2>
        <bdi>
          <Outside to={row.home}>{row.name}</Outside>
        </bdi>
      </h2>
      <State page={page} source={row} />
      <dl>
        <Last page={page} label={words.lastAnswer} at={row.lastSuccess} />
        <Last page={page} label={words.lastNew} at={row.lastNewItem} />
      </dl>
      <Days words={words} days={row.days} />
    </li>
  );
}

interface LastProperties {
  readonly page: Page;
  readonly label: string;
  readonly at: Instant | undefined;
}

function Last({ page, label, at }: LastProperties): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{at === undefined ? '–' : <Moment page={page} at={at} show="day" />}</dd>
    </div>
  );
}

interface DaysProperties {
  readonly words: Pick<Words, 'lastDays'>;
  readonly days: readonly StatusDay[];
}

/** The bar is for the eye; the sentence below it says the same to everyone. Nothing where nothing was asked. */
export function Days({ words, days }: DaysProperties): JSX.Element | null {
  const answered = days.filter((day) => day.answered > 0).length;
  const failed = days.filter((day) => day.answered === 0 && day.failed > 0).length;
  if (answered + failed === 0) return null;
  const newItems = days.reduce((sum, day) => sum + day.newItems, 0);
  return (
    <div class="lately">
      <svg class="bar" viewBox={`0 0 ${days.length * step} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {shapesOf(days).map(({ kind, path }) => (
          <path class={kind} d={path} />
        ))}
      </svg>
      <p>{words.lastDays(days.length, answered, failed, newItems)}</p>
    </div>
  );
}

const height = 16;
const step = 4;

/** How a day is drawn, by the size of its block: taller is better, so that it can be read without seeing colours. */
const drawn = { ok: [3, 16], some: [3, 11], bad: [3, 5], none: [1, 1] } as const;
type Kind = keyof typeof drawn;

function kindOf({ answered, failed }: StatusDay): Kind {
  if (answered > 0) return failed > 0 ? 'some' : 'ok';
  return failed > 0 ? 'bad' : 'none';
}

/** One path for all days of a kind: a page of a thousand sources is one that a phone can still open. */
function shapesOf(days: readonly StatusDay[]): { readonly kind: Kind; readonly path: string }[] {
  const paths = new Map<Kind, string>();
  for (const [at, day] of days.entries()) {
    const kind = kindOf(day);
    const [wide, high] = drawn[kind];
    const start = at * step + (step - 1 - wide) / 2;
    paths.set(kind, `${paths.get(kind) ?? ''}M${start} ${height}v-${high}h${wide}v${high}z`);
  }
  return [...paths].map(([kind, path]) => ({ kind, path }));
}
