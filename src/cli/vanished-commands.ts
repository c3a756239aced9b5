/** The commands of `relais vanished`. */

import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';

export const addVanished: AddCommands = (program, options, printer, end) => {
  const command = program
    .command('vanished')
    .description('texts that feeds list no more, and what their pages say')
    .addHelpText('after', example('relais vanished', 'relais vanished keep "Quay Watch"'))
    .action(async () => {
      const { vanished } = await import('./vanished.ts');
      end(await vanished(options(), printer));
    });
  for (const kind of ['withdraw', 'keep'] as const)
    command
      .command(kind)
      .argument('<source>')
      .description(
        kind === 'withdraw'
          ? 'many went at once, and rightly: take them back here too'
          : 'their site is broken: let them stay',
      )
      .addHelpText('after', example(`relais vanished ${kind} "Quay Watch"`))
      .action(async (source: string) => {
        const { ruleVanished } = await import('./vanished.ts');
        end(await ruleVanished(kind, source, options(), printer));
      });
};
