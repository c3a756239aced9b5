/** The commands by which sources come from other programs, and go to them. */

import { example } from './example.ts';
import type { ExportOptions } from './export.ts';
import type { AddCommands } from './group-commands.ts';
import type { ImportOptions } from './import.ts';
import type { CommonOptions } from './settings.ts';

export const addExchange: AddCommands = (program, options, printer, end) => {
  program
    .command('import <file>')
    .description('take over the sources of another program: OPML, Planet, Venus, Pluto, osmosfeed, a list of addresses')
    .option('--section <id>', 'where sources go that stand in no folder')
    .option('--dry-run', 'only show what would be written')
    .option('--new <file>', 'write a new file instead of adding to the configuration')
    .option('--with-secrets', `the file is your own: its addresses may ask for secrets by \${NAME}`)
    .addHelpText('after', example('relais import feeds.opml --dry-run', 'relais import planet.ini --section planet'))
    .action(async (file: string, own: Omit<ImportOptions, keyof CommonOptions>) => {
      const { importSources } = await import('./import.ts');
      end(await importSources(file, { ...options(), ...own }, printer));
    });
  program
    .command('export [file]')
    .description('write the sources as OPML, sections as folders; an import of it loses nothing')
    .option('--plain', 'to be given to others: nothing but names and addresses, and none with a secret in it')
    .addHelpText('after', example('relais export feeds.opml', 'relais export --plain blogroll.opml'))
    .action(async (file: string | undefined, own: Omit<ExportOptions, keyof CommonOptions>) => {
      const { exportSources } = await import('./export.ts');
      end(await exportSources(file, { ...options(), ...own }, printer));
    });
};
