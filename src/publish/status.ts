/** How the sources stand → the status pages and the same for machines: one view, two writers. */
import type { Instant } from '../model.ts';
import { firstDayShown, sourceStatuses, worstFirst } from '../source-status.ts';
import { partPath } from './pages/page.ts';
import { renderStatus } from './pages/status-page.tsx';
import { type Batch, partsOf, type Supply } from './supply.ts';
import type { SiteView, StatusRow, StatusView } from './views.ts';
import { wordsFor } from './words.ts';

/** @returns `status/index.html`, further pages where the sources are many, and `status/status.json` */
export async function* statusBatches(site: SiteView, supply: Supply): AsyncIterable<Batch> {
  const { config, memories, now } = supply;
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const views = new Map(supply.sources.map((view) => [view.key, view]));
  const order = worstFirst(sourceStatuses({ config, memories, now })).filter(({ key }) => views.has(key));
  const answering = order.filter(({ state }) => state === 'ok' || state === 'silent').length;
  const lines: string[] = [];
  for (const { rows: some, part } of partsOf(order)) {
    const keys = some.map(({ key }) => key);
    const own = { secrets: config.secrets, sources: keys.flatMap((key) => sources.get(key) ?? []) };
    const days = await supply.days(firstDayShown(now), keys); // thirty for each: never of all at once
    const rows = sourceStatuses({ config: own, memories, now, days }).flatMap((status): StatusRow[] => {
      const view = views.get(status.key);
      const { lastSuccess, lastNewItem } = status;
      return view === undefined ? [] : [{ ...view, lastSuccess, lastNewItem, days: status.days }];
    });
    lines.push(...rows.map((row) => jsonLine(site, row)));
    const view: StatusView = { at: now, of: order.length, answering, rows };
    const body = renderStatus(site, view, part);
    yield { documents: [{ path: `${partPath('status/', part.page)}index.html`, body }] };
  }
  const json = `{"asOf":${JSON.stringify(iso(now))},"sources":[\n${lines.join(',\n')}\n]}\n`;
  yield { documents: [{ path: 'status/status.json', body: json }] };
}

/** Keys and addresses stay with the maintainer: they may hold a password. Days are three lists, oldest first, from one day on. */
function jsonLine(site: SiteView, row: StatusRow): string {
  const words = wordsFor(site.site.lang, site.site);
  return JSON.stringify({
    name: row.name,
    home: row.home,
    sections: row.sections,
    state: row.state,
    since: iso(row.since),
    reason: row.reason,
    why: row.remark ?? (row.reason && words.reasons[row.reason]),
    lastAnswer: iso(row.lastSuccess),
    lastNewItem: iso(row.lastNewItem),
    days: {
      from: iso(row.days[0]?.day)?.slice(0, 10),
      answered: row.days.map(({ answered }) => answered),
      failed: row.days.map(({ failed }) => failed),
      newItems: row.days.map(({ newItems }) => newItems),
    },
  });
}

function iso(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
