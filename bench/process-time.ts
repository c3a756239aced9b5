/** CPU time of other processes, as Linux tells it: proc(5). */
import { readdirSync, readFileSync } from 'node:fs';

/** A hundredth of a second. */
const tickMs = 10;
/** Where, behind the name, stand the parent, and the time of a process and of those of its children that have ended. */
const [parentAt, ownAt, endedAt, behind] = [2, 12, 14, 16];

function fieldsOf(process: number | 'self'): number[] {
  return readFileSync(`/proc/${process}/stat`, 'utf8').replace(/^.*\)/s, '').split(' ').map(Number);
}

function ticksIn(fields: readonly number[], from: number): number {
  return fields.slice(from, behind).reduce((sum, one) => sum + one, 0);
}

/** @returns milliseconds that children of this process which have ended were at work */
export function endedChildrenMs(): number {
  return ticksIn(fieldsOf('self'), endedAt) * tickMs;
}

/** @returns milliseconds that a process and those that it has started, and that have ended, have been at work */
export function cpuMsOf(root: number): number {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      const fields = fieldsOf(Number(name));
      return [{ pid: Number(name), parent: fields[parentAt], ticks: ticksIn(fields, ownAt) }];
    } catch {
      return []; // not a process, or it has just ended
    }
  });
  const of = (pid: number): number =>
    all.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + of(child.pid), 0) +
    (all.find((one) => one.pid === pid)?.ticks ?? 0);
  return of(root) * tickMs;
}
