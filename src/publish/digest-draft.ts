/** A digest as it would be if it closed now: nothing of it is noted. */
import type { CarryingDigest } from '../digest-library.ts';
import type { Section, SiteDocument } from '../model.ts';
import { standingIn, toldIn } from './digest-jobs.ts';
import { eventViewsOf } from './section-jobs.ts';
import { stateOf } from './section-state.ts';
import type { Supply } from './supply.ts';
import type { SiteView } from './views.ts';

/** All forms of a digest that has not closed. @param before those that have, of all sections */
export async function draftDocuments(
  section: Section,
  open: CarryingDigest,
  supply: Omit<Supply, 'digests'>,
  before: readonly CarryingDigest[],
): Promise<readonly SiteDocument[]> {
  const own = [...before.filter((one) => one.section === section.id), open];
  const whole: Supply = { ...supply, digests: new Map([[section.id, own]]) };
  const state = stateOf(section, whole);
  const standing = standingIn(state).at(-1);
  if (standing === undefined) return [];
  const { digestDocuments } = await import('./digest.ts');
  const site: SiteView = { site: supply.config.site, sections: [{ section, path: `${section.id}/`, count: 0 }] };
  return await digestDocuments(site, await toldIn(standing, state, whole).view(() => eventViewsOf(state, whole)));
}
