/** All sections to the front page: a board with the newest stories of each. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { LastAnswer, SectionView, SiteView, StoryView } from '../views.ts';
import { momentsFor } from '../words.ts';
import { publishedAt } from './address.ts';
import { Frame, renderDocument } from './document.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
import { AuthorCard, Chain, Dated, lineOf, TitleLink } from './pieces.tsx';

/** Lines a section has on the board; the rest is on its page. */
const linesEach = 5;

/**
 * The site's front page, `index.html`.
 * @param sections in the order of the configuration, stories newest first
 * @param lastAnswer undefined while no source has answered yet
 */
export function renderFront(
  site: SiteView,
  sections: readonly SectionView[],
  lastAnswer: LastAnswer | undefined,
): string {
  const page = pageAt(site, '', site.site.lang);
  const head = {
    title: site.site.title,
    description: undefined,
    type: 'website',
    canonical: publishedAt(site.site, ''),
  } as const;
  return renderDocument(
    <Frame page={page} head={head} isFront footnote={lastAnswer && <Asked page={page} lastAnswer={lastAnswer} />}>
      <main id="content" class="board">
        {sections.length === 0 ? <p class="nothing">{page.words.nothingYet}</p> : null}
        {sections.map((view) => (
          <Station page={page} view={view} />
        ))}
      </main>
    </Frame>,
  );
}

/** The day on which a source last answered: a relay that has stopped shows it by this. */
function Asked({ page, lastAnswer }: { readonly page: Page; readonly lastAnswer: LastAnswer }): JSX.Element {
  const { words } = page;
  const moments = momentsFor(page.lang, { ...page.site.site, timezone: 'UTC' }); // the day is one of the site's calendar already
  return (
    <p class={lastAnswer.isOld ? 'old' : undefined}>
      {lastAnswer.isOld ? words.noAnswerSince : words.sourcesAnswered}{' '}
      <time datetime={moments.date(lastAnswer.day)} title={moments.gregorian(lastAnswer.day)}>
        {moments.day(lastAnswer.day)}
      </time>
    </p>
  );
}

function Station({ page, view }: { readonly page: Page; readonly view: SectionView }): JSX.Element {
  const { words } = page;
  const { section } = view;
  const stories = view.stories.filter((story) => story.withdrawn === undefined).slice(0, linesEach);
  return (
    <section class="station h-feed" aria-labelledby={`of-${section.id}`}>
      <header>
        <h2 id={`of-${section.id}`} class="p-name" {...lineIn(section.lang, section.title)}>
          <a class="u-url" href={page.to(view.path)}>
            {section.title}
          </a>
        </h2>
        {section.about === undefined ? null : (
          <p class="about" {...lineIn(section.lang, section.about)}>
            {section.about}
          </p>
        )}
      </header>
      {stories.length === 0 ? (
        <p class="nothing">{words.nothingYet}</p>
      ) : (
        <ul class="lines">
          {stories.map((story) => (
            <Line page={page} story={story} />
          ))}
        </ul>
      )}
      <ul class="doors">
        <li class="on">
          <a href={page.to(view.path)}>{words.allOf(section.title)}</a>
        </li>
        {view.digest === undefined ? null : (
          <li>
            <a href={page.to(view.digest.path)}>{words.newestDigest}</a>
          </li>
        )}
        <li>
          <a href={page.to(`${view.path}feed.xml`)} type="application/rss+xml">
            {words.rssFeedForSection}
          </a>
        </li>
      </ul>
    </section>
  );
}

function Line({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element {
  const { group } = story.original;
  return (
    <li class="h-entry">
      <Dated page={page} of={{ date: story.published, isDated: story.isDated }} show="day" class="dt-published" />
      <p class="what">
        <span {...lineOf(story)}>
          <TitleLink page={page} story={story} />
        </span>
        <span class="by">
          <Chain story={story} /> <bdi>{group.name}</bdi>
        </span>
        <AuthorCard story={story} />
      </p>
    </li>
  );
}
