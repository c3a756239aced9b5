/** CPU time of other processes, as Linux tells it: proc(5). */
import { readdirSync, readFileSync } from 'node:fs';

/** A hundredth of a second. */
const tickMs = 10;

/** @returns milliseconds that a process and those that it has started, and that have ended, have been at work */
export function cpuMsOf(root: number): number {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      const fields = readFileSync(`/proc/${Number(name)}/stat`, 'utf8')
        .replace(/^.*\)/s, '')
        .split(' ')
        .map(Number);
      return [{ pid: Number(name), parent: fields[2], ticks: fields.slice(12, 16).reduce((sum, one) => sum + one, 0) }];
    } catch {
      return []; // not a process, or it has just ended
    }
  });
  const of = (pid: number): number =>
    all.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + of(child.pid), 0) +
    (all.find((one) => one.pid === pid)?.ticks ?? 0);
  return of(root) * tickMs;
}
