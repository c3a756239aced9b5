/** What the system tells of its processes becomes an answer to: is that one still running, and is it the same one? */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** One life of one process, as it is told to others. */
export interface Holder {
  /** Random name. */
  readonly owner: string;
  readonly pid: number;
  readonly host: string;
  /** The kernel's own name since it was started; undefined where it has none. */
  readonly bootId: string | undefined;
  /** Name of the set of processes that it sees: containers on one machine count their processes apart. */
  readonly pidSpace: string | undefined;
  /** When it was started, in ticks since the machine was; compared and never computed with. */
  readonly started: string | undefined;
}

/** What can be learned of another process of this machine. */
export interface Processes {
  isAlive(pid: number): boolean;
  startOf(pid: number): string | undefined;
}

export const localProcesses: Processes = { isAlive, startOf };

/** @param owner random name */
export function thisProcess(owner: string): Holder {
  return {
    owner,
    pid: process.pid,
    host: hostname(),
    bootId: told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidSpace: told(() => readlinkSync('/proc/self/ns/pid')),
    started: startOf(process.pid),
  };
}

/** Whether a process of this machine runs. One that has ended and was not asked for by its parent still has its number (proc(5)). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !['Z', 'X'].includes(statOf(pid)?.[0] ?? '');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // it lives and belongs to another user
  }
}

/** proc(5): field 22. */
function startOf(pid: number): string | undefined {
  return statOf(pid)?.[19];
}

/** proc(5): fields from the third on, behind the name of the program, which may hold spaces and brackets. */
function statOf(pid: number): string[] | undefined {
  return told(() => {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  });
}

function told<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // not every system has it
  }
}
