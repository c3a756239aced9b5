/** How the sources stand → the status page and the same for machines: one view, two writers. */
import type { Instant, SiteDocument } from '../model.ts';
import { firstDayShown, sourceStatuses, worstFirst } from '../source-status.ts';
import { renderStatus } from './pages/status-page.tsx';
import type { Supply } from './supply.ts';
import type { SiteView, StatusRow, StatusView } from './views.ts';
import { wordsFor } from './words.ts';

/** @returns `status/index.html` and `status/status.json` */
export async function statusDocuments(site: SiteView, supply: Supply): Promise<SiteDocument[]> {
  const { config, memories, now } = supply;
  const days = await supply.days(firstDayShown(now));
  const views = new Map(supply.sources.map((view) => [view.key, view]));
  const rows = worstFirst(sourceStatuses({ config, memories, now, days })).flatMap((status): StatusRow[] => {
    const view = views.get(status.key);
    const { lastSuccess, lastNewItem } = status;
    return view === undefined ? [] : [{ ...view, lastSuccess, lastNewItem, days: status.days }];
  });
  const view: StatusView = { at: now, rows };
  return [
    { path: 'status/status.json', body: statusJson(site, view) },
    { path: 'status/index.html', body: renderStatus(site, view) },
  ];
}

/** Keys and addresses stay with the maintainer: they may hold a password. */
function statusJson(site: SiteView, { at, rows }: StatusView): string {
  const words = wordsFor(site.site.lang);
  const sources = rows.map((row) => ({
    name: row.name,
    home: row.home,
    sections: row.sections,
    state: row.state,
    since: iso(row.since),
    reason: row.reason,
    why: row.remark ?? (row.reason && words.reasons[row.reason]),
    lastAnswer: iso(row.lastSuccess),
    lastNewItem: iso(row.lastNewItem),
    days: row.days.map(({ day, ...counts }) => ({ day: iso(day)?.slice(0, 10), ...counts })),
  }));
  return `${JSON.stringify({ asOf: iso(at), sources }, null, 1)}\n`;
}

function iso(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
