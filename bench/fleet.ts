/**
 * `npm run bench:fleet [-- --sources 1000 --hosts 200 --workers 3 --kills 20 --restarts 3 --seconds 300 --due 15]`: workers are killed and
 * their database, which waits for its disk, is restarted while feeds on loopback gain items. Fails where two requests met at one
 * host or an item was lost or doubled.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fleetTrial } from '../test/fleet/trial.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '1000' },
    hosts: { type: 'string', default: '200' },
    workers: { type: 'string', default: '3' },
    kills: { type: 'string', default: '20' },
    restarts: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '300' },
    due: { type: 'string', default: '15' },
    refresh: { type: 'string', default: '* * * * *' },
    seed: { type: 'string', default: '9' },
  },
});
const sources = Number(values.sources);
const begun = performance.now();
const report = await fleetTrial({
  sources,
  hosts: Number(values.hosts),
  workers: Number(values.workers),
  kills: Number(values.kills),
  restarts: Number(values.restarts),
  seconds: Number(values.seconds),
  refresh: values.refresh,
  seed: Number(values.seed),
  answerMs: 40,
  due: Number(values.due),
  rules: 'shared_buffers = 128MB\n',
  say: (words) => console.error(`${((performance.now() - begun) / 1_000).toFixed(1)} s: ${words}`),
});
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const rows: readonly (readonly [string, string | number])[] = [
  ['requests', report.requests],
  ['requests at most, where nobody is asked twice', report.calls],
  ['requests that met another at their host', report.overlaps],
  ['items served', report.served],
  ['items stored', report.stored],
  ['items lost', report.lost],
  ['items doubled', report.doubled],
  ['items taken back', report.withdrawn],
  ['different texts', report.texts],
  ['stories', report.stories],
  ['stories without items, items without stories', report.torn],
  ['sources in hand of killed workers', report.left],
  ['of these never asked again', report.forgotten],
  ['longest wait of one of these, or until its next worker was killed', seconds(report.resumedMs)],
  ['first request after each restart', report.restartedMs.map(seconds).join(', ')],
  ['first import', seconds(report.firstImportMs)],
  ['requests a second, through all this', report.requestsPerSecond.toFixed(1)],
];
console.log(
  `\n${sources} sources on ${values.hosts} hosts, ${values.workers} workers, ${report.kills} kills, ${report.restartedMs.length} restarts; ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${loadavg()[0]?.toFixed(1)}\n`,
);
console.log('| what | |');
console.log('|---|---|');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
for (const line of [...report.defects, ...report.muddled]) console.error(line);
const isWhole = report.lost + report.doubled + report.torn + report.withdrawn + report.forgotten === 0;
const isTold = report.muddled.length === 0 && report.defects.length === 0;
if (report.overlaps > 0 || report.requests > report.calls || !isWhole || !isTold) process.exitCode = 1;
