/** What stands beside a section's stories: how to subscribe, the months, the sources. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { monthsBeside } from '../section-state.ts';
import { absenceOf } from '../source-view.ts';
import type { SectionView, SourceView } from '../views.ts';
import { languageName } from '../words.ts';
import { publishedAt } from './address.ts';
import { feedsOf } from './document.tsx';
import { Outside } from './outside.tsx';
import type { Page } from './page.ts';

interface PartProperties {
  readonly page: Page;
  readonly view: SectionView;
}

/** The margin of a section's page and of its months' pages: what a month's page says changes with that month alone. */
export function Margin({ page, view }: PartProperties): JSX.Element {
  const isSection = page.path === view.path;
  return (
    <div class="margin">
      <Subscribe page={page} view={view} />
      {isSection && view.months.length > 0 ? <MonthsBeside page={page} view={view} /> : null}
      {view.sources.length === 0 ? null : <Sources page={page} sources={view.sources} />}
    </div>
  );
}

/** The three feeds in plain words; their addresses in fields that a tap or the tab key selects whole. */
function Subscribe({ page, view }: PartProperties): JSX.Element {
  const { words } = page;
  return (
    <section id="subscribe" aria-labelledby="subscribe-title">
      <h2 id="subscribe-title">{words.subscribe}</h2>
      <p>{words.subscribeHow}</p>
      <ul class="feeds">
        {feedsOf(page, view.path).map(({ path, type, label }) => {
          const address = publishedAt(page.site.site, path);
          return (
            <li>
              <a href={page.to(path)} type={type}>
                {label}
              </a>
              {address === undefined ? null : (
                <input type="text" readonly dir="ltr" value={address} aria-label={words.addressOf(label)} />
              )}
            </li>
          );
        })}
      </ul>
      {view.languages.length === 0 ? null : <Languages page={page} view={view} />}
    </section>
  );
}

/** The same three for those who read one language. */
function Languages({ page, view }: PartProperties): JSX.Element {
  return (
    <>
      <h3>{page.words.oneLanguage}</h3>
      <ul class="tongues">
        {view.languages.map(({ lang, path }) => (
          <li>
            <bdi lang={lang}>{languageName(lang)}</bdi>:{' '}
            {feedsOf(page, path).map(({ path: file, type, name }) => (
              <>
                <a href={page.to(file)} type={type} hreflang={lang} aria-label={`${name}, ${languageName(lang)}`}>
                  {name}
                </a>{' '}
              </>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function MonthsBeside({ page, view }: PartProperties): JSX.Element {
  const { months } = page.words;
  const isAll = view.months.length <= monthsBeside;
  return (
    <nav id="months" aria-labelledby="months-title">
      <h2 id="months-title">{isAll ? months : <a href={page.to(monthsPath(view.path))}>{months}</a>}</h2>
      <Months page={page} months={view.months.slice(0, monthsBeside)} />
    </nav>
  );
}

interface MonthsProperties {
  readonly page: Page;
  readonly months: SectionView['months'];
}

/** Links to months, with the number of stories in each. */
export function Months({ page, months }: MonthsProperties): JSX.Element {
  return (
    <ul class="months">
      {months.map(({ month, path, count }) => (
        <li>
          <a href={page.to(path)}>{page.moments.month(month)}</a> <small>{page.words.stories(count)}</small>
        </li>
      ))}
    </ul>
  );
}

/** Of the page that names all months of a section. */
export function monthsPath(section: string): string {
  return `${section}months/`;
}

function Sources({ page, sources }: { readonly page: Page; readonly sources: readonly SourceView[] }): JSX.Element {
  return (
    <section aria-labelledby="sources-title">
      <h2 id="sources-title">{page.words.sources}</h2>
      <ul class="sources">
        {sources.map((source) => {
          const absence = absenceOf(source);
          return (
            <li class={absence === undefined ? undefined : 'away'}>
              <bdi>
                <Outside to={source.home}>{source.name}</Outside>
              </bdi>
              {absence === undefined ? null : (
                <>
                  {' '}
                  <small>{page.words.states[absence]}</small>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <p>
        <a href={page.to('sources/')}>{page.words.allSources}</a>
      </p>
    </section>
  );
}
