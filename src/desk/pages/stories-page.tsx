/** The stories, the newest first, and a search by address, guid or words. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Instant } from '../../model.ts';
import { dayOf } from '../../telling/instants.ts';
import { Foreign, Frame, hrefOf, renderPage, type Sitting } from './frame.tsx';

export interface StoryLine {
  readonly uid: string;
  readonly title: string;
  readonly group: string;
  readonly date: Instant;
  /** What else a maintainer looks for: how many carry it, that nobody says who wrote it, that it was taken back. */
  readonly remarks: readonly string[];
}

export interface StoriesPage {
  readonly asked: string;
  readonly lines: readonly StoryLine[];
  readonly page: number;
  readonly hasMore: boolean;
  /** Why nothing can be found by words. */
  readonly trouble: string | undefined;
}

export function renderStories({ asked, lines, page, hasMore, trouble }: StoriesPage, sitting: Sitting): string {
  return renderPage(
    <Frame title="Stories" sitting={sitting} current="stories">
      <search>
        <form method="get" action={hrefOf('stories')}>
          <div class="fields">
            <div>
              <label for="q">Address, guid or words</label>
              <input id="q" name="q" type="search" value={asked} maxlength={2000} />
            </div>
            <button type="submit">Find</button>
          </div>
        </form>
      </search>
      {trouble === undefined ? null : <p role="status">{trouble}</p>}
      {lines.length === 0 && trouble === undefined ? (
        <p role="status">{asked === '' ? 'There is no story yet.' : 'Nothing is stored under that.'}</p>
      ) : null}
      <ul class="rows">
        {lines.map((line) => (
          <Entry line={line} />
        ))}
      </ul>
      <Pages asked={asked} page={page} hasMore={hasMore} />
    </Frame>,
  );
}

function Entry({ line: { uid, title, group, date, remarks } }: { readonly line: StoryLine }): JSX.Element {
  return (
    <li>
      <h2 class="line">
        <a href={hrefOf(`story/${uid}`)}>
          <Foreign text={title} />
        </a>
      </h2>
      <p class="faint">
        <Foreign text={group} />
        {[` · ${dayOf(date)}`, ...remarks].join(' · ')}
      </p>
    </li>
  );
}

function Pages({ asked, page, hasMore }: Pick<StoriesPage, 'asked' | 'page' | 'hasMore'>): JSX.Element | null {
  if (page === 1 && !hasMore) return null;
  const to = (number: number): string =>
    `${hrefOf('stories')}?${new URLSearchParams({ ...(asked === '' ? {} : { q: asked }), page: String(number) }).toString()}`;
  return (
    <nav aria-label="More stories" class="acts">
      {page > 1 ? <a href={to(page - 1)}>Newer</a> : null}
      {hasMore ? <a href={to(page + 1)}>Older</a> : null}
    </nav>
  );
}
