import { defineConfig } from 'vitest/config';

// Un-isolated: files share one module graph per worker (fourteen times faster with these libraries), which also makes
// hidden module state show up as a failing test. Journeys start the built program, so it is built once before them.
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/build.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2, // much of the time goes in waiting for disks and daemons, so that two get further also on two cores
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
