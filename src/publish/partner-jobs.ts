/**
 * The pages about sources as parts of the site, one each: made anew when something of that source has changed, its settings, how it
 * stands, what is wrong with its feed, or a story that it is in; and removed with it. That it was asked again is no reason.
 */
import type { Instant, Source, SourceMemory } from '../model.ts';
import { redactor } from '../text/redact.ts';
import { localDay } from '../text/wall-clock.ts';
import { wholeWish } from '../text/wishes.ts';
import { flawsOf, partnerView } from './partner-view.ts';
import { nowherePath, sourcePath } from './source-path.ts';
import { type Circumstances, type Job, type Supply, stampOf } from './supply.ts';
import type { SiteView, SourceView, StoryView } from './views.ts';

/** What a page about a source shows that is no story and no setting, for all of them. */
export function partnerStates({ config, memories, now }: Circumstances): readonly unknown[] {
  return config.sources
    .filter(({ show }) => show !== 'none')
    .map((source) => stateOf(source, memories.get(source.key), config.site.timezone, now));
}

function stateOf(source: Source, memory: SourceMemory | undefined, timezone: string, now: Instant): unknown {
  const { home, lastNewItem, lastSuccess } = memory ?? {};
  const lastNewDay = lastNewItem === undefined ? undefined : localDay(lastNewItem, timezone);
  return [flawsOf(source, memory, now), wholeWish(memory?.wishes), home, lastSuccess === undefined, lastNewDay];
}

/** The newest of a source's stories that are looked at for an example of its credit. */
const examples = 3;

/** One for each source of the supply, in its order, and that of the page about what is not shown. */
export function partnerJobs(supply: Supply, site: SiteView, listed: () => ReadonlySet<number>): Job[] {
  const sources = new Map(supply.config.sources.map((source) => [source.key, source]));
  const jobs = supply.sources.flatMap((view): Job[] => {
    const source = sources.get(view.key);
    if (source === undefined) return [];
    const state = stateOf(source, supply.memories.get(view.key), supply.config.site.timezone, supply.now);
    return [
      {
        name: `/source ${view.key}`,
        stamp: stampOf(supply.base, view, state, supply.figures.get(view.key)),
        notesPaths: true,
        async *batches() {
          yield { documents: [await pageOf({ source, view, supply, site, listed })] };
        },
      },
    ];
  });
  return [...jobs, nowhereJob(supply, site)];
}

function nowhereJob(supply: Supply, site: SiteView): Job {
  return {
    name: '/not-shown',
    stamp: stampOf(supply.base),
    notesPaths: true,
    async *batches() {
      const { renderNowhere } = await import('./pages/partner-page.tsx');
      yield { documents: [{ path: `${nowherePath}index.html`, body: renderNowhere(site) }] };
    },
  };
}

/** Stories that stand in a section: listed once for all pages, and not before one is made. */
export function openListed({ listed }: Supply): () => ReadonlySet<number> {
  let ids: ReadonlySet<number> | undefined;
  return () => {
    ids ??= new Set([...listed.values()].flatMap((list) => list.map(({ id }) => id)));
    return ids;
  };
}

interface Subject {
  readonly source: Source;
  readonly view: SourceView;
  readonly supply: Supply;
  readonly site: SiteView;
  readonly listed: () => ReadonlySet<number>;
}

async function pageOf({ source, view, supply, site, listed }: Subject): Promise<{ path: string; body: string }> {
  const { renderPartner } = await import('./pages/partner-page.tsx');
  const treatment = await supply.treatment(source.key);
  const ids = listed();
  const path = sourcePath(source.key);
  const named = {
    own: treatment.stories.slice(0, examples),
    passedOn: treatment.passedOn.newest,
    reposts: treatment.reposts.newest,
  };
  const views = new Map((await supply.views(Object.values(named).flat())).map((view) => [view.story, view]));
  const viewsOf = (stories: readonly number[]): readonly StoryView[] => stories.flatMap((id) => views.get(id) ?? []);
  const page = partnerView({
    source,
    memory: supply.memories.get(source.key),
    view,
    path,
    now: supply.now,
    timezone: supply.config.site.timezone,
    items: supply.figures.get(source.key)?.items ?? 0,
    treatment,
    shown: treatment.stories.filter((id) => ids.has(id)).length,
    stories: { own: viewsOf(named.own), passedOn: viewsOf(named.passedOn), reposts: viewsOf(named.reposts) },
    hide: redactor(supply.config.secrets),
  });
  return { path: `${path}index.html`, body: renderPartner(site, page) };
}
