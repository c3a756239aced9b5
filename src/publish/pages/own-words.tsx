/** What the maintainer says on pages beside the words of Relais: in the language of the site, whatever that of the page is. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { directionOf } from '../../text/language-tags.ts';
import { htmlFor, type Piece } from '../look/markup.ts';
import type { Page } from './page.ts';
import { Own } from './safe.tsx';

interface OwnWordsProperties {
  readonly page: Page;
  readonly pieces: readonly Piece[];
}

/** Nothing where nothing is said. */
export function OwnWords({ page, pieces }: OwnWordsProperties): JSX.Element | null {
  if (pieces.length === 0) return null;
  const { lang } = page.site.site;
  return (
    <div class="own" lang={lang} dir={directionOf(lang)}>
      <Own html={htmlFor(pieces, page.path)} />
    </div>
  );
}
