/** The site's icon: a relay, one full node and one open. Also keeps browsers from asking for a favicon that is not there. */
import type { Site } from '../../model.ts';
import { accentsOf } from '../look/accent.ts';

/** The text of `icon.svg`. */
export function iconFor(site: Pick<Site, 'colour'>): string {
  const { light: accent } = accentsOf(site);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <g stroke="${accent}" stroke-width="4"><path d="M8 16h16"/><circle cx="8" cy="16" r="5" fill="${accent}"/><circle cx="24" cy="16" r="5" fill="#fff"/></g>
</svg>
`;
}
