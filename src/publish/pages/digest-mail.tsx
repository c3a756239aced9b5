/**
 * A digest to the HTML part of its mail. Mail readers drop style sheets and know little CSS, so every rule stands on its
 * element; the few for dark mode need `!important` to win over those. No picture, nothing loaded, every link absolute.
 */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Site } from '../../model.ts';
import { between } from '../../text/between.ts';
import { digestName } from '../digest-name.ts';
import { countIn } from '../digest-order.ts';
import { orderIn } from '../digest-words.ts';
import { accentsOf, papers } from '../look/accent.ts';
import type { DigestView, SiteView, StoryEvent } from '../views.ts';
import { colon } from '../words/grammar.ts';
import { takenBackWords } from '../words.ts';
import { publishedAt } from './address.ts';
import { Entry, linkStyle, styles } from './digest-mail-entry.tsx';
import { renderDocument } from './document.tsx';
import { Contact, Outside } from './outside.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
import { lineOf, sentencesOf } from './pieces.tsx';
import { whenInWords } from './when.ts';

function darkRulesFor(site: Pick<Site, 'colour'>): string {
  return (
    `@media (prefers-color-scheme: dark) { body { background: ${papers.dark.paper} !important; color: #e6eae8 !important } ` +
    `a { color: ${accentsOf(site).dark} !important } .small { color: #a9b4b5 !important } .item { border-color: #38444a !important } }`
  );
}

/** The HTML part of a digest's mail: a whole document. Without an address of the site it has only links to the originals. */
export function renderDigestMail(site: SiteView, digest: DigestView): string {
  const { section } = digest;
  const page = pageAt(site, digest.path, section.lang);
  const { words, moments } = page;
  const address = publishedAt(site.site, digest.path);
  const name = digestName(digest.name, page.lang, page.site.site);
  const lastDay = moments.day(digest.end - 1);
  return renderDocument(
    <html lang={page.lang} dir={page.dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${section.title}${colon(page.lang)} ${name}`}</title>
        <style>{darkRulesFor(site.site)}</style>
      </head>
      <body style={styles.body} dir={page.dir}>
        <div style={styles.sheet}>
          <p class="small" style={`${styles.small};margin:0 0 8px`}>
            <bdi>{site.site.title}</bdi>
          </p>
          <h1 style={styles.title} {...lineIn(section.lang, section.title)}>
            {section.title}
          </h1>
          <p class="small" style={`${styles.small};margin:0 0 20px`}>
            {name}
            {between(name)}
            {moments.day(digest.start)} – {lastDay}
            {between(lastDay)}
            {words.stories(countIn(digest))}
          </p>
          <Parts page={page} digest={digest} />
          <More page={page} digest={digest} address={address} />
          {digest.comingUp.length === 0 ? null : <ComingUp page={page} events={digest.comingUp} />}
          <SinceLast page={page} digest={digest} />
          <div class="item small" style={`${styles.item};${styles.small}`}>
            {address === undefined ? null : (
              <p>
                <a style={linkStyle(page.site.site)} href={address}>
                  {words.onTheWeb}
                </a>
              </p>
            )}
            <p>
              {orderIn(section, page)} {words.promise}
            </p>
            <Contact page={page} style={linkStyle(page.site.site)} />
          </div>
        </div>
      </body>
    </html>,
  );
}

interface PartProperties {
  readonly page: Page;
  readonly digest: DigestView;
}

/** A heading over each part where there are several. */
function Parts({ page, digest }: PartProperties): JSX.Element {
  const { parts } = digest;
  return (
    <>
      {parts.map(({ kind, stories }) => (
        <>
          {parts.length === 1 ? null : (
            <p class="small" style={`${styles.small};${styles.part}`}>
              {page.words.digestParts[kind]}
            </p>
          )}
          {stories.map((story) => (
            <Entry page={page} story={story} />
          ))}
        </>
      ))}
    </>
  );
}

function More({
  page,
  digest,
  address,
}: PartProperties & { readonly address: string | undefined }): JSX.Element | null {
  if (digest.more.length === 0) return null;
  const words = page.words.andMore(digest.more.length);
  return (
    <p class="item" style={styles.item}>
      {address === undefined ? (
        words
      ) : (
        <a style={linkStyle(page.site.site)} href={address}>
          {words}
        </a>
      )}
    </p>
  );
}

function SinceLast({ page, digest }: { readonly page: Page; readonly digest: DigestView }): JSX.Element | null {
  const { words, moments } = page;
  const { corrected, takenBack } = digest;
  if (corrected.length + takenBack.length === 0) return null;
  return (
    <div class="item" style={styles.item}>
      <h2 style={styles.heading}>{words.corrections.sinceLastDigest}</h2>
      {corrected.map(({ story, at }) => {
        const href = publishedAt(page.site.site, story.path);
        return (
          <p style={styles.text}>
            {href === undefined ? (
              <bdi {...lineOf(story)}>{story.heading}</bdi>
            ) : (
              <a style={linkStyle(page.site.site)} href={href} {...lineOf(story)}>
                {story.heading}
              </a>
            )}{' '}
            <span class="small" style={styles.small}>
              <bdi>{story.original.group.name}</bdi> · {words.corrected(moments.day(at))}
            </span>
          </p>
        );
      })}
      {takenBack.map(({ name, at }) => (
        <p style={styles.text}>{takenBackWords(words, name, moments.day(at))}</p>
      ))}
    </div>
  );
}

function ComingUp({ page, events }: { readonly page: Page; readonly events: readonly StoryEvent[] }): JSX.Element {
  return (
    <div class="item" style={styles.item}>
      <h2 style={styles.heading}>{page.words.comingUp}</h2>
      {events.map(({ event, story }) => {
        const href = publishedAt(page.site.site, story.path) ?? event.url ?? story.url;
        return (
          <div style={styles.text}>
            <p class="small" style={`${styles.small};margin:0`}>
              {whenInWords(event, page.moments)}
              {event.isCancelled ? <strong> {page.words.cancelled}</strong> : null}
            </p>
            <p style={styles.text} {...lineOf(story)}>
              <Outside to={href} style={styles.titleLink}>
                {event.title}
              </Outside>
              {event.place === undefined ? null : <br />}
              {event.place === undefined ? null : <span {...lineIn(story.lang, event.place)}>{event.place}</span>}
            </p>
            <p class="small" style={`${styles.small};margin:0`} {...sentencesOf(story, page)}>
              {story.credit}
            </p>
          </div>
        );
      })}
    </div>
  );
}
