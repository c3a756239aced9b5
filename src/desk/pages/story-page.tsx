/** A story with everything that is known of who wrote it, as `relais explain` says it, and a button for each ruling beside its evidence. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Member, SourceKey, StoredItem, StoryRecord } from '../../model.ts';
import type { KeptRuling } from '../../story-plan.ts';
import { confidenceWords } from '../../telling/explain-reasons.ts';
import {
  type Beside,
  evidenceWords,
  goneBecause,
  type Refused,
  refusedWords,
  roleWords,
  titled,
} from '../../telling/explain-story.ts';
import { dayOf } from '../../telling/instants.ts';
import { rulingSentence } from '../../telling/ruling-words.ts';
import { readableText } from '../../text/safe.ts';
import { Act, Address, Foreign, Frame, hrefOf, Line, renderPage, type Sitting, Unseen } from './frame.tsx';
import { Remark } from './remark.tsx';
import { Acts, Field } from './story-acts.tsx';

export interface StoryPage {
  readonly story: StoryRecord;
  readonly beside: Beside;
  /** What readers get of it, in lines. */
  readonly terms: readonly string[];
  /** Groups that can be credited. */
  readonly groups: readonly { readonly key: SourceKey; readonly name: string }[];
  readonly nameOf: (key: SourceKey) => string;
  /** Where readers read it. */
  readonly address: string | undefined;
}

/** Posts that were looked at and refused, and are shown. */
const mostRefused = 50;

export function renderStory(view: StoryPage, sitting: Sitting): string {
  const { story, beside, terms, nameOf, address } = view;
  const { attribution, items } = story;
  const original = items.find(({ id }) => attribution.original.kind === 'item' && attribution.original.itemId === id);
  const title = (original ?? items[0])?.title ?? '';
  return renderPage(
    <Frame title={title === '' ? '(without a title)' : title} sitting={sitting} current="stories">
      <p>
        Who wrote it: <b>{authorsOf(story, nameOf)}</b>, {confidenceWords(attribution)}.
      </p>
      {terms.map((line) => (
        <Remark text={line.trim().replace(/^shown +/, 'Shown: ')} />
      ))}
      {address === undefined ? null : (
        <p>
          <a href={address}>As readers see it</a>
        </p>
      )}
      <section aria-labelledby="posts">
        <h2 id="posts">{items.length === 1 ? 'The post' : `The ${items.length} posts`}</h2>
        <ul class="rows">
          {attribution.members.map((member) => {
            const item = items.find(({ id }) => id === member.itemId);
            return item === undefined ? null : <Post view={view} member={member} item={item} sitting={sitting} />;
          })}
        </ul>
      </section>
      <Same view={view} sitting={sitting} />
      {beside.rulings.length === 0 ? null : (
        <section aria-labelledby="ruled">
          <h2 id="ruled">Ruled</h2>
          <ul class="rows">
            {beside.rulings.map((one) => (
              <Ruling ruling={one} uid={story.uid} nameOf={nameOf} sitting={sitting} />
            ))}
          </ul>
        </section>
      )}
    </Frame>,
  );
}

function authorsOf({ attribution, items }: StoryRecord, nameOf: StoryPage['nameOf']): JSX.Element {
  const { original, jointly } = attribution;
  const joint = jointly.map(({ sourceKey, name }) => (sourceKey === undefined ? name : nameOf(sourceKey)));
  const item = original.kind === 'item' ? items.find(({ id }) => id === original.itemId) : undefined;
  const elsewhere =
    original.kind === 'item'
      ? undefined
      : original.sourceKey === undefined
        ? (original.name ?? original.url ?? 'unknown')
        : nameOf(original.sourceKey);
  const one = item === undefined ? `${elsewhere ?? 'unknown'} (whose own post is not here)` : nameOf(item.sourceKey);
  return <Foreign text={joint.length > 0 ? joint.join(', ') : one} />;
}

interface PostProperties {
  readonly view: StoryPage;
  readonly member: Member;
  readonly item: StoredItem;
  readonly sitting: Sitting;
}

function Post({ view, member, item, sitting }: PostProperties): JSX.Element {
  const { story, nameOf } = view;
  const role = roleWords(member, story.attribution).trim();
  return (
    <li id={`post-${item.id}`}>
      <h3>
        <span class="mark">{role}</span>
        <Foreign text={nameOf(item.sourceKey)} />
      </h3>
      <p>
        <Foreign text={titled(item.title)} />
      </p>
      <p class="faint">
        {dayOf(item.date)}
        {item.published === undefined ? ' (first seen; it has no date of its own)' : ''}
        {member.via === undefined ? null : <Foreign text={`, taken from ${nameOf(member.via)}`} />} ·{' '}
        <Address to={item.url ?? item.guid} />
      </p>
      {item.withdrawn === undefined ? null : <Line text={goneBecause(item.withdrawn)} />}
      {member.evidence.length === 0 ? null : (
        <ul class="evidence">
          {evidenceWords(member.evidence, nameOf).map((words) => (
            <li>
              <Foreign text={words} most={600} />
            </li>
          ))}
        </ul>
      )}
      {item.text === '' ? null : (
        <details>
          <summary>
            How it begins
            <Unseen before=": " text={nameOf(item.sourceKey)} />
          </summary>
          <p class="text" dir="auto">
            {readableText(item.text.slice(0, mostText))}
          </p>
        </details>
      )}
      <Acts story={story} groups={view.groups} nameOf={nameOf} item={item} sitting={sitting} />
    </li>
  );
}

const mostText = 2_000;

/** Other posts that may be this story after all: those that were looked at, and any by its address. */
function Same({ view, sitting }: { readonly view: StoryPage; readonly sitting: Sitting }): JSX.Element {
  const { story, beside, nameOf } = view;
  const first = String(
    story.attribution.original.kind === 'item' ? story.attribution.original.itemId : story.items[0]?.id,
  );
  const rest = beside.refused.length - mostRefused;
  return (
    <section aria-labelledby="beside">
      <h2 id="beside">Also looked at, and not of this story</h2>
      {beside.refused.length === 0 ? <p class="faint">No other post is like it.</p> : null}
      <ul class="rows">
        {beside.refused.slice(0, mostRefused).map((one) => (
          <Candidate refused={one} nameOf={nameOf} sitting={sitting} />
        ))}
      </ul>
      {rest > 0 ? <p class="faint">{`${rest} more are shown by  relais explain.`}</p> : null}
      <Act sitting={sitting} to="story/same" fields={{ item: first }}>
        <div class="fields">
          <Field id="address" label="The same story as the post at this address">
            <input id="address" name="address" type="text" required maxlength={2000} />
          </Field>
          <button type="submit">Same story</button>
        </div>
      </Act>
    </section>
  );
}

interface CandidateProperties {
  readonly refused: Refused;
  readonly nameOf: StoryPage['nameOf'];
  readonly sitting: Sitting;
}

function Candidate({ refused, nameOf, sitting }: CandidateProperties): JSX.Element {
  const { own, other } = refused;
  const { relation, why } = refusedWords(refused);
  return (
    <li>
      <h3>
        <a href={hrefOf(`story/${other.storyUid}`)}>
          <Foreign text={other.title === '' ? '(without a title)' : other.title} />
        </a>
      </h3>
      <p class="faint">
        <Foreign text={nameOf(other.sourceKey)} /> · {dayOf(other.date)} · <Address to={other.url ?? other.guid} />
      </p>
      <Line text={`${relation}. ${why}`} />
      <div class="acts">
        <Act sitting={sitting} to="story/same" fields={{ item: String(own.id), other: String(other.id) }}>
          <button type="submit">
            Same story
            <Unseen before=" as " text={titled(other.title)} />
          </button>
        </Act>
      </div>
    </li>
  );
}

interface RulingProperties {
  readonly ruling: KeptRuling;
  readonly uid: string;
  readonly nameOf: StoryPage['nameOf'];
  readonly sitting: Sitting;
}

function Ruling({ ruling, uid, nameOf, sitting }: RulingProperties): JSX.Element {
  return (
    <li>
      <Line text={`Ruling ${ruling.id}, ${dayOf(ruling.at)}: ${rulingSentence(ruling.ruling, nameOf)}.`} />
      {ruling.because === '' ? null : <Line text={`Because: ${ruling.because}`} />}
      {(ruling.against ?? [])
        .filter(({ at }) => at !== undefined)
        .map(({ at, words }) => (
          <Line text={`Since ${dayOf(at ?? ruling.at)} against it: ${words}. The ruling stands.`} />
        ))}
      <div class="acts">
        <Act sitting={sitting} to="story/undo" fields={{ numbers: String(ruling.id), page: uid }}>
          <button type="submit">{`Undo ruling ${ruling.id}`}</button>
        </Act>
      </div>
    </li>
  );
}
