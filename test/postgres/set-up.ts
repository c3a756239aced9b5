/** Has PostgreSQL at hand for the tests that keep what they keep there, and says which. */
import type { TestProject } from 'vitest/node';
import { openTestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `postgres://…`; undefined where what tests keep is in files. */
    postgres: string | undefined;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { address, name, close } = await openTestServer(process.env.RELAIS_TEST_DATABASE_URL || undefined);
  console.log(`Tests of the project postgres run on ${name}`);
  project.provide('postgres', address);
  return close;
}
