/**
 * How a source is treated to the page that says so to the people who write it, in the source's language where Relais speaks it; and
 * the one page about all sources of which nothing is shown.
 */
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { FilterView, PartnerView } from '../partner-view.ts';
import { nowherePath } from '../source-path.ts';
import type { SiteView } from '../views.ts';
import { colon } from '../words/grammar.ts';
import { type PartnerWords, partnerWordsFor } from '../words.ts';
import { outsideLink } from './address.ts';
import { Frame, renderDocument } from './document.tsx';
import { Outside } from './outside.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
import { Flaws, Network } from './partner-parts.tsx';
import { Contact, Yours } from './partner-remedies.tsx';
import { Licence, Moment, State } from './pieces.tsx';
import { Safe } from './safe.tsx';

interface PartProperties {
  readonly page: Page;
  readonly says: PartnerWords;
  readonly view: PartnerView;
}

/** The page of a source. It is for its group and no search engine: their own page is to be found first. */
export function renderPartner(site: SiteView, view: PartnerView): string {
  const page = pageAt(site, view.path, view.source.lang ?? site.site.lang);
  const says = partnerWordsFor(page.lang, page.site.site);
  const { name, home } = view.source;
  const title = says.title(`\u2068${name}\u2069`); // isolated from the direction of the sentence
  const head = {
    title,
    description: says.about,
    type: 'website',
    canonical: undefined,
    noIndex: true,
    feeds: [{ path: view.path, title: name }],
  } as const;
  const part = { page, says, view };
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content" class="account">
        <header class="opening">
          <h1>{title}</h1>
          <p class="about">{says.about}</p>
          <p class="h-card">
            <bdi>
              <Outside class="p-name u-url" to={home}>
                {outsideLink(home) === undefined ? <span class="p-name">{name}</span> : name}
              </Outside>
            </bdi>
          </p>
          <State page={page} source={view.source} />
          <ul class="doors">
            <li class="on">
              <a href={page.to('sources/')}>{page.words.sources}</a>
            </li>
            <li>
              <a href={page.to(`${view.path}feed.xml`)} type="application/rss+xml">
                {page.words.feedOfSource}
              </a>
            </li>
            <li>
              <a href={page.to('status/')}>{page.words.stateOfSources}</a>
            </li>
          </ul>
        </header>
        <Flaws {...part} />
        <Taken {...part} />
        <Shown {...part} />
        <Yours {...part} />
        <Network {...part} />
      </main>
    </Frame>,
  );
}

/** `sources/not-shown/`: the same whether there are such sources or not, so that it gives nobody away. */
export function renderNowhere(site: SiteView): string {
  const page = pageAt(site, nowherePath, site.site.lang);
  const says = partnerWordsFor(page.lang, page.site.site);
  const title = page.words.shownNowhere;
  const head = {
    title,
    description: says.nowhereHow,
    type: 'website',
    canonical: undefined,
    noIndex: true,
  } as const;
  return renderDocument(
    <Frame page={page} head={head}>
      <main id="content" class="account">
        <header class="opening">
          <h1>{title}</h1>
        </header>
        <section>
          {[says.nowhereHow, says.nowhereChange].map((paragraph) => (
            <p>{paragraph}</p>
          ))}
          <Contact page={page} says={says} />
        </section>
      </main>
    </Frame>,
  );
}

interface RowProperties {
  readonly label: string;
  readonly children?: Child;
}

function Row({ label, children }: RowProperties): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Taken({ page, says, view }: PartProperties): JSX.Element {
  const { words } = page;
  const { source } = view;
  const sections = page.site.sections.filter(({ section }) => source.sections.includes(section.id));
  return (
    <section aria-labelledby="taken">
      <h2 id="taken">{says.taken}</h2>
      <dl>
        <Row label={words.feedAddress}>
          {source.feedUrl === undefined ? (
            says.addressKept
          ) : (
            <span dir="ltr" class="address">
              <Outside to={source.feedUrl}>{outsideLink(source.feedUrl) ?? source.feedUrl}</Outside>
            </span>
          )}
        </Row>
        <Row label={says.asked}>{view.everyHours === undefined ? says.byRhythm : says.everyHours(view.everyHours)}</Row>
        <Row label={words.lastNew}>
          {view.lastNewItem === undefined ? '–' : <Moment page={page} at={view.lastNewItem} show="day" />}
        </Row>
        {view.since === undefined ? null : (
          <Row label={says.firstSeen}>
            <Moment page={page} at={view.since} show="day" />
          </Row>
        )}
        <Row label={says.stored}>{says.texts(view.items)}</Row>
        <Row label={says.shownNow}>{says.texts(view.shown)}</Row>
        {sections.length === 0 ? null : (
          <Row label={words.sections}>
            {sections.map(({ section, path }, at) => (
              <>
                {at === 0 ? '' : ' · '}
                <a href={page.to(path)}>
                  <bdi {...lineIn(section.lang, section.title)}>{section.title}</bdi>
                </a>
              </>
            ))}
          </Row>
        )}
        {view.only.length === 0 ? null : <FilterRow page={page} says={says} label={says.only} filter={view.only} />}
        {view.skip.length === 0 ? null : <FilterRow page={page} says={says} label={says.skip} filter={view.skip} />}
        {view.tags.length === 0 ? null : (
          <Row label={says.tags}>
            <bdi>{view.tags.join(' · ')}</bdi>
          </Row>
        )}
      </dl>
    </section>
  );
}

interface FilterProperties {
  readonly page: Page;
  readonly says: PartnerWords;
  readonly label: string;
  readonly filter: readonly FilterView[];
}

function FilterRow({ page, says, label, filter }: FilterProperties): JSX.Element {
  return (
    <Row label={label}>
      {filter.map(({ sections, part, words }) => (
        <p>
          {page.site.sections
            .filter(({ section }) => sections.includes(section.id))
            .map(({ section }, at) => (
              <>
                {at === 0 ? '' : ' · '}
                <bdi {...lineIn(section.lang, section.title)}>{section.title}</bdi>
              </>
            ))}
          {sections.length === 0 ? '' : ' – '}
          {says.parts[part]}
          {colon(page.lang)} <bdi>{words.join(' · ')}</bdi>
        </p>
      ))}
    </Row>
  );
}

function Shown({ page, says, view }: PartProperties): JSX.Element {
  const { words } = page;
  const { source, agreed } = view;
  return (
    <section aria-labelledby="terms">
      <h2 id="terms">{says.terms}</h2>
      <dl>
        <Row label={words.shown}>
          {source.show === 'excerpt' ? says.excerptOf(view.excerptWords) : words.shows[source.show]}
        </Row>
        <Row label={says.images}>{says.imagesAre[source.show === 'link' ? 'none' : view.images]}</Row>
        <Row label={words.licence}>
          {source.licence === undefined ? (
            says.licenceOfTexts
          ) : (
            <>
              <Licence licence={source.licence} /> ({says.licenceSaidHere})
            </>
          )}
        </Row>
        {view.creditAs === undefined ? null : (
          <Row label={says.creditedAs}>
            <bdi>{view.creditAs}</bdi>
          </Row>
        )}
        {view.example === undefined ? null : (
          <Row label={says.example}>
            <span class="credit" dir="auto">
              <Safe html={view.example} />
            </span>
          </Row>
        )}
        {view.embargoHours === 0 ? null : <Row label={says.embargo}>{says.hours(view.embargoHours)}</Row>}
        {agreed === undefined ? null : (
          <Row label={says.agreed}>
            {says.agreedOn(dayOf(page, agreed.on))}
            {agreed.until === undefined ? null : <> · {says.agreedUntil(dayOf(page, agreed.until))}</>}
          </Row>
        )}
      </dl>
      {agreed === undefined ? <p>{says.notNoted}</p> : null}
      {agreed?.isEnded === true && agreed.until !== undefined ? (
        <p>{says.agreementEnded(dayOf(page, agreed.until))}</p>
      ) : null}
      {view.isWished ? <p>{says.wished}</p> : null}
    </section>
  );
}

/** A calendar day: noon is in it in nearly every time zone. */
function dayOf(page: Page, day: string): string {
  return page.moments.day(Date.parse(`${day}T12:00Z`));
}
