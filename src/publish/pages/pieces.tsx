/** Small parts that several pages share: a moment in time, a group's name, the chain of nodes, what is attached. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Enclosure, Instant } from '../../model.ts';
import { licenceAddress } from '../../text/licences.ts';
import type { GroupView, RepostView, SourceView, StoryView } from '../views.ts';
import { enumeration, formatSize, speaks } from '../words.ts';
import { outsideLink } from './address.ts';
import { Outside } from './outside.tsx';
import { langAttribute, type Page, type Part } from './page.ts';
import { pagesToward } from './toward.ts';

interface MomentProperties {
  readonly page: Page;
  readonly at: Instant;
  readonly show: 'day' | 'time';
  readonly class?: string | undefined;
}

/** An instant as the page's language writes it; the Gregorian date in `title` where that is another calendar. */
export function Moment({ page, at, show, class: name }: MomentProperties): JSX.Element {
  return (
    <time class={name} datetime={page.moments.machine(at)} title={page.moments.gregorian(at)}>
      {page.moments[show](at)}
    </time>
  );
}

interface DatedProperties extends Omit<MomentProperties, 'at'> {
  readonly of: Pick<RepostView, 'date' | 'isDated'>;
}

/** When a text was written; of one without a date, on which day it was seen here. */
export function Dated({ page, of: { date, isDated }, ...more }: DatedProperties): JSX.Element {
  if (isDated) return <Moment page={page} at={date} {...more} />;
  return <span class="seen">{page.words.seenHere(page.moments.day(date))}</span>;
}

/** A group's name, isolated from the direction of what is around it, linked to its home page. */
export function Group({ group }: { readonly group: GroupView }): JSX.Element {
  return (
    <bdi>
      <Outside to={group.url}>{group.name}</Outside>
    </bdi>
  );
}

/** Who wrote it: a group, or all that wrote it together. */
export function Authors({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element {
  const { group, creditAs, jointly } = story.original;
  const [, ...others] = jointly;
  const groups = [{ ...group, name: creditAs ?? group.name }, ...others];
  return (
    <>
      {enumeration(groups.length, page.words.locale).map((part) => {
        const one = typeof part === 'string' ? undefined : groups[part];
        return one === undefined ? part : <Group group={one} />;
      })}
    </>
  );
}

/** How a source answers, since when and why, as one sentence; then what the maintainer says of it. */
export function State({ page, source }: { readonly page: Page; readonly source: SourceView }): JSX.Element {
  const { words } = page;
  const name = words.states[source.state];
  const state = source.since === undefined ? name : `${name} ${words.since(page.moments.day(source.since))}`;
  return (
    <p class="state">
      {source.reason === undefined ? state : words.because(state, words.reasons[source.reason])}
      {source.remark === undefined ? null : (
        <span class="why" dir="auto">
          {source.remark}
        </span>
      )}
    </p>
  );
}

/** Longer chains end in a dotted line: the credit beside it has the number. */
const mostNodes = 8;

/** The chain of credit drawn small: a filled node for the original, an open one for each repost. For the eye only. */
export function Chain({ story }: { readonly story: StoryView }): JSX.Element {
  const reposts = Math.min(story.reposts.length, mostNodes);
  const name = story.reposts.length > mostNodes ? 'chain longer' : 'chain';
  return (
    <span class={name} aria-hidden="true">
      <i />
      {Array.from({ length: reposts }, () => (
        <i />
      ))}
    </span>
  );
}

/**
 * The authors for microformats (h-card): the credit already names them to people, so nothing of this is shown. Where only dates
 * speak, nobody is an author.
 */
export function AuthorCard({ story }: { readonly story: StoryView }): JSX.Element | null {
  const { group, jointly, isGuess } = story.original;
  if (isGuess) return null;
  return (
    <>
      {(jointly.length === 0 ? [group] : jointly).map(({ name, url }) => {
        const home = outsideLink(url);
        return (
          <span class="p-author h-card">
            <data class="p-name" value={name} />
            {home === undefined ? null : <data class="u-url" value={home} />}
          </span>
        );
      })}
    </>
  );
}

/** A story's heading, linked to the original's page, or to our page of it where there is none. */
export function TitleLink({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element {
  const original = outsideLink(story.url);
  return original === undefined ? (
    <a class="p-name" href={page.to(story.path)}>
      {story.heading}
    </a>
  ) : (
    <Outside class="p-name u-url" to={original}>
      {story.heading}
    </Outside>
  );
}

/** `lang` and `dir` of a story's own words. */
export function wordsOf(story: StoryView): { readonly lang: string; readonly dir: string } {
  return { lang: langAttribute(story.lang), dir: story.dir };
}

/** The same of a heading or a beginning: of a text in several languages it may be in any, and its first letter tells. */
export function lineOf(story: StoryView): { readonly lang: string; readonly dir: string } {
  return story.langs.length > 1 ? { ...wordsOf(story), dir: 'auto' } : wordsOf(story);
}

/** The same of our sentences about it, which are in its language only where there are words of that. */
export function sentencesOf(story: StoryView, { site }: Page): { readonly lang: string; readonly dir: string } {
  return speaks(story.lang, site.site) ? wordsOf(story) : { lang: '', dir: 'auto' };
}

/** A licence named, and linked where its address is known; where it is nothing else, the address stands for its name. */
export function Licence({ licence, style }: { readonly licence: string; readonly style?: string }): JSX.Element {
  const href = outsideLink(licenceAddress(licence));
  if (href === undefined) return <bdi>{licence}</bdi>;
  const isAddress = outsideLink(licence) === href;
  return (
    <Outside class="u-license" rel="license" to={href} style={style}>
      <bdi>{isAddress ? href.replace(/^https?:\/\/|\/$/g, '') : licence}</bdi>
    </Outside>
  );
}

/** Files that come with a story: links, never players, since a player would ask another host. */
export function Enclosures({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element | null {
  const files = story.enclosures.flatMap((file) => {
    const href = outsideLink(file.url);
    return href === undefined ? [] : [{ href, label: labelOf(file, href), note: noteOf(file, page) }];
  });
  if (files.length === 0) return null;
  return (
    <dl class="attached">
      <dt>{page.words.attachments}</dt>
      {files.map(({ href, label, note }) => (
        <dd>
          <Outside class="u-enclosure" to={href}>
            <bdi>{label}</bdi>
          </Outside>
          {note === '' ? null : (
            <small>
              {' '}
              <bdi>{note}</bdi>
            </small>
          )}
        </dd>
      ))}
    </dl>
  );
}

function labelOf(file: Enclosure, href: string): string {
  const name = new URL(href).pathname.split('/').at(-1) ?? '';
  return file.title ?? (name === '' ? href : name);
}

function noteOf({ type, bytes }: Enclosure, page: Page): string {
  const size = bytes === undefined || bytes <= 0 ? undefined : formatSize(bytes, page.lang, page.site.site);
  return [type, size].filter((part) => part !== undefined && part !== '').join(', ');
}

interface PageNumbersProperties {
  readonly page: Page;
  readonly pathOf: (number: number) => string;
  readonly part: Part;
  /** What is spread over them, as it is called. */
  readonly name: string;
}

/** The ways to the other pages of a long list. */
export function PageNumbers({ page, pathOf, part, name }: PageNumbersProperties): JSX.Element | null {
  if (part.of === 1) return null;
  return (
    <nav class="neighbours pages" aria-label={name}>
      {pagesToward(part).map((number, at, numbers) => (
        <>
          {number - (numbers[at - 1] ?? 0) > 1 ? <span aria-hidden="true">…</span> : null}
          {number === part.page ? (
            <span aria-current="page">{number}</span>
          ) : (
            <a href={page.to(pathOf(number))}>{number}</a>
          )}
        </>
      ))}
    </nav>
  );
}
