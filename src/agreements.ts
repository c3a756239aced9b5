/**
 * What groups have agreed to, and until when: which agreements hold, which end soon, and what is shown once one has ended.
 * Days are those of the site's time zone. Pure, but for telling it once.
 */
import type { Library } from './library.ts';
import type { Config, Instant, News, Source, SourceKey, SourceMemory } from './model.ts';
import { sourceName } from './source-status.ts';
import { type AgreementState, agreementState } from './text/agreement-days.ts';
import { underWishes } from './text/wishes.ts';

/**
 * The settings as they hold now: of a source whose agreement has ended, links alone are shown; of one whose partner asks it,
 * less. Their hash tells them apart, so that the site changes on the day, and back again when the agreement is renewed.
 */
export function inForce(config: Config, memories: ReadonlyMap<SourceKey, SourceMemory>, now: Instant): Config {
  const allowed = underAgreements(config, now);
  const asked = underWishes(allowed, memories);
  if (asked === allowed) return allowed;
  // What a partner asks binds its own copy; others' copies of a text, where it has a say in that (publish/say.ts).
  const sources = asked.sources.map((source, at) => {
    const before = allowed.sources[at];
    if (before === undefined || before === source) return source;
    const { show, images } = before;
    return { ...source, unasked: { show, images } };
  });
  return { ...asked, sources };
}

function underAgreements(config: Config, now: Instant): Config {
  const isEnded = (source: Source): boolean => agreementState(source, config.site.timezone, now) === 'ended';
  const ended = config.sources.filter(isEnded);
  if (ended.length === 0) return config;
  return {
    ...config,
    sources: config.sources.map((one) => (one.show !== 'none' && isEnded(one) ? { ...one, show: 'link' } : one)),
    hash: [config.hash, ...ended.map(({ key }) => key)].join(' '),
  };
}

const fact = 'agreements-told';

/** Says once that an agreement ends soon, and once that it has ended. */
export async function tellOfAgreements(
  config: Config,
  { library, clock }: { readonly library: Library; readonly clock: { now(): Instant } },
): Promise<void> {
  const now = clock.now();
  const states = config.sources.flatMap((source) => {
    const state = agreementState(source, config.site.timezone, now);
    return state === undefined || state === 'holds' ? [] : [{ source, state }];
  });
  const before = await library.fact(fact);
  if (states.length === 0 && (before === undefined || before === '[]')) return;
  const told = new Set(JSON.parse(before ?? '[]') as string[]);
  const nameOf = ({ source, state }: (typeof states)[number]): string =>
    JSON.stringify([source.key, source.agreed?.until, state]);
  const untold = states.filter((one) => !told.has(nameOf(one)));
  const memories = untold.length === 0 ? new Map<string, SourceMemory>() : await library.memories();
  const news = untold.map(({ source, state }): News => {
    const words = agreementWords(source, state);
    return {
      sourceKey: source.key,
      source: sourceName(source, memories.get(source.key)),
      kind: 'agreement',
      at: now,
      words: `${words.why.charAt(0).toUpperCase()}${words.why.slice(1)}. ${words.todo}`,
    };
  });
  await library.addNews(news);
  const names = JSON.stringify(states.map(nameOf));
  if (names !== before) await library.replaceFact(fact, names);
}

/** What to say of one that ends or has ended, to the person who can ask the group. */
export function agreementWords(
  { agreed, show }: Pick<Source, 'agreed' | 'show'>,
  state: Exclude<AgreementState, 'holds'>,
): { readonly why: string; readonly todo: string } {
  const { by = '', until = '' } = agreed ?? {};
  const then = show === 'none' ? 'nothing of it is shown, as before' : 'only titles and links are shown of it';
  const why =
    state === 'ended'
      ? `the agreement with ${by} ended on ${until}: ${then}`
      : `the agreement with ${by} ends on ${until}; from that day on ${then}`;
  return { why, todo: 'Ask the group, and write the new day under  agreed: until  in sources.yaml.' };
}
