/** SafeHtml and the maintainer's own put into a page as they are: the one place where markup is not escaped, and the types let nothing else in. */
import { raw } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SafeHtml } from '../../model.ts';
import type { OwnHtml } from '../look/markup.ts';

/** HTML that has passed the allow-list, unescaped. */
export function Safe({ html }: { readonly html: SafeHtml }): JSX.Element {
  return raw(html);
}

/** What the maintainer has written for pages, judged, unescaped. */
export function Own({ html }: { readonly html: OwnHtml }): JSX.Element {
  return raw(html);
}
