/** A source as readers and the OPML file see it: its name, its home, its terms, and whether it answers. */
import type { Config, Instant, Source, SourceKey, SourceMemory } from '../model.ts';
import { hasSecret, type SourceState, sourceName, standingOf } from '../source-status.ts';
import { reasonOf } from './reasons.ts';
import type { GroupView, SourceView } from './views.ts';

/** The group as it is credited, linked to its home page. */
export function groupView(source: Source, memory: SourceMemory | undefined): GroupView {
  return { name: source.partner ?? sourceName(source, memory), url: memory?.home ?? `${new URL(source.url).origin}/` };
}

/** The address that others may subscribe to; undefined where it holds a secret from the environment or a password. */
export function publicFeedUrl(source: Source, memory: SourceMemory | undefined): string | undefined {
  const url = memory?.feedUrl ?? source.url;
  const isSecret = hasSecret(source) || new URL(url).username !== '' || new URL(url).password !== '';
  return isSecret ? undefined : url;
}

/** Sources that readers hear of. */
export function sourceViews(
  sources: readonly Source[],
  memories: ReadonlyMap<SourceKey, SourceMemory>,
  now: Instant,
): SourceView[] {
  return sources.filter(({ show }) => show !== 'none').map((one) => sourceView(one, memories.get(one.key), now));
}

/** Changes only when the source's state does, so that asking it again in vain rewrites no page. */
export function sourceView(source: Source, memory: SourceMemory | undefined, now: Instant): SourceView {
  const standing = standingOf(source, memory, now);
  return {
    key: source.key,
    name: sourceName(source, memory),
    home: memory?.home,
    feedUrl: publicFeedUrl(source, memory),
    lang: source.lang ?? memory?.lang,
    show: source.show === 'none' ? 'link' : source.show,
    licence: source.licence,
    sections: source.sections,
    state: standing.state,
    since: standing.since,
    reason: reasonOf(standing),
    remark: standing.state === 'paused' ? source.paused : undefined,
  };
}

/** What is said beside a source's name in a margin: that it is away; undefined of one that answers, or soon will. */
export function absenceOf({ state }: Pick<SourceView, 'state'>): SourceState | undefined {
  return state === 'ok' || state === 'silent' || state === 'waiting' || state === 'never-asked' ? undefined : state;
}

/** By source that has one, the age at which feeds let go of what it has brought. */
export function maxAgesOf({ sources }: Pick<Config, 'sources'>): ReadonlyMap<SourceKey, number> {
  return new Map(sources.flatMap(({ key, maxAgeMs }) => (maxAgeMs === undefined ? [] : [[key, maxAgeMs]])));
}
