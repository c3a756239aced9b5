/** `relais release`: a person has looked at a text, and its sections may show it. Acts at once, also beside a run that is under way. */
import { openDesk } from '../pass.ts';
import { postsNamed } from '../story-rulings.ts';
import { personHere } from './person.ts';
import type { Printer } from './print.ts';
import { act, jsonOf, tidy, type WithdrawOptions } from './withdraw.ts';

export interface ReleaseOptions extends WithdrawOptions {
  /** One section alone. */
  readonly section?: string | undefined;
}

/** @returns 0, also where the site is left to another process; 2 where nothing is meant, or nothing of it is parked */
export async function release(name: string, options: ReleaseOptions, printer: Printer): Promise<number> {
  const said = { who: personHere(), because: tidy(options.because) };
  const { section } = options;
  return await act(options, printer, async ({ config, library, now }, nameOf) => {
    if (section !== undefined && config.sections.every(({ id }) => id !== section)) {
      const ids = config.sections.map(({ id }) => id).join(', ');
      return { kind: 'refused', why: `There is no section ${section}. There are: ${ids}.` };
    }
    const posts = await postsNamed(name, await openDesk(config, library), library);
    if ('why' in posts) return { kind: 'refused', why: posts.why };
    const ids = posts.map(({ id }) => id);
    const sections = await library.release(ids, section, said, now);
    const where = section === undefined ? '' : ` in ${section}`;
    if (sections.length === 0) return { kind: 'refused', why: `${name} is not parked${where}. What is:  relais held` };
    const lines = [
      ...posts.map((post) => `Released in ${sections.join(', ')}: ${nameOf(post)}.`),
      'Reposts of it that hold nothing else are released with it. An edit that brings something else parks it again.',
    ];
    return { lines, json: { released: posts.map(jsonOf), sections } };
  });
}
