/** The same statement in other languages, each named in its own: links from the page of a story to those of the others. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { StoryView } from '../views.ts';
import { languageName } from '../words.ts';
import { langAttribute, type Page } from './page.ts';

interface PartProperties {
  readonly page: Page;
  readonly story: StoryView;
}

/** Nothing where there are none. Every page names all that are known, so the ways lead back too. */
export function Translations({ page, story }: PartProperties): JSX.Element | null {
  if (story.translations.length === 0) return null;
  return (
    <nav class="translations" aria-labelledby="translations-title">
      <h2 id="translations-title">{page.words.inOtherLanguages}</h2>
      <ul>
        {story.translations.map(({ path, heading, lang, langs, dir, group }) => (
          <li>
            <bdi lang={langAttribute(lang)}>{languageName(lang)}</bdi>:{' '}
            <a
              href={page.to(path)}
              rel="alternate"
              hreflang={lang === 'und' ? undefined : lang}
              lang={langAttribute(lang)}
              dir={langs.length > 1 ? 'auto' : dir}
            >
              {heading}
            </a>{' '}
            <small>
              <bdi>{group.name}</bdi>
            </small>
          </li>
        ))}
      </ul>
    </nav>
  );
}
