/** Opens the database named on its command line with a further step, and may be killed in the middle of it. */
import { sql } from 'kysely';
import { migrations } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/opening.ts';

const [, , file = '', fate] = process.argv;

const { close } = await openDatabase(file, [
  ...migrations,
  {
    name: 'extra',
    async up(db) {
      await sql`alter table sources add column extra text`.execute(db);
      await sql`drop table news`.execute(db);
      if (fate === 'killed') process.kill(process.pid, 'SIGKILL');
    },
  },
]);
await close();
