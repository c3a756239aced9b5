/** A closed digest to its page and to the HTML of its mail: one list, read at one sitting. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { between } from '../../text/between.ts';
import { alsoIn } from '../digest-also.ts';
import { digestName } from '../digest-name.ts';
import { countIn, groupsWith } from '../digest-order.ts';
import { orderIn } from '../digest-words.ts';
import type { DigestView, SiteView, StoryView } from '../views.ts';
import { colon } from '../words/grammar.ts';
import { takenBackWords } from '../words.ts';
import { publishedAt } from './address.ts';
import { ComingUp } from './coming-up.tsx';
import { Frame, renderDocument } from './document.tsx';
import { doorOf } from './doors.ts';
import { Outside } from './outside.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
import { Licence, lineOf, sentencesOf, TitleLink } from './pieces.tsx';
import { Credit } from './story-entry.tsx';

/** The HTML of the mail is made beside this file. */
export { renderDigestMail } from './digest-mail.tsx';

interface PartProperties {
  readonly page: Page;
  readonly digest: DigestView;
}

/** The page of a digest, `<section>/digest/<name>/index.html`. */
export function renderDigest(site: SiteView, digest: DigestView): string {
  const { section } = digest;
  const page = pageAt(site, digest.path, section.lang);
  const { words } = page;
  const name = digestName(digest.name, page.lang, page.site.site);
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
            {words.stories(countIn(digest))}
          </p>
        </header>
        <Parts page={page} digest={digest} />
        <More page={page} digest={digest} />
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
          <li>
            <a href={page.to(`${digest.path}digest.md`)} type="text/plain">
              {words.asMarkdown}
            </a>
          </li>
          <li>
            <a href={page.to(`${digest.path}digest.eml`)} type="message/rfc822">
              {words.asMail}
            </a>
          </li>
          <li>
            <a href={page.to(`${section.id}/digest/`)}>{words.allDigests}</a>
          </li>
          <li>
            <a href={page.to(`${section.id}/digest/feed.xml`)} type="application/rss+xml">
              {words.digestFeed}
            </a>
          </li>
        </ul>
        <p class="count">{orderIn(section, page)}</p>
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
          <li>{takenBackWords(words, name, moments.day(at))}</li>
        ))}
      </ul>
    </section>
  );
}

/** Numbered through; a heading over each part where there are several. */
function Parts({ page, digest }: PartProperties): JSX.Element {
  const { parts } = digest;
  if (parts.length === 0) return <p class="nothing">{page.words.nothingYet}</p>;
  return (
    <>
      {parts.map(({ kind, stories }, at) => (
        <>
          {parts.length === 1 ? null : <h2 class="part">{page.words.digestParts[kind]}</h2>}
          <ol class={at === 0 ? 'numbered' : 'numbered on'}>
            {stories.map((story) => (
              <Entry page={page} story={story} isBelow={parts.length > 1} />
            ))}
          </ol>
        </>
      ))}
    </>
  );
}

/** Of more than so many the rest stands in the section's archive alone. */
const mostNamed = 200;

/** Those for which there is no room, by their titles. */
function More({ page, digest }: PartProperties): JSX.Element | null {
  const { more, section } = digest;
  if (more.length === 0) return null;
  return (
    <section class="since" aria-labelledby="more">
      <h2 id="more">{page.words.andMore(more.length)}</h2>
      <ul>
        {more.slice(0, mostNamed).map((story) => (
          <li>
            <a href={page.to(story.path)} {...lineOf(story)}>
              {story.heading}
            </a>{' '}
            <small {...sentencesOf(story, page)}>{story.credit}</small>
          </li>
        ))}
        {more.length <= mostNamed ? null : (
          <li>
            <a href={page.to(`${section.id}/`)}>{page.words.allOf(section.title)}</a>
          </li>
        )}
      </ul>
    </section>
  );
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

interface EntryProperties {
  readonly page: Page;
  readonly story: StoryView;
  /** It stands below the heading of a part. */
  readonly isBelow: boolean;
}

function Entry({ page, story, isBelow }: EntryProperties): JSX.Element {
  const { words } = page;
  const door = doorOf(story, words);
  const also = alsoIn(story, door, words);
  const groups = groupsWith(story);
  const title = <TitleLink page={page} story={story} />;
  return (
    <li class="h-entry">
      {isBelow ? <h3 {...lineOf(story)}>{title}</h3> : <h2 {...lineOf(story)}>{title}</h2>}
      <Credit page={page} story={story} />
      {story.excerpt === '' ? null : (
        <p class="text p-summary" {...lineOf(story)}>
          {story.excerpt}
        </p>
      )}
      {also === undefined ? null : (
        <p class="count">
          {also.label}
          {colon(page.lang)}{' '}
          {also.groups.map(({ name, href }, at) => (
            <>
              {at === 0 ? null : ', '}
              <bdi>
                <Outside to={href}>{name}</Outside>
              </bdi>
            </>
          ))}
        </p>
      )}
      <ul class="doors">
        {groups === 1 ? null : <li class="carried">{words.carriedBy(groups)}</li>}
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
