/** The commands that keep copies, and those that write files to begin with. */

import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';

export const addKeeping: AddCommands = (program, options, printer, end) => {
  program
    .command('backup')
    .description('copy the database and the settings, also while a run is under way')
    .option('--to <folder>', 'where to (default: backup, in the data folder)')
    .addHelpText('after', example('relais backup --to /mnt/disk/relais'))
    .action(async (own: { to?: string }) => {
      const { backup } = await import('./backup.ts');
      end(await backup({ ...options(), ...own }, printer));
    });
  program
    .command('restore [file]')
    .description('put a copy in the place of the database: the newest whole one, or the one named')
    .option('--list', 'show the copies there are')
    .addHelpText('after', example('relais restore --list', 'relais restore'))
    .action(async (file: string | undefined, own: { list?: boolean }) => {
      const { restore } = await import('./restore.ts');
      end(await restore(file, { ...options(), ...own }, printer));
    });
  program
    .command('copy')
    .description(
      'copy the whole archive from a database file into PostgreSQL, or back; broken off, it goes on where it was',
    )
    .option('--from <file>', 'a database file, its data folder, or postgres://… (default: what the settings name)')
    .option('--to <file>', 'the same, new or empty (default: what the settings name)')
    .addHelpText(
      'after',
      example(
        `relais copy --to 'postgres://relais:\${RELAIS_DB_PASSWORD}@db.example/relais'`,
        'relais copy --from data --to postgres://localhost/relais?schema=calais',
        'relais copy --to ~/back/relais.db',
      ),
    )
    .action(async (own: { from?: string; to?: string }) => {
      const { copy } = await import('./copy.ts');
      end(await copy({ ...options(), ...own }, printer));
    });
};

export const addOwnFiles: AddCommands = (program, options, printer, end) => {
  program
    .command('messages <language>')
    .description('write a file to fill, beside sources.yaml, for what Relais says in a language (el, fr …)')
    .option('--print', 'print it instead, where the folder may not be written')
    .addHelpText('after', example('relais messages el'))
    .action(async (language: string, own: { print?: boolean }) => {
      const { messages } = await import('./messages.ts');
      end(await messages(language, { ...options(), ...own }, printer));
    });
  program
    .command('look')
    .description('write files to begin with into the folder look/ beside sources.yaml: a style and a frame of your own')
    .option('--print <file>', 'print style.css or page.html instead, where the folder may not be written')
    .addHelpText('after', example('relais look', 'relais look --print style.css'))
    .action(async (own: { print?: string }) => {
      const { look } = await import('./look-folder.ts');
      end(await look({ ...options(), ...own }, printer));
    });
  program
    .command('schema')
    .description('print the JSON Schema of sources.yaml, for editors')
    .addHelpText('after', example('relais schema > sources.schema.json'))
    .action(async () => {
      const { jsonSchema } = await import('../config/schema.ts');
      printer.json(jsonSchema());
    });
};
