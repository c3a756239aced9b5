/**
 * What does not reach the maintainer: the mail or the dead man's switch. It is noted when it begins, so that the run that meets it says
 * it once, and kept until that works again, so that whoever looks still sees it.
 */
import type { Library } from '../library.ts';
import type { Config, Instant } from '../model.ts';
import type { Problem } from '../problems.ts';
import { redactor } from '../text/redact.ts';

const ways = ['mail', 'ping'] as const;
type Way = (typeof ways)[number];

/** A way to the maintainer that does not work. */
export interface ReportTrouble {
  readonly since: Instant;
  /** As it was at the last try. */
  readonly problem: Problem;
}

/** As it is kept. What another host has refused is new of this one. */
interface Kept extends ReportTrouble {
  readonly host: string | undefined;
}

const factOf = (way: Way): string => `report-${way}-trouble`;

/**
 * Notes how a try went.
 * @param failure undefined where it went well
 * @returns the failure, without secrets, where it has not been said before
 */
export async function noteTry(
  way: Way,
  failure: Problem | undefined,
  { config, library, now }: { readonly config: Config; readonly library: Library; readonly now: Instant },
): Promise<readonly Problem[]> {
  if (failure === undefined) {
    const written = (await library.fact(factOf(way))) ?? '';
    if (written !== '') await library.replaceFact(factOf(way), '');
    return [];
  }
  const before = await keptOf(way, config, library);
  const problem = { ...failure, happened: redactor(config.secrets)(failure.happened) };
  const kept: Kept = { host: hostOf(way, config), since: before?.since ?? now, problem };
  await library.replaceFact(factOf(way), JSON.stringify(kept));
  return before === undefined ? [problem] : [];
}

/** What does not work now; nothing of what the settings do not name any more. */
export async function reportTroubles(config: Config, library: Library | undefined): Promise<readonly ReportTrouble[]> {
  if (library === undefined) return [];
  const kept = await Promise.all(ways.map((way) => keptOf(way, config, library)));
  return kept.filter((one) => one !== undefined).map(({ since, problem }) => ({ since, problem }));
}

async function keptOf(way: Way, config: Config, library: Pick<Library, 'fact'>): Promise<Kept | undefined> {
  const written = (await library.fact(factOf(way))) ?? '';
  const kept = written === '' ? undefined : (JSON.parse(written) as Kept);
  return kept !== undefined && kept.host === hostOf(way, config) ? kept : undefined;
}

/** Its address without what may be secret. */
function hostOf(way: Way, { reporting: { mail, ping } }: Config): string | undefined {
  const address = way === 'mail' ? mail?.smtp : ping;
  return address === undefined ? undefined : new URL(address).host;
}
