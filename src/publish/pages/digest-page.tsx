/** A week of a section to the page of its digest and to the HTML of its mail: one list, read at one sitting. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { DigestView, SiteView, StoryView } from '../views.ts';
import { between, colon } from '../words/grammar.ts';
import { publishedAt } from './address.ts';
import { ComingUp } from './coming-up.tsx';
import { Frame, renderDocument } from './document.tsx';
import { doorOf } from './doors.ts';
import { Outside } from './outside.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
import { Licence, lineOf, TitleLink } from './pieces.tsx';
import { Credit } from './story-entry.tsx';

/** The HTML of the mail is made beside this file. */
export { renderDigestMail } from './digest-mail.tsx';

interface PartProperties {
  readonly page: Page;
  readonly digest: DigestView;
}

/** The page of a digest, `<section>/digest/<week>/index.html`. */
export function renderDigest(site: SiteView, digest: DigestView): string {
  const { section } = digest;
  const page = pageAt(site, digest.path, section.lang);
  const { words } = page;
  const stories = shownIn(digest);
  const name = words.weeklyDigest(digest.week);
  const head = {
    title: `${section.title}: ${name}`,
    description: periodOf(page, digest),
    type: 'website',
    canonical: publishedAt(site.site, digest.path),
  } as const;
  return renderDocument(
    <Frame page={page} head={head} current={section.id}>
      <main id="content" class="digest h-feed">
        <header class="opening">
          <h1 class="p-name">
            <span {...lineIn(section.lang, section.title)}>{section.title}</span> <span class="month">{name}</span>
          </h1>
          <p class="about">
            <Period page={page} digest={digest} />
            {between(page.moments.day(digest.end - 1))}
            {words.stories(stories.length)}
          </p>
        </header>
        {stories.length === 0 ? (
          <p class="nothing">{words.nothingYet}</p>
        ) : (
          <ol class="numbered">
            {stories.map((story) => (
              <Entry page={page} story={story} />
            ))}
          </ol>
        )}
        <ComingUp page={page} events={digest.comingUp} />
        <SinceLast page={page} digest={digest} />
        <ul class="doors">
          <li class="on">
            <a href={page.to(`${section.id}/`)}>{words.allOf(section.title)}</a>
          </li>
          <li>
            <a href={page.to(`${digest.path}digest.txt`)} type="text/plain">
              {words.asPlainText}
            </a>
          </li>
          <li>{words.digestOrder}</li>
        </ul>
      </main>
    </Frame>,
  );
}

/** What has become of stories that an earlier digest has carried; of those that were withdrawn no word. */
function SinceLast({ page, digest }: PartProperties): JSX.Element | null {
  const { words, moments } = page;
  const { corrected, takenBack } = digest;
  if (corrected.length + takenBack.length === 0) return null;
  return (
    <section class="since" aria-labelledby="since-title">
      <h2 id="since-title">{words.corrections.sinceLastDigest}</h2>
      <ul>
        {corrected.map(({ story, at }) => (
          <li>
            <a href={page.to(story.path)} {...lineOf(story)}>
              {story.heading}
            </a>{' '}
            <small>
              <bdi>{story.original.group.name}</bdi> · {words.corrected(moments.day(at))}
            </small>
          </li>
        ))}
        {takenBack.map(({ name, at }) => (
          <li>{words.corrections.takenBack(name, moments.day(at))}</li>
        ))}
      </ul>
    </section>
  );
}

/** Stories that a digest may show. */
function shownIn(digest: DigestView): StoryView[] {
  return digest.stories.filter((story) => story.withdrawn === undefined);
}

/** First and last day; the digest closes before `end`. */
function periodOf({ moments }: Page, { start, end }: DigestView): string {
  return `${moments.day(start)} – ${moments.day(end - 1)}`;
}

function Period({ page, digest }: PartProperties): JSX.Element {
  const { moments } = page;
  const last = digest.end - 1;
  return (
    <>
      <time datetime={moments.date(digest.start)} title={moments.gregorian(digest.start)}>
        {moments.day(digest.start)}
      </time>
      {' – '}
      <time datetime={moments.date(last)} title={moments.gregorian(last)}>
        {moments.day(last)}
      </time>
    </>
  );
}

function Entry({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element {
  const { words } = page;
  const door = doorOf(story, words);
  return (
    <li class="h-entry">
      <h2 {...lineOf(story)}>
        <TitleLink page={page} story={story} />
      </h2>
      <Credit story={story} />
      {story.excerpt === '' ? null : (
        <p class="text p-summary" {...lineOf(story)}>
          {story.excerpt}
        </p>
      )}
      <ul class="doors">
        {story.reposts.length === 0 ? null : <li class="carried">{words.carriedBy(story.reposts.length + 1)}</li>}
        {door === undefined ? null : (
          <li>
            <Outside to={door.href}>{door.label}</Outside>
          </li>
        )}
        <li>
          <a href={page.to(story.path)}>{words.howWeKnow}</a>
        </li>
        {story.licence === undefined ? null : (
          <li>
            {words.licence}
            {colon(page.lang)} <Licence licence={story.licence} />
          </li>
        )}
      </ul>
    </li>
  );
}
