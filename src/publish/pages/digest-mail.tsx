/**
 * A digest to the HTML part of its mail. Mail readers drop style sheets and know little CSS, so every rule stands on its
 * element; the few for dark mode need `!important` to win over those. No picture, nothing loaded, every link absolute.
 */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { DigestView, SiteView, StoryEvent, StoryView } from '../views.ts';
import { between, colon } from '../words/grammar.ts';
import { contactLink, publishedAt } from './address.ts';
import { renderDocument } from './document.tsx';
import { doorOf } from './doors.ts';
import { ContactLink, Outside } from './outside.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
import { Licence, lineOf, sentencesOf } from './pieces.tsx';
import { whenInWords } from './when.ts';

const serif = "'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif";
const sans = "'Helvetica Neue', 'Segoe UI', Arial, sans-serif";
const styles = {
  body: 'margin:0;padding:0;background:#f6f7f4;color:#15191b',
  sheet: `max-width:36em;margin:0 auto;padding:24px 16px;font:17px/1.55 ${serif}`,
  small: `font:14px/1.5 ${sans};color:#4a5458`,
  title: 'margin:0 0 4px;font-size:32px;line-height:1.15;font-weight:bold',
  item: 'margin:0;padding:20px 0;border-top:1px solid #c6cdcb',
  heading: 'margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:bold',
  text: 'margin:8px 0',
  link: 'color:#0a5566',
  titleLink: 'color:#15191b;text-decoration:underline',
} as const;

const darkRules =
  '@media (prefers-color-scheme: dark) { body { background: #101517 !important; color: #e6eae8 !important } ' +
  'a { color: #86cdd8 !important } .small { color: #a9b4b5 !important } .item { border-color: #38444a !important } }';

/** The HTML part of a digest's mail: a whole document. Without an address of the site it has only links to the originals. */
export function renderDigestMail(site: SiteView, digest: DigestView): string {
  const { section } = digest;
  const page = pageAt(site, digest.path, section.lang);
  const { words, moments } = page;
  const stories = digest.stories.filter((story) => story.withdrawn === undefined);
  const address = publishedAt(site.site, digest.path);
  const week = words.weeklyDigest(digest.week);
  const lastDay = moments.day(digest.end - 1);
  return renderDocument(
    <html lang={page.lang} dir={page.dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${section.title}: ${words.weeklyDigest(digest.week)}`}</title>
        <style>{darkRules}</style>
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
            {week}
            {between(week)}
            {moments.day(digest.start)} – {lastDay}
            {between(lastDay)}
            {words.stories(stories.length)}
          </p>
          {stories.map((story) => (
            <Entry page={page} story={story} />
          ))}
          {digest.comingUp.length === 0 ? null : <ComingUp page={page} events={digest.comingUp} />}
          <SinceLast page={page} digest={digest} />
          <div class="item small" style={`${styles.item};${styles.small}`}>
            {address === undefined ? null : (
              <p>
                <a style={styles.link} href={address}>
                  {words.onTheWeb}
                </a>
              </p>
            )}
            <p>
              {words.digestOrder} {words.promise}
            </p>
            <Contact page={page} />
          </div>
        </div>
      </body>
    </html>,
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
              <a style={styles.link} href={href} {...lineOf(story)}>
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
        <p style={styles.text}>{words.corrections.takenBack(name, moments.day(at))}</p>
      ))}
    </div>
  );
}

function Contact({ page }: { readonly page: Page }): JSX.Element | null {
  const { contact } = page.site.site;
  if (contact === undefined || contactLink(contact) === undefined) return null;
  return (
    <p>
      {page.words.writeTo} <ContactLink contact={contact} style={styles.link} />
    </p>
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
            <p class="small" style={`${styles.small};margin:0`} {...sentencesOf(story)}>
              {story.credit}
            </p>
          </div>
        );
      })}
    </div>
  );
}

function Entry({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element {
  const { words } = page;
  const storyPage = publishedAt(page.site.site, story.path);
  const door = doorOf(story, words);
  return (
    <div class="item" style={styles.item}>
      <h2 style={styles.heading} {...lineOf(story)}>
        {door === undefined && storyPage !== undefined ? (
          <a style={styles.titleLink} href={storyPage}>
            {story.heading}
          </a>
        ) : (
          <Outside to={door?.href} style={styles.titleLink}>
            {story.heading}
          </Outside>
        )}
      </h2>
      <p class="small" style={`${styles.small};margin:0`} {...sentencesOf(story)}>
        {story.credit}
      </p>
      {story.excerpt === '' ? null : (
        <p style={styles.text} {...lineOf(story)}>
          {story.excerpt}
        </p>
      )}
      <p class="small" style={`${styles.small};margin:0`}>
        {story.reposts.length === 0 ? null : `${words.carriedBy(story.reposts.length + 1)} · `}
        {door === undefined ? null : (
          <Outside to={door.href} style={styles.link}>
            {door.label}
          </Outside>
        )}
        {storyPage === undefined ? null : (
          <>
            {door === undefined ? '' : ' · '}
            <a style={styles.link} href={storyPage}>
              {words.howWeKnow}
            </a>
          </>
        )}
        {story.licence === undefined ? null : (
          <>
            {' · '}
            {words.licence}
            {colon(page.lang)} <Licence licence={story.licence} style={styles.link} />
          </>
        )}
      </p>
    </div>
  );
}
