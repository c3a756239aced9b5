/** The page to search from: with a script for hosts that only serve files, and with its hits where our own server makes it. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SearchEntry } from '../../search-library.ts';
import type { SiteView } from '../views.ts';
import { colon } from '../words/grammar.ts';
import { Frame, renderDocument } from './document.tsx';
import { langAttribute, lineIn, type Page, pageAt } from './page.ts';
import { Moment } from './pieces.tsx';

/** What somebody has searched for, and the part of what was found that is shown. */
export interface SearchResult {
  /** As it was written. */
  readonly asked: string;
  readonly section: string | undefined;
  readonly hits: readonly SearchEntry[];
  /** 1 is that of the newest hits. */
  readonly page: number;
  readonly hasMore: boolean;
  /** The index is not there yet: that nothing is found says nothing. */
  readonly isBeingMade: boolean;
}

interface PartProperties {
  readonly page: Page;
  readonly result: SearchResult | undefined;
}

/** Path of the page. */
const searchPath = 'search/';

/** @param result undefined for the page as a file, which brings its script */
export function renderSearch(site: SiteView, result: SearchResult | undefined): string {
  const page = pageAt(site, searchPath, site.site.lang);
  const { searching } = page.words;
  const isFile = result === undefined;
  const head = {
    title: searching.title,
    description: undefined,
    type: 'website',
    canonical: undefined,
    noIndex: true,
    script: isFile ? `${searchPath}search.js` : undefined,
  } as const;
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content">
        <header class="opening">
          <h1>{searching.title}</h1>
          <p class="about">{searching.how}</p>
        </header>
        <Form page={page} result={result} />
        <p id="told" class="nothing" role="status">
          {told(page, result)}
        </p>
        <ul id="found" class="lines">
          {result?.hits.map((hit) => (
            <Hit page={page} hit={hit} />
          ))}
        </ul>
        {isFile ? (
          <button id="older" type="button" hidden>
            {page.words.earlier}
          </button>
        ) : (
          <Ways page={page} result={result} />
        )}
      </main>
    </Frame>,
  );
}

/** Of a file, what the script takes away once it runs: it stays where there are none, where one is forbidden, and where it is not understood. */
function told({ words: { searching } }: Page, result: SearchResult | undefined): string {
  if (result === undefined) return searching.needsScript;
  if (result.asked === '' || result.hits.length > 0) return '';
  return result.isBeingMade ? searching.failed : searching.none;
}

function Form({ page, result }: PartProperties): JSX.Element {
  const { searching, sections: label } = page.words;
  const { sections } = page.site;
  const isFile = result === undefined;
  return (
    <search>
      <form
        class="seek"
        method="get"
        action={isFile ? undefined : page.to(searchPath)}
        hidden={isFile}
        data-locale={isFile ? page.words.locale : undefined}
        data-none={isFile ? searching.none : undefined}
        data-found={isFile ? `${searching.found}${colon(page.lang)}` : undefined}
        data-working={isFile ? searching.working : undefined}
        data-failed={isFile ? searching.failed : undefined}
      >
        <label>
          <span>{searching.words}</span>
          <input type="search" name="q" value={result?.asked ?? ''} dir="auto" maxlength={200} />
        </label>
        {sections.length < 2 ? null : (
          <label>
            <span>{label}</span>
            <select name="section">
              <option value="">{searching.everywhere}</option>
              {sections.map(({ section }) => (
                <option
                  value={section.id}
                  selected={section.id === result?.section}
                  {...lineIn(section.lang, section.title)}
                >
                  {section.title}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="submit">{searching.title}</button>
      </form>
    </search>
  );
}

function Hit({ page, hit }: { readonly page: Page; readonly hit: SearchEntry }): JSX.Element {
  const words = { lang: langAttribute(hit.lang), dir: hit.dir };
  return (
    <li>
      <Moment page={page} at={hit.published} show="day" />
      <div class="what">
        <p>
          <span {...words}>
            <a href={page.to(`story/${hit.uid}/`)}>{hit.heading}</a>
          </span>{' '}
          <span class="by">
            <bdi>{hit.group}</bdi>
          </span>
        </p>
        {hit.excerpt === '' ? null : <p {...words}>{hit.excerpt}</p>}
      </div>
    </li>
  );
}

function Ways({ page, result }: { readonly page: Page; readonly result: SearchResult }): JSX.Element | null {
  if (result.page === 1 && !result.hasMore) return null;
  const to = (number: number): string => {
    const section = result.section === undefined ? {} : { section: result.section };
    return `?${new URLSearchParams({ q: result.asked, ...section, page: String(number) })}`;
  };
  return (
    <nav class="neighbours" aria-label={page.words.searching.found}>
      {result.hasMore ? (
        <a rel="next" href={to(result.page + 1)}>
          {page.words.earlier}
        </a>
      ) : null}
      {result.page > 1 ? (
        <a rel="prev" href={to(result.page - 1)}>
          {page.words.later}
        </a>
      ) : null}
    </nav>
  );
}
