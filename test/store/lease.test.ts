import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/store/database.ts';
import { giveBackLease, type Holder, leaseMs, renewLease, takeLease } from '../../src/store/lease.ts';

const first: Holder = { owner: 'one', pid: 11, host: 'here' };
const second: Holder = { owner: 'two', pid: 22, host: 'here' };
const now = Date.UTC(2026, 10, 23, 3);
const alive = (): boolean => true;
const dead = (): boolean => false;

let folder: string;
let open: OpenDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-lease-'));
  open = await openDatabase(join(folder, 'relais.db'));
});
afterEach(async () => {
  await open.close();
  rmSync(folder, { recursive: true });
});

describe('two runs on one data folder', () => {
  test('the second is told who holds the lease and since when', async () => {
    expect(await takeLease(open.db, first, now, alive)).toBeUndefined();
    expect(await takeLease(open.db, second, now + 5_000, alive)).toEqual({ ...first, since: now });
  });

  test('a lease given back is free', async () => {
    await takeLease(open.db, first, now, alive);
    await giveBackLease(open.db, first.owner);
    expect(await takeLease(open.db, second, now, alive)).toBeUndefined();
  });

  test('a holder on this machine that is no more has lost it at once', async () => {
    await takeLease(open.db, first, now, alive);
    expect(await takeLease(open.db, second, now + 1, dead)).toBeUndefined();
  });

  test('a holder on another machine keeps it until its heartbeat has stopped', async () => {
    await takeLease(open.db, { ...first, host: 'elsewhere' }, now, alive);
    expect(await takeLease(open.db, second, now + leaseMs - 1, dead)).toMatchObject({ host: 'elsewhere' });
    expect(await takeLease(open.db, second, now + leaseMs + 1, dead)).toBeUndefined();
  });

  test('the heartbeat prolongs it, and tells a holder that lost it', async () => {
    await takeLease(open.db, first, now, alive);
    expect(await renewLease(open.db, first.owner, now + 50_000)).toBe(true);
    expect(await takeLease(open.db, second, now + 100_000, alive)).toBeDefined();
    await takeLease(open.db, second, now + 200_000, alive);
    expect(await renewLease(open.db, first.owner, now + 200_001)).toBe(false);
  });

  test('a lease from a clock far ahead does not last for ever', async () => {
    await takeLease(open.db, first, now + 365 * 86_400_000, alive);
    expect(await takeLease(open.db, second, now, alive)).toBeUndefined();
  });
});
