/** Runs one command of the built program in this process and says what it cost: the child of bench.ts. */
import { readFileSync } from 'node:fs';

const { main } = await import(new URL('../dist/main.js', import.meta.url).href);
const started = performance.now();
const exitCode = await main(process.argv.slice(2));
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
/** The process that reads documents is ours too: proc(5), cutime and cstime in hundredths of a second. */
const fields = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\)/s, '').split(' ');
const childrenMs = (Number(fields[14]) + Number(fields[15])) * 10;
process.send?.({
  exitCode,
  wallMs: performance.now() - started,
  cpuMs: (userCPUTime + systemCPUTime) / 1_000 + childrenMs,
  peakMb: maxRSS / 1_024,
});
process.disconnect?.();
