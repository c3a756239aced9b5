/** A process of its own with an embedded PostgreSQL in it, for as long as whoever started it is there. */
import { PGlite } from '@electric-sql/pglite';
import { openFront } from './front.ts';

process.on('disconnect', () => process.exit());
const database = await PGlite.create();
const { rows } = await database.query<{ server_version: string }>('show server_version');
process.send?.({ port: await openFront(database), version: rows[0]?.server_version });
