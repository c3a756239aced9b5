/** A story to its own page: the text, and beside it the way it came, from group to group, with the reasons we have. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { headingsFrom } from '../../text/headings.ts';
import { picturesOnPage } from '../../text/safe-html.ts';
import { passedOnLabel } from '../digest-also.ts';
import { sourcePath } from '../source-path.ts';
import type { RepostView, SiteView, StoryView } from '../views.ts';
import { languageName, speaks } from '../words.ts';
import { outsideLink } from './address.ts';
import { EventsOf } from './coming-up.tsx';
import { Corrections } from './corrections.tsx';
import { Frame, type Head, renderDocument } from './document.tsx';
import { doorOf } from './doors.ts';
import { Outside } from './outside.tsx';
import { langAttribute, type Page, pageAt } from './page.ts';
import { Authors, Chain, Dated, Enclosures, Group, lineOf, sentencesOf, TitleLink, wordsOf } from './pieces.tsx';
import { Safe } from './safe.tsx';
import { ArticleData, articleScope } from './schema.tsx';
import { Credit, Particulars } from './story-entry.tsx';
import { renderWithdrawn } from './stubs.tsx';
import { Translations } from './translations.tsx';
import { Ways } from './ways.tsx';

interface PartProperties {
  readonly page: Page;
  readonly story: StoryView;
}

/**
 * The page of a story, `story/<uid>/index.html`, in the story's language where Relais speaks it. A withdrawn one says so
 * and nothing else.
 */
export function renderStory(site: SiteView, story: StoryView): string {
  const page = pageAt(site, story.path, speaks(story.lang, site.site) ? story.lang : site.site.lang);
  if (story.withdrawn !== undefined) return renderWithdrawn(page, story, story.withdrawn.at);
  return renderDocument(
    <Frame page={page} head={headOf(page, story)}>
      <div class="beside">
        <main id="content">
          <article class="tale h-entry" {...articleScope}>
            <ArticleData page={page} story={story} />
            <header class="opening">
              <Ways page={page} story={story} />
              <h1 {...lineOf(story)}>
                <TitleLink page={page} story={story} />
              </h1>
              <Credit page={page} story={story} />
              {story.isDated ? <data class="dt-published" value={page.moments.machine(story.published)} /> : null}
            </header>
            <EventsOf page={page} story={story} />
            {story.body === '' ? null : (
              <div class="text e-content" {...wordsOf(story)}>
                <Safe html={headingsFrom(picturesOnPage(story.body, page.root), 2)} />
              </div>
            )}
            {story.standing === '' ? null : (
              <div class="standing" {...wordsOf(story)}>
                <Safe html={headingsFrom(picturesOnPage(story.standing, page.root), 2)} />
              </div>
            )}
            <OriginalDoor page={page} story={story} />
            <Translations page={page} story={story} />
            <Enclosures page={page} story={story} />
            <Particulars page={page} story={story} />
            <Corrections page={page} story={story} />
            {story.licence === undefined && story.show !== 'link' ? (
              <p class="terms">{page.words.permissionUnknown}</p>
            ) : null}
            <p class="lately">
              <a href={page.to(sourcePath(story.shownFrom))}>{page.words.howTreated}</a>
            </p>
          </article>
        </main>
        <Relay page={page} story={story} />
      </div>
    </Frame>,
  );
}

/**
 * Search engines are to find a text where its authors published it, whatever its licence: a page of ours that holds any of it
 * is none for them. One that only leads there may be found.
 */
function headOf(page: Page, story: StoryView): Head {
  const sections = page.site.sections.filter(({ section }) => story.sections.includes(section.id));
  return {
    ...(sections.length === 0 ? {} : { feeds: sections.map(({ section, path }) => ({ path, title: section.title })) }),
    title: story.heading,
    description: story.excerpt === '' ? story.credit : story.excerpt,
    type: 'article',
    canonical: outsideLink(story.url),
    noIndex: story.show !== 'link' && story.body !== '',
  };
}

function OriginalDoor({ page, story }: PartProperties): JSX.Element | null {
  const door = doorOf(story, page.words);
  if (door === undefined) return null;
  return (
    <p class="door">
      <Outside to={door.href}>{door.label}</Outside>
      <small dir="ltr">{door.href.replace(/^https?:\/\/(www\.)?|\/$/g, '')}</small>
    </p>
  );
}

/** The chain as a line of stations: who wrote it, who passed it on and when, and why we say so. */
function Relay({ page, story }: PartProperties): JSX.Element {
  const { words } = page;
  const { original, reposts } = story;
  const { isGuess } = original;
  const published = reposts.length + (original.translatedFrom === undefined ? 1 : 0); // no author publishes others' translation
  const unsaid = original.isRuled
    ? [words.ruled]
    : isGuess
      ? [words.earliestKnown]
      : original.isHeld
        ? [words.noStatement]
        : [];
  const reasons = original.because.length > 0 ? original.because : unsaid;
  return (
    <aside class="margin" aria-labelledby="relay-title">
      <div>
        <h2 id="relay-title">{words.attribution}</h2>
        <ol class="relay">
          <li class="original">
            <p class="who">
              <small>{isGuess ? words.seenFirst : words.writtenBy}</small> <Authors page={page} story={story} />
            </p>
            {original.authors.length === 0 ? null : (
              <p class="people">
                <bdi>{original.authors.join(', ')}</bdi>
              </p>
            )}
            {original.isHeld ? <When page={page} of={original} /> : null}
            {isCopyMissed(story) && reposts[0] !== undefined ? <p>{words.copyOf(reposts[0].group.name)}</p> : null}
            <Because page={page} story={story} reasons={reasons} />
          </li>
          {reposts.map((repost) => (
            <li>
              <p class="who">
                <small>{passedOnLabel(story, words)}</small> <Group group={repost.group} />
                {repost.via === undefined ? null : (
                  <>
                    {' '}
                    <span class="via">
                      <bdi>
                        <Outside to={repost.via.url}>{words.via(repost.via.name)}</Outside>
                      </bdi>
                    </span>
                  </>
                )}
              </p>
              <When page={page} of={repost} />
              {repost.isBefore === undefined ? null : (
                <p class="stale">{words.corrections.stale(page.moments.day(repost.isBefore))}</p>
              )}
              <Because page={page} story={story} reasons={repost.because} />
            </li>
          ))}
        </ol>
        {published <= 1 ? null : (
          <p class="count">
            <Chain story={story} /> {words.carriedBy(published)}
          </p>
        )}
      </div>
      <Related page={page} story={story} />
    </aside>
  );
}

/** A text in another language is no copy that could be missed: what its authors wrote may well be among our stories. */
function isCopyMissed({ original, translations }: StoryView): boolean {
  const isHere = translations.some(({ group }) => group.name === original.group.name);
  return !original.isHeld && original.translatedFrom === undefined && !isHere;
}

/** Other stories that have to do with this one, each with what it is to this. */
function Related({ page, story }: PartProperties): JSX.Element | null {
  if (story.related.length === 0) return null;
  return (
    <div class="related">
      <h2>{page.words.related}</h2>
      <ul>
        {story.related.map(({ kind, heading, group, lang, dir, path }) => (
          <li>
            <small>{page.words.links[kind]}</small>{' '}
            <a href={page.to(path)} lang={langAttribute(lang)} dir={dir}>
              {heading}
            </a>{' '}
            <span>
              <bdi>{group}</bdi>
              {lang === story.lang || lang === 'und' ? null : (
                <>
                  {' · '}
                  <bdi lang={lang}>{languageName(lang)}</bdi>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface WhenProperties {
  readonly page: Page;
  readonly of: Pick<RepostView, 'date' | 'isDated' | 'url'>;
}

/** The day on which we came by is none on which anything was written. */
function When({ page, of: { date, isDated, url } }: WhenProperties): JSX.Element {
  return (
    <p class="when">
      <Outside to={url}>
        <Dated page={page} of={{ date, isDated }} show="day" />
        {isDated ? (
          <>
            {' '}
            <span class="clock">{page.moments.time(date)}</span>
          </>
        ) : null}
      </Outside>
    </p>
  );
}

function Because({
  page,
  story,
  reasons,
}: PartProperties & { readonly reasons: readonly string[] }): JSX.Element | null {
  if (reasons.length === 0) return null;
  return (
    <div class="because">
      <p>{page.words.howWeKnow}</p>
      <ul {...sentencesOf(story, page)}>
        {reasons.map((reason) => (
          <li>{reason}</li>
        ))}
      </ul>
    </div>
  );
}
