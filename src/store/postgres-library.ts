/** The store's front over a database in PostgreSQL. */
import { dirname } from 'node:path';
import type { Library } from '../library.ts';
import { makeFolder } from './copies.ts';
import type { LeaseEdges } from './lease.ts';
import { libraryOver } from './library.ts';
import { postgresKeeper } from './postgres-keeper.ts';
import { openPostgres } from './postgres-opening.ts';
import { placeOf } from './postgres-session.ts';
import type { Holder } from './process.ts';
import { haltOnDiskTrouble } from './trouble.ts';

/**
 * @param address `postgres://…`
 * @param file where a database would be if it were a file: its copies are beside it
 * @throws Halt with `store/…`, here and in every method; with schedule/already-running when the lease was lost
 */
export async function openPostgresLibrary(
  address: string,
  file: string,
  self: Holder,
  edges: LeaseEdges,
): Promise<Library> {
  const place = placeOf(address);
  await haltOnDiskTrouble(file, () => makeFolder(dirname(file)));
  const open = await openPostgres(place, `relais ${self.host} ${self.pid}`);
  return libraryOver(postgresKeeper(open, place, file), self, edges);
}
