/** Workers that are killed, and a database that is restarted under them, cost no item and no host its peace. */
import { expect, test } from 'vitest';
import { hasCluster } from '../postgres/cluster.ts';
import { fleetTrial } from './trial.ts';

test.skipIf(!hasCluster)(
  'three kills and a restart lose nothing, double nothing, and never make two requests to one host at once',
  { timeout: 120_000 },
  async () => {
    const report = await fleetTrial({
      sources: 40,
      hosts: 4,
      workers: 3,
      kills: 3,
      restarts: 1,
      seconds: 8,
      answerMs: 120,
      refresh: '* * * * * *',
      due: 15,
      seed: 9,
    });
    expect(report).toMatchObject({
      overlaps: 0,
      lost: 0,
      doubled: 0,
      withdrawn: 0,
      torn: 0,
      forgotten: 0,
      defects: [],
      stored: report.served,
      stories: report.texts,
      muddled: [],
    });
    expect(report.requests).toBeLessThanOrEqual(report.calls);
    expect(report.left).toBeGreaterThan(0);
    expect(report.resumedMs).toBeLessThan(60_000);
    expect(report.restartedMs).toHaveLength(1);
    expect(report.restartedMs[0]).toBeLessThan(60_000); // whose turn was not given back keeps it for half a minute
  },
);
