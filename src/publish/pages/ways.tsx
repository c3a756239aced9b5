/** The ways from a story back to the sections it stands in. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { StoryView } from '../views.ts';
import type { Page } from './page.ts';

/** Back to the sections the story stands in. */
export function Ways({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element | null {
  const sections = page.site.sections.filter(({ section }) => story.sections.includes(section.id));
  if (sections.length === 0) return null;
  return (
    <p class="ways">
      {sections.map(({ section, path }, at) => (
        <>
          {at > 0 ? ' · ' : null}
          <a href={page.to(path)}>{page.words.backToSection(section.title)}</a>
        </>
      ))}
    </p>
  );
}
