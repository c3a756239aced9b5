/** Copies the database named on its command line, and is killed once the copy has begun. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { copyDatabase } from '../../../src/store/copies.ts';

const file = process.argv[2] ?? '';
const folder = join(dirname(file), 'backup');
void copyDatabase(file, folder, 'relais-2026-11-20.db');
for (;;) {
  if (readdirSync(folder).some((name) => name.includes('half-made'))) process.kill(process.pid, 'SIGKILL');
  await turn();
}
