import { defineConfig } from 'vitest/config';

/** What also runs with everything in PostgreSQL, and what there alone; the embedded one is asked every query in a minute or two. */
const onPostgres = [
  'test/store/*.test.ts',
  'test/store/server/*.test.ts',
  'test/pipeline/{digests,regrouped,standing,subscribing,wishes}.test.ts',
];
/**
 * What several sessions do at once, and what else would take too long: the embedded one works for one at a time, and whoever is in a
 * transaction keeps all others waiting. Of the pipeline those whose queries differ most; RELAIS_TEST_POSTGRES=all runs all, and
 * kills workers.
 */
const hasTime = process.env.RELAIS_TEST_POSTGRES === 'all';
const ofPipeline = hasTime
  ? '*'
  : '{any-order,events,lives,pictures,publication,rehearsal,run,sections,translations,withdrawals-hostile}';
const onServer = [
  `test/fleet/${hasTime ? '*' : '{failover,same}'}.test.ts`,
  'test/store/at-once/*.test.ts',
  `test/pipeline/${ofPipeline}.test.ts`,
  'test/stories/{order,hostile}.test.ts',
];
const hasServer = (process.env.RELAIS_TEST_DATABASE_URL ?? '') !== '';

const common = {
  // Un-isolated: files share one module graph per worker (fourteen times faster with these libraries), which also makes
  // hidden module state show up as a failing test.
  pool: 'forks',
  isolate: false,
  maxWorkers: 2, // much of the time goes in waiting for disks and daemons, so that two get further also on two cores
  testTimeout: 20_000,
  hookTimeout: 60_000,
  setupFiles: 'test/properties.ts',
} as const;

export default defineConfig({
  test: {
    ...common,
    globalSetup: ['test/build.ts'], // journeys start the built program, so it is built once before them
    projects: [
      {
        test: {
          ...common,
          name: 'sqlite',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/store/server/**', 'test/fleet/**'],
        },
      },
      {
        test: {
          ...common,
          name: 'postgres',
          include: hasServer ? [...onPostgres, ...onServer] : onPostgres,
          globalSetup: ['test/postgres/set-up.ts'],
        },
      },
    ],
  },
});
