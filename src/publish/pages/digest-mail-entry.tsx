/** A story in the mail of a digest, and the rules that stand on the elements of that mail. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Site } from '../../model.ts';
import { alsoIn } from '../digest-also.ts';
import { groupsWith } from '../digest-order.ts';
import { accentsOf } from '../look/accent.ts';
import type { StoryView } from '../views.ts';
import { colon } from '../words/grammar.ts';
import { publishedAt } from './address.ts';
import { doorOf } from './doors.ts';
import { Outside } from './outside.tsx';
import type { Page } from './page.ts';
import { Licence, lineOf, sentencesOf } from './pieces.tsx';

const serif = "'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif";
const sans = "'Helvetica Neue', 'Segoe UI', Arial, sans-serif";
export const styles = {
  body: 'margin:0;padding:0;background:#f6f7f4;color:#15191b',
  // A title without blanks, as an address, is no wider than a phone; the second is for old mail programs.
  sheet: `max-width:36em;margin:0 auto;padding:24px 16px;font:17px/1.55 ${serif};overflow-wrap:anywhere;word-break:break-word`,
  small: `font:14px/1.5 ${sans};color:#4a5458`,
  title: 'margin:0 0 4px;font-size:32px;line-height:1.15;font-weight:bold',
  item: 'margin:0;padding:20px 0;border-top:1px solid #c6cdcb',
  heading: 'margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:bold',
  part: 'margin:24px 0 8px;font-weight:bold',
  text: 'margin:8px 0',
  titleLink: 'color:#15191b;text-decoration:underline',
} as const;

/** Of a link in the site's colour, on light paper. */
export function linkStyle(site: Pick<Site, 'colour'>): string {
  return `color:${accentsOf(site).light}`;
}

/** Title, credit, the beginning of the text, who else has it, and where to go on. */
export function Entry({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element {
  const { words } = page;
  const storyPage = publishedAt(page.site.site, story.path);
  const door = doorOf(story, words);
  const also = alsoIn(story, door, words);
  const groups = groupsWith(story);
  const link = linkStyle(page.site.site);
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
      <p class="small" style={`${styles.small};margin:0`} {...sentencesOf(story, page)}>
        {story.credit}
      </p>
      {story.excerpt === '' ? null : (
        <p style={styles.text} {...lineOf(story)}>
          {story.excerpt}
        </p>
      )}
      {also === undefined ? null : (
        <p class="small" style={`${styles.small};margin:0 0 4px`}>
          {also.label}
          {colon(page.lang)}{' '}
          {also.groups.map(({ name, href }, at) => (
            <>
              {at === 0 ? null : ', '}
              <bdi>
                <Outside to={href} style={link}>
                  {name}
                </Outside>
              </bdi>
            </>
          ))}
        </p>
      )}
      <p class="small" style={`${styles.small};margin:0`}>
        {groups === 1 ? null : `${words.carriedBy(groups)} · `}
        {door === undefined ? null : (
          <Outside to={door.href} style={link}>
            {door.label}
          </Outside>
        )}
        {storyPage === undefined ? null : (
          <>
            {door === undefined ? '' : ' · '}
            <a style={link} href={storyPage}>
              {words.howWeKnow}
            </a>
          </>
        )}
        {story.licence === undefined ? null : (
          <>
            {' · '}
            {words.licence}
            {colon(page.lang)} <Licence licence={story.licence} style={link} />
          </>
        )}
      </p>
    </div>
  );
}
