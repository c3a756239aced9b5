/** The page that lists a section's digests, the newest first, and says where their feed is. */
import type { Section } from '../../model.ts';
import { between } from '../../text/between.ts';
import type { ListedDigest } from '../digest-list.ts';
import { digestName } from '../digest-name.ts';
import { digestPath } from '../period.ts';
import type { FeedView, SiteView } from '../views.ts';
import { publishedAt } from './address.ts';
import { Frame, feedsOf, renderDocument } from './document.tsx';
import { lineIn, pageAt } from './page.ts';

/** @param feed of digests: its title, and its folder, which is the page's too */
export function renderDigestList(
  site: SiteView,
  { title, path }: Pick<FeedView, 'title' | 'path'>,
  section: Section,
  list: readonly ListedDigest[],
): string {
  const page = pageAt(site, path, section.lang);
  const { words, moments } = page;
  const head = {
    title,
    description: section.about,
    type: 'website',
    canonical: publishedAt(site.site, path),
    feeds: [{ path, title }],
  } as const;
  return renderDocument(
    <Frame page={page} head={head} current={section.id}>
      <main id="content">
        <header class="opening">
          <h1 {...lineIn(section.lang, title)}>{title}</h1>
          <p class="about">{words.digestFeed}</p>
          <ul class="doors">
            {feedsOf(page, path).map(({ path: file, type, name }) => (
              <li>
                <a href={page.to(file)} type={type}>
                  {name}
                </a>
              </li>
            ))}
            <li>
              <a href={page.to(`${section.id}/`)}>{words.allOf(section.title)}</a>
            </li>
          </ul>
        </header>
        <section class="since">
          <ul>
            {list.map(({ digest, count }) => {
              const lastDay = moments.day(digest.end - 1);
              return (
                <li>
                  <a href={page.to(digestPath(section, digest))}>
                    {digestName(digest.name, page.lang, page.site.site)}
                  </a>{' '}
                  <small>
                    {moments.day(digest.start)} – {lastDay}
                    {between(lastDay)}
                    {words.stories(count)}
                  </small>
                </li>
              );
            })}
          </ul>
        </section>
      </main>
    </Frame>,
  );
}
