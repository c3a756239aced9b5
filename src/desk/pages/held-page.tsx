/** What waits for the maintainer, with what was found, and a button for each thing that can be said. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { MissingItem } from '../../library.ts';
import type { Instant } from '../../model.ts';
import { findingNames, type HeldSource, type HeldText } from '../../telling/held.ts';
import { dayOf, minuteOf } from '../../telling/instants.ts';
import { missingWords } from '../../telling/missing-words.ts';
import { readableText } from '../../text/safe.ts';
import { Act, Address, Foreign, Frame, hrefOf, renderPage, type Sitting, Unseen } from './frame.tsx';

export interface VanishedSource {
  readonly sourceKey: string;
  readonly name: string;
  readonly items: readonly MissingItem[];
}

export interface HeldPage {
  readonly sources: readonly HeldSource[];
  readonly texts: readonly HeldText[];
  /** Texts that wait beside these. */
  readonly further: number;
  /** What has vanished at once, by its source. */
  readonly vanished: readonly VanishedSource[];
  /** Sources of which it is said already what is to become of them, at the next run. */
  readonly ruled: ReadonlySet<string>;
}

const itemsShown = 10;
const findingsShown = 10;

export function renderHeld({ sources, texts, further, vanished, ruled }: HeldPage, sitting: Sitting): string {
  const isEmpty = sources.length + texts.length + vanished.length === 0;
  return renderPage(
    <Frame title="Held" sitting={sitting} current="held">
      {isEmpty ? <p>Nothing is held: every source looks like itself, and no text waits for you.</p> : null}
      {texts.length === 0 ? null : (
        <section aria-labelledby="texts">
          <h2 id="texts">Texts that wait for you</h2>
          <ul class="rows">
            {texts.map((text) => (
              <Text text={text} sitting={sitting} />
            ))}
          </ul>
          {further === 0 ? null : (
            <p class="faint">{`${further} more wait; they come here as these, which have waited longest, are ruled on.`}</p>
          )}
        </section>
      )}
      {sources.length === 0 ? null : (
        <section aria-labelledby="sources">
          <h2 id="sources">Sources that do not look like themselves</h2>
          <ul class="rows">
            {sources.map((source) => (
              <Source source={source} isRuled={ruled.has(source.key)} sitting={sitting} />
            ))}
          </ul>
        </section>
      )}
      {vanished.length === 0 ? null : (
        <section aria-labelledby="vanished">
          <h2 id="vanished">Many texts that have vanished at once</h2>
          <ul class="rows">
            {vanished.map((one) => (
              <Vanished vanished={one} isRuled={ruled.has(one.sourceKey)} sitting={sitting} />
            ))}
          </ul>
        </section>
      )}
    </Frame>,
  );
}

function Text({ text, sitting }: { readonly text: HeldText; readonly sitting: Sitting }): JSX.Element {
  const { item, source, parked } = text;
  const id = String(item.id);
  const title = item.title === '' ? '(without a title)' : item.title;
  return (
    <li>
      <h3>
        <a href={hrefOf(`post/${id}`)}>
          <Foreign text={title} />
        </a>
      </h3>
      <p class="faint">
        <Foreign text={source} /> · <Address to={item.url ?? item.guid} />
      </p>
      {parked.map(({ section, since, found }) => (
        <>
          <p>{`Held back from ${section} since ${minuteOf(since)}, for:`}</p>
          <ul>
            {found.slice(0, findingsShown).map(({ kind, quote }) => (
              <li>
                {findingNames[kind]}: <Foreign text={quote} most={200} />
              </li>
            ))}
            {found.length > findingsShown ? <li>{`and ${found.length - findingsShown} more`}</li> : null}
          </ul>
        </>
      ))}
      <details>
        <summary>
          The text
          <Unseen before=" of " text={title} />
        </summary>
        <p class="text" dir="auto">
          {readableText(item.text.slice(0, mostText))}
        </p>
      </details>
      <div class="acts">
        <Act sitting={sitting} to="held/release" fields={{ item: id }}>
          <button type="submit">
            Readers may see it
            <Unseen before=": " text={title} />
          </button>
        </Act>
        {parked.length > 1
          ? parked.map(({ section }) => (
              <Act sitting={sitting} to="held/release" fields={{ item: id, section }}>
                <button type="submit">
                  In {section} alone
                  <Unseen before=": " text={title} />
                </button>
              </Act>
            ))
          : null}
        <Act sitting={sitting} to="story/withdraw" fields={{ item: id }}>
          <div class="fields">
            <div>
              <label for={`because-${id}`}>Why nobody may</label>
              <input id={`because-${id}`} name="because" type="text" required maxlength={500} />
            </div>
            <button type="submit">
              Withdraw it
              <Unseen before=": " text={title} />
            </button>
          </div>
        </Act>
      </div>
    </li>
  );
}

/** Characters of a text; a longer one is read where it was published. */
const mostText = 20_000;

interface SourceProperties {
  readonly source: HeldSource;
  readonly isRuled: boolean;
  readonly sitting: Sitting;
}

function Source({ source, isRuled, sitting }: SourceProperties): JSX.Element {
  const { key, name, url, hold, items } = source;
  return (
    <li>
      <h3>
        <Foreign text={name} />
      </h3>
      <p class="faint">
        <Address to={url} />
      </p>
      <p>{`Held since ${minuteOf(hold.since)}:`}</p>
      <ul>
        {hold.reasons.map((reason) => (
          <li>
            <Foreign text={reason} most={2_000} />
          </li>
        ))}
      </ul>
      <p>{`${items.length} ${items.length === 1 ? 'item waits' : 'items wait'}.`}</p>
      <ul>
        {items.slice(0, itemsShown).map(({ title, published, url: page }) => (
          <li>
            {dateOf(published)} <Foreign text={title === '' ? '(without a title)' : title} />{' '}
            {page === undefined ? null : <Address to={page} />}
          </li>
        ))}
      </ul>
      {isRuled ? (
        <Ruled />
      ) : (
        <div class="acts">
          <Act sitting={sitting} to="held/source" fields={{ source: key, kind: 'accept' }}>
            <button type="submit">
              It is theirs: let it in
              <Unseen before=": " text={name} />
            </button>
          </Act>
          <Act sitting={sitting} to="held/source" fields={{ source: key, kind: 'refuse' }}>
            <button type="submit">
              It is somebody else’s: throw it away
              <Unseen before=": " text={name} />
            </button>
          </Act>
        </div>
      )}
    </li>
  );
}

function Ruled(): JSX.Element {
  return <p class="faint">You have said what is to become of it; the next run does it.</p>;
}

function dateOf(instant: Instant | undefined): string {
  return instant === undefined ? 'no date' : dayOf(instant);
}

interface VanishedProperties {
  readonly vanished: VanishedSource;
  readonly isRuled: boolean;
  readonly sitting: Sitting;
}

function Vanished({ vanished, isRuled, sitting }: VanishedProperties): JSX.Element {
  const { sourceKey, name, items } = vanished;
  return (
    <li>
      <h3>
        <Foreign text={name} />
      </h3>
      <ul>
        {items.slice(0, itemsShown).map((item) => (
          <li>
            <Foreign text={item.title === '' ? '(without a title)' : item.title} />{' '}
            {item.url === undefined ? null : <Address to={item.url} />} {missingWords(item, 'below')}
          </li>
        ))}
        {items.length > itemsShown ? <li>{`and ${items.length - itemsShown} more`}</li> : null}
      </ul>
      {isRuled ? (
        <Ruled />
      ) : (
        <div class="acts">
          <Act sitting={sitting} to="held/vanished" fields={{ source: sourceKey, kind: 'withdraw-vanished' }}>
            <button type="submit">
              They have taken these away: withdraw them
              <Unseen before=": " text={name} />
            </button>
          </Act>
          <Act sitting={sitting} to="held/vanished" fields={{ source: sourceKey, kind: 'keep-vanished' }}>
            <button type="submit">
              Their site is broken: keep them
              <Unseen before=": " text={name} />
            </button>
          </Act>
        </div>
      )}
    </li>
  );
}
