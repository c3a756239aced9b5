/** The commands for sources that need a person: `held` and `stop`. */

import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';

export const addSources: AddCommands = (program, options, printer, end) => {
  const held = program
    .command('held')
    .description('texts that wait for you, and sources that do not look like themselves')
    .addHelpText('after', example('relais held', 'relais held accept "Quay Watch"'))
    .action(async () => {
      const { held } = await import('./held.ts');
      end(await held(options(), printer));
    });
  held
    .command('accept')
    .argument('<source>')
    .description('it is the partner after all: let in what it has sent')
    .addHelpText('after', example('relais held accept "Quay Watch"'))
    .action(async (source: string) => {
      const { acceptHeld } = await import('./held.ts');
      end(await acceptHeld(source, options(), printer));
    });
  held
    .command('refuse')
    .argument('<source>')
    .description('it is not: throw away what it has sent')
    .addHelpText('after', example('relais held refuse "Quay Watch"'))
    .action(async (source: string) => {
      const { refuseHeld } = await import('./held.ts');
      end(await refuseHeld(source, options(), printer));
    });
  program
    .command('stop <source>')
    .description('ask a source no more; with --since, take back what it brought as well')
    .option('--since <date>', 'take back what came from this day on (2026-11-20), or  all')
    .option('--undo', 'ask it again, and show again what was taken back')
    .addHelpText('after', example('relais stop "Quay Watch" --since 2026-11-20', 'relais stop "Quay Watch" --undo'))
    .action(async (source: string, own: { since?: string; undo?: boolean }) => {
      const { stop } = await import('./stop.ts');
      end(await stop(source, { ...options(), ...own }, printer));
    });
};
