/** The frame of every page: head, nameplate, the line of sections, and the foot. */
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { withdrawnMarkContent, withdrawnMarkName } from '../../text/withdrawn-mark.ts';
import { lookOf } from '../look/look.ts';
import { htmlFor, type Piece, partsFor } from '../look/markup.ts';
import type { Slot } from '../look/rules.ts';
import { publishedAt } from './address.ts';
import { iconOf } from './icon.ts';
import { Contact } from './outside.tsx';
import { OwnWords } from './own-words.tsx';
import { lineIn, type Page } from './page.ts';
import { Own } from './safe.tsx';

/** A feed in its three formats. */
export interface Advertised {
  /** Folder of its files; '' for that of everything. */
  readonly path: string;
  readonly title: string;
}

/** What a page tells machines about itself. */
export interface Head {
  readonly title: string;
  readonly description: string | undefined;
  /** Absolute address of the page that counts as the real one. */
  readonly canonical: string | undefined;
  readonly type: 'website' | 'article';
  readonly noIndex?: boolean;
  /** It stands in the place of a text that was withdrawn. */
  readonly isWithdrawn?: boolean;
  /** The feeds that the page advertises; that of everything where it has none of its own. */
  readonly feeds?: readonly Advertised[];
  /** Path of a calendar. */
  readonly calendar?: string | undefined;
  /** Relative address to go on to at once. */
  readonly goOnTo?: string;
  /** Path of a script of ours; no page but the one to search from has any. */
  readonly script?: string | undefined;
}

interface FrameProperties {
  readonly page: Page;
  readonly head: Head;
  /** Id of the section shown. */
  readonly current?: string;
  /** The site's name is the page's heading. */
  readonly isFront?: boolean;
  /** Beside what stands at the foot of every page. */
  readonly footnote?: Child;
  readonly children?: Child;
}

/** Nothing but the style sheet and pictures of our own may be loaded; no script, no frame. */
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
/** The page that searches may run our script, which may ask for files of this site. */
const scriptPolicy = `${contentPolicy}; script-src 'self'; connect-src 'self'`;

/** The three files of a feed, with the words that a section has for them. @param path folder of the files */
export function feedsOf(
  { words }: Page,
  path: string,
): readonly { readonly path: string; readonly type: string; readonly label: string; readonly name: string }[] {
  return [
    { path: `${path}feed.xml`, type: 'application/rss+xml', label: words.rssFeedForSection, name: 'RSS' },
    { path: `${path}atom.xml`, type: 'application/atom+xml', label: words.atomFeedForSection, name: 'Atom' },
    { path: `${path}feed.json`, type: 'application/feed+json', label: words.jsonFeedForSection, name: 'JSON' },
  ];
}

/** A whole document as a string. */
export function renderDocument(frame: JSX.Element): string {
  return `<!DOCTYPE html>\n${String(frame)}\n`;
}

/** The page around its content, which brings the `main` element. */
export function Frame({ page, head, current, isFront, footnote, children }: FrameProperties): JSX.Element {
  const { page: frame } = lookOf(page.site.site);
  const filled: Readonly<Record<Slot, Child>> = {
    'relais-head': null,
    'relais-nameplate': <Nameplate page={page} current={current} isFront={isFront === true} />,
    'relais-content': children,
    'relais-foot': <Foot page={page} footnote={footnote} hasScript={head.script !== undefined} />,
  };
  const around = partsFor(frame?.body ?? ourFrame, page.path);
  const classes = [isFront === true ? 'front' : '', frame?.bodyClass ?? ''].filter((name) => name !== '');
  return (
    <html lang={page.lang} dir={page.dir}>
      <HeadPart page={page} head={head} />
      <body class={classes.length === 0 ? undefined : classes.join(' ')}>
        <a class="skip" href="#content">
          {page.words.skipToContent}
        </a>
        {around.map((part) => (typeof part === 'string' ? <Own html={part} /> : filled[part.slot]))}
      </body>
    </html>
  );
}

/** As a maintainer may write it otherwise, in page.html. */
const ourFrame: readonly Piece[] = [{ slot: 'relais-nameplate' }, { slot: 'relais-content' }, { slot: 'relais-foot' }];

function HeadPart({ page, head }: { readonly page: Page; readonly head: Head }): JSX.Element {
  const site = page.site.site;
  const title = head.title === site.title ? site.title : `${head.title} – ${site.title}`;
  const ownAddress = publishedAt(site, page.path);
  const icon = iconOf(site);
  const { head: added, page: frame } = lookOf(site);
  return (
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={head.script === undefined ? contentPolicy : scriptPolicy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="color-scheme" content="light dark" />
      {head.isWithdrawn === true ? <meta name={withdrawnMarkName} content={withdrawnMarkContent} /> : null}
      <title>{title}</title>
      {head.goOnTo === undefined ? null : <meta http-equiv="refresh" content={`0; url=${head.goOnTo}`} />}
      {head.description === undefined ? null : <meta name="description" content={head.description} />}
      {head.noIndex === true ? <meta name="robots" content="noindex" /> : null}
      {head.canonical === undefined ? null : <link rel="canonical" href={head.canonical} />}
      <meta property="og:title" content={head.title} />
      <meta property="og:type" content={head.type} />
      <meta property="og:site_name" content={site.title} />
      {head.description === undefined ? null : <meta property="og:description" content={head.description} />}
      {ownAddress === undefined ? null : <meta property="og:url" content={ownAddress} />}
      <link rel="stylesheet" href={page.to('style.css')} />
      {head.script === undefined ? null : <script src={page.to(head.script)} defer />}
      <link rel="icon" type={icon.type} href={page.to(icon.path)} />
      {(head.feeds ?? [{ path: '', title: site.title }]).map(({ path, title: name }) =>
        feedsOf(page, path).map((file) => (
          <link rel="alternate" type={file.type} title={`${name} (${file.name})`} href={page.to(file.path)} />
        )),
      )}
      {head.calendar === undefined ? null : (
        <link
          rel="alternate"
          type="text/calendar"
          title={`${head.title}: ${page.words.calendarForSection}`}
          href={page.to(head.calendar)}
        />
      )}
      <Own html={htmlFor([...(frame?.head ?? []), ...added], page.path)} />
    </head>
  );
}

interface NameplateProperties {
  readonly page: Page;
  readonly current: string | undefined;
  readonly isFront: boolean;
}

function Nameplate({ page, current, isFront }: NameplateProperties): JSX.Element {
  const { site, sections } = page.site;
  const { logo } = lookOf(site);
  const name = (
    <>
      {logo === undefined ? null : (
        <img class="logo" src={page.to(logo.path)} alt="" width={logo.width} height={logo.height} />
      )}
      <span {...lineIn(site.lang, site.title)}>{site.title}</span>
    </>
  );
  return (
    <header class="nameplate">
      {isFront ? (
        <h1 class="name">{name}</h1>
      ) : (
        <p class="name">
          <a href={page.to('')}>{name}</a>
        </p>
      )}
      {sections.length === 0 ? null : (
        <nav aria-label={page.words.sections}>
          <ul class="line">
            {sections.map(({ section, path }) => (
              <li class={section.id === current ? 'here' : undefined}>
                <a href={page.to(path)} aria-current={section.id === current ? 'page' : undefined}>
                  <bdi {...lineIn(section.lang, section.title)}>{section.title}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

interface FootProperties {
  readonly page: Page;
  readonly footnote: Child;
  readonly hasScript: boolean;
}

function Foot({ page, footnote, hasScript }: FootProperties): JSX.Element {
  const { site } = page.site;
  return (
    <footer class="foot">
      <p class="promise">{page.words.promise}</p>
      {footnote}
      <OwnWords page={page} pieces={lookOf(site).foot} />
      <p>{hasScript ? page.words.searching.privacy : page.words.noTracking}</p>
      <Contact page={page} />
      <p>
        <a href={page.to('about/')}>{page.words.about.title}</a>
        {' · '}
        <a href={page.to('search/')}>{page.words.searching.title}</a>
        {' · '}
        <a href={page.to('sources/')}>{page.words.sources}</a>
        {' · '}
        <a href={page.to('status/')}>{page.words.stateOfSources}</a>
        {' · '}
        <a href={page.to('feed.xml')} type="application/rss+xml">
          {page.words.feedOfAll}
        </a>
        {' · '}
        <a href={page.to('opml.xml')} type="text/x-opml">
          {page.words.subscriptionList}
        </a>
        {' · '}
        {page.words.timesIn(site.timezone)}
      </p>
    </footer>
  );
}
