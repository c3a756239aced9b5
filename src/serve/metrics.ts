/** How the relay stands → Prometheus's text format, by prom-client. Made when asked for: it costs nothing otherwise. */
import { Gauge, Registry } from 'prom-client';
import { atWork, backlogOf } from '../backlog.ts';
import type { Library } from '../library.ts';
import type { Config, Instant } from '../model.ts';
import { runFacts } from '../run.ts';
import { plainLine } from '../text/safe.ts';
import { version } from '../wire.ts';

/**
 * @param now for a database in a file; one on a server is judged by its own clock
 * @returns the text and its Content-Type
 */
export async function metricsOf(
  config: Config,
  library: Library,
  now: Instant,
): Promise<{ readonly text: string; readonly contentType: string }> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
    new Gauge({ name: `relais_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const [memories, counts, fleet] = await Promise.all([library.memories(), library.itemCounts(), library.fleet()]);
  const labels = ['source', 'name'] as const;
  const lastSuccess = gauge('source_last_success_timestamp_seconds', 'When the source last answered.', labels);
  const lastNewItem = gauge('source_last_new_item_timestamp_seconds', 'When it last brought something new.', labels);
  const nextDue = gauge('source_next_due_timestamp_seconds', 'When it is asked next.', labels);
  const failing = gauge('source_failing', 'Failures in a row.', labels);
  const held = gauge('source_held', '1 while a person must look at what it serves.', labels);
  const items = gauge('source_items', 'Items held of the source.', labels);
  for (const { key, name } of config.sources) {
    const memory = memories.get(key);
    const label = { source: plainLine(key), name: plainLine(name ?? memory?.title ?? key, 200) };
    failing.set(label, memory?.failures ?? 0);
    held.set(label, memory?.held === undefined ? 0 : 1);
    items.set(label, counts.get(key)?.items ?? 0);
    if (memory?.lastSuccess !== undefined) lastSuccess.set(label, memory.lastSuccess / 1_000);
    if (memory?.lastNewItem !== undefined) lastNewItem.set(label, memory.lastNewItem / 1_000);
    if (memory !== undefined && !memory.isGone) nextDue.set(label, memory.nextDue / 1_000);
  }
  const pushUntil = gauge('source_push_until_timestamp_seconds', 'Until when its posts come by push.', ['source']);
  for (const { sourceKey, until, asked } of await library.subscriptions())
    if (until !== undefined && asked !== 'unsubscribe') pushUntil.set({ source: plainLine(sourceKey) }, until / 1_000);
  if (config.site.hub !== undefined)
    gauge('hub_notices_waiting', 'Feeds that our hub has still to be told of.').set((await library.notices()).length);
  gauge('sources', 'Sources in sources.yaml.').set(config.sources.length);
  const backlog = backlogOf(config, memories, fleet?.now ?? now, fleet);
  gauge('sources_due', 'Sources that wait to be asked and that nobody has in hand.').set(backlog.due);
  gauge('oldest_due_seconds', 'For how long the one of them waits that has waited longest.').set(
    (backlog.oldest?.forMs ?? 0) / 1_000,
  );
  if (fleet !== undefined) {
    gauge('sources_in_hand', 'Sources that a worker has in hand.').set(fleet.inHand.size);
    gauge('workers', 'Processes that share the work, heard of within half a minute.').set(atWork(fleet).length);
  }
  gauge('build_info', 'Always 1; the version is in the label.', ['version']).set({ version }, 1);
  const facts = [
    ['last_run_start_timestamp_seconds', 'When the last run began.', runFacts.started],
    ['last_run_end_timestamp_seconds', 'When the last run ended.', runFacts.ended],
    ['last_good_run_timestamp_seconds', 'When a run last succeeded.', runFacts.good],
    ['last_backup_timestamp_seconds', 'When the database was last copied.', 'backed-up'],
  ] as const;
  for (const [name, help, fact] of facts) {
    const value = await library.fact(fact);
    if (value !== undefined) gauge(name, help).set(Number(value) / 1_000);
  }
  return { text: await registry.metrics(), contentType: registry.contentType };
}
