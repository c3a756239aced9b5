/** How the maintainer has dressed the site: what is wrong with it is told by the first run that finds it. */
import type { Library } from './library.ts';
import type { Config } from './model.ts';
import type { Problem } from './problems.ts';
import { stampOf } from './publish/supply.ts';

const fact = 'look-told';

/** What is wrong with files that have changed since this was last told. */
export async function tellOfLook(
  { site }: Config,
  { library }: { readonly library: Pick<Library, 'fact' | 'replaceFact'> },
): Promise<readonly Problem[]> {
  if (site.look === undefined) return [];
  const state = stampOf(site.look);
  if ((await library.fact(fact)) === state) return [];
  await library.replaceFact(fact, state);
  const { lookProblems } = await import('./publish/look-problems.ts'); // mostly not needed
  return lookProblems(site);
}
