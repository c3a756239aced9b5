/** A story as one entry of a list: on a section's page and on a month's. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { picturesOnPage } from '../../text/safe-html.ts';
import type { StoryView } from '../views.ts';
import { languageName } from '../words.ts';
import { doorOf } from './doors.ts';
import { Outside } from './outside.tsx';
import type { Page } from './page.ts';
import { AuthorCard, Chain, Enclosures, Licence, lineOf, Moment, sentencesOf, TitleLink, wordsOf } from './pieces.tsx';
import { Safe } from './safe.tsx';

interface EntryProperties {
  readonly page: Page;
  readonly story: StoryView;
}

/** Title, credit, as much of the text as its authors allow, and where to go on. */
export function StoryEntry({ page, story }: EntryProperties): JSX.Element {
  return (
    <article class="story h-entry" id={`s-${story.uid}`}>
      <h3 {...lineOf(story)}>
        <TitleLink page={page} story={story} />
      </h3>
      <Credit page={page} story={story} />
      {story.body === '' ? null : (
        <div class="text e-content" {...wordsOf(story)}>
          <Safe html={picturesOnPage(story.body, page.root)} />
        </div>
      )}
      <Enclosures page={page} story={story} />
      <Ends page={page} story={story} />
    </article>
  );
}

/** Who wrote it and who passed it on: the chain drawn, the sentence beside it, in the story's language. */
export function Credit({ page, story }: EntryProperties): JSX.Element {
  return (
    <p class="credit" {...sentencesOf(story, page)}>
      <Chain story={story} />
      <span>
        <Safe html={story.creditHtml} />
      </span>
      <AuthorCard story={story} />
    </p>
  );
}

function Ends({ page, story }: EntryProperties): JSX.Element {
  const { words } = page;
  return (
    <footer class="ends">
      <ul class="doors">
        <li>
          <Moment page={page} at={story.published} show="time" class="dt-published" />
        </li>
        <OriginalDoor page={page} story={story} />
        <li>
          <a href={page.to(story.path)}>{words.howWeKnow}</a>
        </li>
      </ul>
      <Particulars page={page} story={story} />
    </footer>
  );
}

function OriginalDoor({ page, story }: EntryProperties): JSX.Element | null {
  const door = doorOf(story, page.words);
  if (door === undefined) return null;
  return (
    <li class="on">
      <Outside to={door.href}>{door.label}</Outside>
    </li>
  );
}

/** Correction, languages where there are several, labels and terms: what there is of them. */
export function Particulars({ page, story }: EntryProperties): JSX.Element | null {
  const { words } = page;
  const isCorrected = story.updated > story.published;
  const isInSeveral = story.langs.length > 1;
  if (!isCorrected && !isInSeveral && story.categories.length === 0 && story.licence === undefined) return null;
  return (
    <dl class="particulars">
      {isCorrected ? (
        <div>
          <dd>
            <time class="dt-updated" datetime={page.moments.machine(story.updated)}>
              {words.corrected(page.moments.day(story.updated))}
            </time>
          </dd>
        </div>
      ) : null}
      {isInSeveral ? (
        <div>
          <dt>{words.languages}</dt>
          {story.langs.map((lang) => (
            <dd>
              <bdi lang={lang}>{languageName(lang)}</bdi>
            </dd>
          ))}
        </div>
      ) : null}
      {story.categories.length === 0 ? null : (
        <div>
          <dt>{words.categories}</dt>
          {story.categories.map((category) => (
            <dd class="p-category">
              <bdi>{category}</bdi>
            </dd>
          ))}
        </div>
      )}
      {story.licence === undefined ? null : (
        <div>
          <dt>{words.licence}</dt>
          <dd>
            <Licence licence={story.licence} />
          </dd>
        </div>
      )}
    </dl>
  );
}
