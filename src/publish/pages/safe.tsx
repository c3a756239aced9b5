/** SafeHtml put into a page as it is: the one place where markup is not escaped, and the type lets nothing else in. */
import { raw } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SafeHtml } from '../../model.ts';

/** HTML that has passed the allow-list, unescaped. */
export function Safe({ html }: { readonly html: SafeHtml }): JSX.Element {
  return raw(html);
}
