/** The colour of the site, looked at on light paper and in the dark. Pure. */
import type { Site } from '../model.ts';
import { accentsOf } from '../publish/look/accent.ts';

/** What has become of it so that it can be read, in half a sentence; undefined where nothing had to. */
export function colourInDoubt(site: Pick<Site, 'colour'>): string | undefined {
  const { colour } = site;
  if (colour === undefined) return undefined;
  const { light, dark } = accentsOf(site);
  if (light === colour && dark === colour) return undefined;
  if (light === colour)
    return `colour: ${colour} could not be read in the dark, and is ${dark} there; on light paper it is as you wrote it`;
  return dark === colour
    ? `colour: ${colour} could not be read on light paper, and is ${light} there; in the dark it is as you wrote it`
    : `colour: ${colour} could not be read, and is ${light} on light paper and ${dark} in the dark`;
}
