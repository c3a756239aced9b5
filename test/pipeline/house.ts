/** A whole house on a temporary folder: real network to loopback, real database, real files, a clock that the test sets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config/read.ts';
import type { SiteFolder } from '../../src/edges.ts';
import type { Config, Instant } from '../../src/model.ts';
import type { PassOptions } from '../../src/pass.ts';
import { type RunReport, runOnce } from '../../src/run.ts';
import { noteSaid } from '../../src/unsaid.ts';
import { type House, openHouse } from '../../src/wire.ts';
import { storageIn } from '../storage.ts';

export interface TestHouse {
  readonly house: House;
  readonly folder: string;
  readonly clock: { set(instant: Instant): void; now(): Instant };
  /** One run under this sources.yaml, and what it has to say is said. */
  run(yaml: string, options?: PassOptions, folder?: SiteFolder): Promise<RunReport>;
  close(): Promise<void>;
}

export function settings(yaml: string): Config {
  const read = readConfig(yaml, 'sources.yaml', () => undefined);
  if (read.kind !== 'config')
    throw new Error(read.problems.map((one) => `${one.subject.line}: ${one.happened}`).join('\n'));
  return read.config;
}

const network = 'network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/" }\n';

export async function openTestHouse(start: Instant, limits = network): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-house-'));
  let now = start;
  const clock = {
    now: () => now,
    set: (instant: Instant) => {
      now = instant;
    },
    wait: () => Promise.resolve(),
  };
  const house = await openHouse(
    settings(`${limits}sections: { none: [ "https://none.example/" ] }`),
    storageIn(folder),
    clock,
  );
  return {
    house,
    folder,
    clock,
    async run(yaml, options, site = house.folder) {
      const report = await runOnce(settings(`${limits}${yaml}`), { ...house, folder: site }, options);
      await noteSaid(report, house);
      return report;
    },
    async close() {
      await house.close();
      rmSync(folder, { recursive: true });
    },
  };
}
