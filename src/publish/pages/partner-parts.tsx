/** Two parts of the page of a source: what is wrong with its feed, and where its texts went in the network. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Flaw } from '../../model.ts';
import type { PartnerView, StoriesView } from '../partner-view.ts';
import type { Reason, StoryView } from '../views.ts';
import { colon } from '../words/grammar.ts';
import type { PartnerWords } from '../words.ts';
import type { Page } from './page.ts';
import { Authors, Dated, Group, lineOf } from './pieces.tsx';

interface PartProperties {
  readonly page: Page;
  readonly says: PartnerWords;
  readonly view: PartnerView;
}

/** The reason for which it does not answer stands above already: here is what mends it. */
export function Flaws({ page, says, view: { flaws, source } }: PartProperties): JSX.Element {
  const mends: Partial<Record<Reason, string>> = says.mends;
  const mend = source.reason && mends[source.reason];
  const isRead = flaws !== undefined;
  return (
    <section aria-labelledby="flaws">
      <h2 id="flaws">{says.flaws}</h2>
      {mend === undefined ? null : <p class="mend">{mend}</p>}
      {isRead || mend !== undefined ? null : <p>{says.notReadYet}</p>}
      {flaws?.length === 0 && source.reason === undefined ? <p>{says.noFlaws}</p> : null}
      {(flaws ?? []).map((flaw) => (
        <div class="flaw">
          <h3>{says.flawsAre[flaw.kind].what}</h3>
          <p>{says.flawsAre[flaw.kind].mend}</p>
          <Particular page={page} says={says} flaw={flaw} />
        </div>
      ))}
    </section>
  );
}

interface ParticularProperties extends Pick<PartProperties, 'page' | 'says'> {
  readonly flaw: Flaw;
}

/** How many entries, where in the document, and in whose words: those of a program are English. */
function Particular({ page, says, flaw }: ParticularProperties): JSX.Element | null {
  const { entries, line, column = 1, detail = '', at } = flaw;
  const said = [
    ...(entries === undefined ? [] : [says.entries(entries)]),
    ...(at === undefined ? [] : [page.moments.day(at)]),
    ...(line === undefined ? [] : [says.line(line, column)]),
  ];
  if (said.length === 0 && detail === '') return null;
  return (
    <p class="lately">
      {said.join(' · ')}
      {said.length === 0 || detail === '' ? null : `${colon(page.lang)} `}
      {detail === '' ? null : (
        <code dir="ltr" lang="en">
          {detail}
        </code>
      )}
    </p>
  );
}

export function Network({ page, says, view }: PartProperties): JSX.Element {
  return (
    <section aria-labelledby="network">
      <h2 id="network">{says.network}</h2>
      <h3>{says.passedOn}</h3>
      <Stories page={page} says={says} stories={view.passedOn} by="reposters" />
      <h3>{says.reposts}</h3>
      <Stories page={page} says={says} stories={view.reposts} by="authors" />
      <p class="lately">{says.noReaders}</p>
    </section>
  );
}

interface StoriesProperties {
  readonly page: Page;
  readonly says: PartnerWords;
  readonly stories: StoriesView;
  readonly by: 'reposters' | 'authors';
}

function Stories({ page, says, stories: { count, newest }, by }: StoriesProperties): JSX.Element {
  if (count === 0) return <p>{says.none}</p>;
  return (
    <>
      <p>
        {says.texts(count)}. {count > newest.length ? says.newest : ''}
      </p>
      <ul class="passed">
        {newest.map((story) => (
          <li>
            <a href={page.to(story.path)} {...lineOf(story)}>
              {story.heading}
            </a>{' '}
            <span class="by">
              {by === 'authors' ? (
                <>
                  <Authors page={page} story={story} /> <Dated page={page} of={story.original} show="day" />
                </>
              ) : (
                <Reposters page={page} story={story} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Named of each text: the rest stand on its own page. */
const mostReposters = 5;

function Reposters({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element {
  const { reposts } = story;
  return (
    <>
      {reposts.slice(0, mostReposters).map(({ group, url, date, isDated }, at) => (
        <>
          {at === 0 ? '' : ' · '}
          <Group group={{ ...group, url: url ?? group.url }} /> <Dated page={page} of={{ date, isDated }} show="day" />
        </>
      ))}
      {reposts.length > mostReposters ? ` · +${reposts.length - mostReposters}` : ''}
    </>
  );
}
