/** A story as one entry of a list, on a section's page and on a month's: its beginning, for the whole of fifty would be too much for an old phone. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { excerptOf } from '../../text/excerpt.ts';
import { headingsFrom } from '../../text/headings.ts';
import { firstPicture, picturesOnPage } from '../../text/safe-html.ts';
import { safeHtmlToBlocks } from '../../text/safe-text.ts';
import type { StoryView } from '../views.ts';
import { languageName } from '../words.ts';
import { doorOf } from './doors.ts';
import { Outside } from './outside.tsx';
import type { Page } from './page.ts';
import { AuthorCard, Chain, Dated, Enclosures, Licence, lineOf, sentencesOf, TitleLink, wordsOf } from './pieces.tsx';
import { Safe } from './safe.tsx';

interface EntryProperties {
  readonly page: Page;
  readonly story: StoryView;
}

/** Words of a beginning; what is no longer stands whole. */
const wordsEach = 40;

/** Title, credit, the beginning of the text as far as its authors allow, and where to go on. */
export function StoryEntry({ page, story }: EntryProperties): JSX.Element {
  const { beginning, isWhole } = inList(story);
  return (
    <article class="story h-entry" id={`s-${story.uid}`}>
      <h3 {...lineOf(story)}>
        <TitleLink page={page} story={story} />
      </h3>
      <Credit page={page} story={story} />
      {isWhole ? <Whole page={page} story={story} /> : <Beginning page={page} story={story} text={beginning} />}
      <Enclosures page={page} story={story} />
      <Ends page={page} story={story} hasMore={story.show === 'full' && !isWhole} />
    </article>
  );
}

/** True where a list shows all of a text that its authors let us show whole. */
export function standsWhole(story: StoryView): boolean {
  return story.body !== '' && inList(story).isWhole;
}

interface InList {
  readonly beginning: string;
  readonly isWhole: boolean;
}

/** The head of a page asks first, then the entry: a text is cut into sentences once. */
const known = new WeakMap<StoryView, InList>();

function inList(story: StoryView): InList {
  const before = known.get(story);
  if (before !== undefined) return before;
  const text = story.show === 'full' ? safeHtmlToBlocks(story.body) : story.excerpt;
  const { text: beginning, isAll } = excerptOf(text, story.lang, wordsEach);
  const made = { beginning, isWhole: story.show === 'full' && isAll };
  known.set(story, made);
  return made;
}

function Whole({ page, story }: EntryProperties): JSX.Element | null {
  if (story.body === '') return null;
  return (
    <div class="text e-content" {...wordsOf(story)}>
      <Safe html={headingsFrom(picturesOnPage(story.body, page.root), 4)} />
    </div>
  );
}

function Beginning({ page, story, text }: EntryProperties & { readonly text: string }): JSX.Element | null {
  const picture = picturesOnPage(firstPicture(story.body), page.root);
  if (text === '' && picture === '') return null;
  return (
    <div class="text" {...lineOf(story)}>
      {picture === '' ? null : (
        <figure>
          <Safe html={picture} />
        </figure>
      )}
      {text === '' ? null : <p class="p-summary">{text}</p>}
    </div>
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

/** @param hasMore our own page has more of the text than stands here */
function Ends({ page, story, hasMore }: EntryProperties & { readonly hasMore: boolean }): JSX.Element {
  const { words } = page;
  return (
    <footer class="ends">
      <ul class="doors">
        <li>
          <Dated page={page} of={{ date: story.published, isDated: story.isDated }} show="time" class="dt-published" />
        </li>
        <OriginalDoor page={page} story={story} />
        <li>
          <a href={page.to(story.path)}>{hasMore ? words.readWhole(page.site.site.title) : words.howWeKnow}</a>
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
