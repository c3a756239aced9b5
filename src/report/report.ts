/**
 * How the maintainer hears of the relay without looking: a mail when something has changed, each thing once, and a call
 * to a dead man's switch after every run. Neither can spoil a run: what goes wrong is a warning.
 */
import type { Clock, Network } from '../edges.ts';
import type { Library } from '../library.ts';
import type { Config } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { noteTry } from './trouble.ts';

interface Edges {
  readonly clock: Clock;
  readonly library: Library;
  readonly network: Network;
}

/** Between two attempts to mail: news of one bad hour comes in one letter, and a dead mail server is left in peace. */
const mailGapMs = 15 * 60_000;
const mailFact = 'mail-tried';
/** A daemon runs every minute; the switch need not be called so often. */
const pingGapMs = 4 * 60_000;
const pingFact = 'pinged';

/**
 * Mails what has not been told yet; all of it in one letter. It counts as told once the server has taken it.
 * @returns Problems: report/mail-failed, where it has not been said before
 */
export async function mailNews(config: Config, { clock, library }: Edges): Promise<readonly Problem[]> {
  const { mail } = config.reporting;
  if (mail === undefined) return [];
  const news = await library.untold();
  if (news.length === 0) return [];
  if (!(await isItTime(mailFact, mailGapMs, { clock, library }))) return [];
  const [{ summarise }, { sendLetter }] = await Promise.all([import('./summary.ts'), import('./mail.ts')]);
  const failure = await sendLetter(summarise(news, config), mail);
  if (failure === undefined) await library.told(news.map((one) => one.id));
  return await noteTry('mail', failure, { config, library, now: clock.now() });
}

/**
 * Calls the dead man's switch: the address itself after a good run, with `/fail` after a bad one.
 * @returns Problems: report/ping-failed, where it has not been said before
 */
export async function ping(config: Config, isGood: boolean, edges: Edges): Promise<readonly Problem[]> {
  const { clock, library } = edges;
  if (config.reporting.ping === undefined) return [];
  if (isGood && !(await isItTime(pingFact, pingGapMs, edges))) return [];
  return await noteTry('ping', await callSwitch(config, isGood, edges), { config, library, now: clock.now() });
}

/**
 * The call alone, which the store has no part in: that may be what has stopped a run.
 * @returns Problem: report/ping-failed
 */
export async function callSwitch(
  config: Config,
  isGood: boolean,
  { network }: Pick<Edges, 'network'>,
): Promise<Problem | undefined> {
  const address = config.reporting.ping;
  if (address === undefined) return undefined;
  const url = isGood ? address : failAddress(address);
  const fetched = await network.fetch({
    url,
    validators: { etag: undefined, lastModified: undefined },
    bodyHash: undefined,
  });
  if (fetched.kind === 'fresh') network.letGo(fetched.body);
  return fetched.kind === 'failed' ? problem('report/ping-failed', {}, fetched.problem.happened) : undefined;
}

/** Notes the attempt when it is time for one. One that lies ahead was made under a wrong clock. */
async function isItTime(
  fact: string,
  gapMs: number,
  { clock, library }: Pick<Edges, 'clock' | 'library'>,
): Promise<boolean> {
  const now = clock.now();
  const since = now - Number((await library.fact(fact)) ?? Number.NEGATIVE_INFINITY);
  if (since < gapMs && since >= 0) return false;
  await library.replaceFact(fact, String(now));
  return true;
}

function failAddress(address: string): string {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/fail`;
  return url.href;
}
