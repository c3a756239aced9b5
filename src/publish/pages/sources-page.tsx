/** The sources to the page that names them: whose texts these are, on what terms, and whether they answer. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { nowherePath, sourcePath } from '../source-path.ts';
import type { SiteView, SourceView } from '../views.ts';
import { outsideLink, publishedAt } from './address.ts';
import { Frame, renderDocument } from './document.tsx';
import { Outside } from './outside.tsx';
import { lineIn, onlyPart, type Page, type Part, pageAt, partPath } from './page.ts';
import { Licence, PageNumbers, State } from './pieces.tsx';

/** The page of all sources, `sources/index.html`, or one of the pages that many are spread over. */
export function renderSources(site: SiteView, sources: readonly SourceView[], part: Part = onlyPart): string {
  const first = 'sources/';
  const path = partPath(first, part.page);
  const page = pageAt(site, path, site.site.lang);
  const { words } = page;
  const head = {
    title: part.page === 1 ? words.sources : `${words.sources} (${part.page}/${part.of})`,
    description: words.sourcesHow,
    type: 'website',
    canonical: publishedAt(site.site, path),
  } as const;
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content">
        <header class="opening">
          <h1>{words.sources}</h1>
          <p class="about">{words.sourcesHow}</p>
          <ul class="doors">
            <li class="on">
              <a href={page.to('status/')}>{words.stateOfSources}</a>
            </li>
            <li>
              <a href={page.to(nowherePath)}>{words.shownNowhere}</a>
            </li>
          </ul>
        </header>
        {sources.length === 0 ? (
          <p class="nothing">{words.nothingYet}</p>
        ) : (
          <ul class="register">
            {sources.map((source) => (
              <Entry page={page} source={source} />
            ))}
          </ul>
        )}
        <PageNumbers page={page} pathOf={(number) => partPath(first, number)} part={part} name={words.sources} />
      </main>
    </Frame>,
  );
}

function Entry({ page, source }: { readonly page: Page; readonly source: SourceView }): JSX.Element {
  const { words } = page;
  const sections = page.site.sections.filter(({ section }) => source.sections.includes(section.id));
  return (
    <li class={source.state}>
      <h2>
        <bdi>
          <Outside to={source.home}>{source.name}</Outside>
        </bdi>
      </h2>
      <State page={page} source={source} />
      <dl>
        {sections.length === 0 ? null : (
          <div>
            <dt>{words.sections}</dt>
            {sections.map(({ section, path }) => (
              <dd>
                <a href={page.to(path)}>
                  <bdi {...lineIn(section.lang, section.title)}>{section.title}</bdi>
                </a>
              </dd>
            ))}
          </div>
        )}
        <div>
          <dt>{words.shown}</dt>
          <dd>{words.shows[source.show]}</dd>
        </div>
        {source.licence === undefined ? null : (
          <div>
            <dt>{words.licence}</dt>
            <dd>
              <Licence licence={source.licence} />
            </dd>
          </div>
        )}
        <div>
          <dt>{words.feedAddress}</dt>
          <dd dir="ltr" class="address">
            <Outside to={source.feedUrl}>{outsideLink(source.feedUrl) ?? source.feedUrl}</Outside>
          </dd>
        </div>
        <div>
          <dd>
            <a href={page.to(sourcePath(source.key))}>
              {words.howTreated} <span class="heard">{source.name}</span>
            </a>
          </dd>
        </div>
      </dl>
    </li>
  );
}
