/** The site's icon: a relay, one full node and one open. Also keeps browsers from asking for a favicon that is not there. */
import type { SiteDocument } from '../../model.ts';
import { accentsOf } from '../look/accent.ts';
import { type Dressed, lookOf } from '../look/look.ts';

/** Where it is, and of which type: the maintainer's own, or ours. */
export function iconOf(site: Dressed): { readonly path: string; readonly type: string } {
  return lookOf(site).icon ?? { path: 'icon.svg', type: 'image/svg+xml' };
}

/** Ours, drawn in the site's colour; none where the maintainer has one. */
export function iconDocuments(site: Dressed): readonly SiteDocument[] {
  if (lookOf(site).icon !== undefined) return [];
  const { light: accent } = accentsOf(site);
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <g stroke="${accent}" stroke-width="4"><path d="M8 16h16"/><circle cx="8" cy="16" r="5" fill="${accent}"/><circle cx="24" cy="16" r="5" fill="#fff"/></g>
</svg>
`;
  return [{ path: 'icon.svg', body }];
}
