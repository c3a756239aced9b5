/** What its authors have corrected in a story, as a difference of words that is read, and heard, in its own direction. */
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { CorrectionView, NamesChange, StoryView } from '../views.ts';
import type { Passage, Piece } from '../word-diff.ts';
import type { Page } from './page.ts';
import { wordsOf } from './pieces.tsx';

interface PartProperties {
  readonly page: Page;
  readonly story: StoryView;
}

type Shown = PartProperties & { readonly correction: CorrectionView };

/** Passages of one correction that are read without being asked for, and words of them. */
const fewPassages = 4;
const fewWords = 120;

export function Corrections({ page, story }: PartProperties): JSX.Element | null {
  if (story.corrections.length === 0) return null;
  return (
    <section class="corrections" aria-labelledby="corrections-title">
      <h2 id="corrections-title">{page.words.corrections.heading}</h2>
      {story.corrections.map((correction) => (
        <div class="correction">
          <h3>
            <time datetime={page.moments.machine(correction.at)} title={page.moments.gregorian(correction.at)}>
              {page.words.corrected(page.moments.day(correction.at))}
            </time>
          </h3>
          {isLong(correction) ? (
            <details>
              <summary>{page.words.corrections.what}</summary>
              <What page={page} story={story} correction={correction} />
            </details>
          ) : (
            <What page={page} story={story} correction={correction} />
          )}
        </div>
      ))}
    </section>
  );
}

function isLong({ title, text }: CorrectionView): boolean {
  const passages = [...title, ...text];
  const words = passages.flatMap(({ pieces }) => pieces).reduce((sum, { words }) => sum + words, 0);
  return passages.length > fewPassages || words > fewWords;
}

function What({ page, story, correction }: Shown): JSX.Element {
  const { corrections: words, attachments } = page.words;
  const { title, text, authors, files, date, isCallMoved, isMore, isElsewhere } = correction;
  const day = (at: number): string => page.moments.day(at);
  return (
    <dl>
      {title.length === 0 ? null : <Part name={words.title}>{passagesIn(title, page, story)}</Part>}
      {text.length === 0 ? null : <Part name={words.text}>{passagesIn(text, page, story)}</Part>}
      {authors === undefined ? null : <Part name={words.authors}>{namesIn(authors, page)}</Part>}
      {date === undefined ? null : (
        <Part name={words.date}>
          <p>
            <Gone page={page}>{day(date.from)}</Gone> <Come page={page}>{day(date.to)}</Come>
          </p>
        </Part>
      )}
      {isCallMoved ? <Part name={words.date}>{[<p>{words.call}</p>]}</Part> : null}
      {files === undefined ? null : <Part name={attachments}>{namesIn(files, page)}</Part>}
      {isMore ? <Part name={words.text}>{[<p>{words.more}</p>]}</Part> : null}
      {isElsewhere ? <Part name={words.text}>{[<p>{words.elsewhere}</p>]}</Part> : null}
    </dl>
  );
}

function Part({ name, children }: { readonly name: string; readonly children?: Child }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function passagesIn(passages: readonly Passage[], page: Page, story: StoryView): JSX.Element[] {
  return passages.map(({ pieces, hasBefore, hasBehind }) => (
    <p {...wordsOf(story)}>
      {hasBefore ? '… ' : null}
      {pieces.map((piece, at) => (
        <>
          {at === 0 || piece.isGlued ? null : ' '}
          <Words page={page} piece={piece} />
        </>
      ))}
      {hasBehind ? ' …' : null}
    </p>
  ));
}

function Words({ page, piece }: { readonly page: Page; readonly piece: Piece }): JSX.Element {
  const { kind, text, words } = piece;
  if (kind === 'kept') return <>{text}</>;
  if (kind === 'withheld') return <Withheld page={page} words={words} />;
  return kind === 'gone' ? <Gone page={page}>{text}</Gone> : <Come page={page}>{text}</Come>;
}

function Withheld({ page, words }: { readonly page: Page; readonly words: number }): JSX.Element {
  return (
    <span class="withheld" lang={page.lang} dir={page.dir}>
      [{page.words.corrections.withheld(words)}]
    </span>
  );
}

function Gone({ page, children }: { readonly page: Page; readonly children?: Child }): JSX.Element {
  return (
    <del>
      <Heard page={page} words={page.words.corrections.gone} />
      {children}
    </del>
  );
}

function Come({ page, children }: { readonly page: Page; readonly children?: Child }): JSX.Element {
  return (
    <ins>
      <Heard page={page} words={page.words.corrections.come} />
      {children}
    </ins>
  );
}

/** Most screen readers pass over `<ins>` and `<del>` in silence. */
function Heard({ page, words }: { readonly page: Page; readonly words: string }): JSX.Element {
  return (
    <span class="heard" lang={page.lang} dir={page.dir}>
      {`${words} `}
    </span>
  );
}

function namesIn({ gone, come }: NamesChange, page: Page): JSX.Element {
  return (
    <p>
      {gone === 0 ? null : <Withheld page={page} words={gone} />}
      {come.map((name) => (
        <>
          {' '}
          <Come page={page}>
            <bdi>{name}</bdi>
          </Come>
        </>
      ))}
    </p>
  );
}
