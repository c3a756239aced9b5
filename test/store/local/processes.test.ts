/** Who else runs on this machine, and since when. */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { localProcesses, thisProcess } from '../../../src/store/process.ts';

test('this process is what the system says it is', async () => {
  const self = thisProcess('me');
  expect(self.pid).toBe(process.pid);
  expect(localProcesses.isAlive(self.pid)).toBe(true);
  expect(localProcesses.startOf(self.pid)).toBe(self.started);
  const script = 'process.title = "a) b (c) 1 2"; console.log("named"); setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['-e', script]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const pid = child.pid ?? 0;
  const later = localProcesses.startOf(pid);
  expect(localProcesses.isAlive(pid)).toBe(true);
  expect(later === undefined || Number(later) > Number(self.started)).toBe(true);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('close', resolve));
  expect(localProcesses.isAlive(pid)).toBe(false);
});

test.skipIf(process.platform !== 'linux')(
  'one that has ended is not alive because its parent has not asked',
  async () => {
    // The shell gives its place to a program that asks after no child: what it had started stays as a number.
    const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60']);
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    await expect.poll(() => localProcesses.isAlive(pid), { timeout: 10_000 }).toBe(false);
    expect(() => process.kill(pid, 0)).not.toThrow();
    parent.kill('SIGKILL');
  },
);
