/** What stands at a story's address when the story does not: that it was withdrawn, or where it has gone. */
import type { SiteView, StoryView } from '../views.ts';
import { Frame, type Head, renderDocument } from './document.tsx';
import { type Page, pageAt } from './page.ts';
import { Ways } from './ways.tsx';

/** No page of its own for anybody who searches. */
const nothingHere = { description: undefined, type: 'website', canonical: undefined, noIndex: true } as const;

/** The page at the old address of a story that was joined to another: leads on, without a script. */
export function renderMoved(site: SiteView, uid: string, now: string): string {
  const page = pageAt(site, `story/${uid}/`, site.site.lang);
  const target = page.to(`story/${now}/`);
  const head: Head = {
    title: page.words.attribution,
    ...nothingHere,
    goOnTo: target,
  };
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content" class="notice">
        <h1>{page.words.attribution}</h1>
        <p>
          {page.words.moved} <a href={target}>{target}</a>
        </p>
      </main>
    </Frame>,
  );
}

/** That a text was withdrawn, and nothing else of it. */
export function renderWithdrawn(page: Page, story: StoryView, at: number): string {
  const { words } = page;
  const { name } = story.original.group;
  const day = page.moments.day(at);
  const head: Head = {
    title: words.withdrawnTitle,
    ...nothingHere,
    isWithdrawn: true,
  };
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content" class="notice">
        <Ways page={page} story={story} />
        <h1>{words.withdrawnTitle}</h1>
        <p>{name === '' ? words.withdrawn(day) : words.withdrawnBy(name, day)}</p>
      </main>
    </Frame>,
  );
}
