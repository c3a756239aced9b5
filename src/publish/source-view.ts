/** A source as readers and the OPML file see it: its name, its home, its terms, and whether it answers. */
import type { Instant, Source, SourceMemory } from '../model.ts';
import { hostOf } from '../text/url.ts';
import type { GroupView, SourceView } from './views.ts';

/** The name in sources.yaml, else the feed's own title, else its host. */
export function sourceName(source: Source, memory: SourceMemory | undefined): string {
  return source.name ?? memory?.title ?? hostOf(source.url) ?? source.key;
}

/** The group as it is credited, linked to its home page. */
export function groupView(source: Source, memory: SourceMemory | undefined): GroupView {
  return { name: source.partner ?? sourceName(source, memory), url: memory?.home ?? new URL('/', source.url).href };
}

/** The address that others may subscribe to; undefined where it holds a secret from the environment or a password. */
export function publicFeedUrl(source: Source, memory: SourceMemory | undefined): string | undefined {
  const url = memory?.feedUrl ?? source.url;
  const isSecret = source.key.includes('${') || new URL(url).username !== '' || new URL(url).password !== '';
  return isSecret ? undefined : url;
}

/** Changes only when the source's state does, so that asking it again in vain rewrites no page. */
export function sourceView(source: Source, memory: SourceMemory | undefined): SourceView {
  const { state, since, why } = stateOf(source, memory);
  return {
    key: source.key,
    name: sourceName(source, memory),
    home: memory?.home,
    feedUrl: publicFeedUrl(source, memory),
    lang: source.lang ?? memory?.lang,
    show: source.show,
    licence: source.licence,
    sections: source.sections,
    state,
    since,
    why,
  };
}

interface State {
  readonly state: SourceView['state'];
  readonly since: Instant | undefined;
  readonly why: string | undefined;
}

function stateOf(source: Source, memory: SourceMemory | undefined): State {
  if (source.paused !== undefined) return { state: 'paused', since: undefined, why: source.paused };
  if (memory?.lastTried === undefined) return { state: 'not-asked-yet', since: undefined, why: undefined };
  const why = memory.problem?.happened;
  if (memory.isGone) return { state: 'gone', since: memory.failingSince, why };
  if (memory.failures > 0) return { state: 'failing', since: memory.failingSince, why };
  return { state: 'answering', since: undefined, why: undefined };
}
