/** The commands of the web desk: how it stands, and how to make what turns it on. */

import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';

export const addDesk: AddCommands = (program, options, printer, end) => {
  const desk = program
    .command('desk')
    .description('the web desk at /desk of relais start: whether it is on, and how to reach it')
    .addHelpText('after', example('relais desk'))
    .action(async () => {
      const { desk: tell } = await import('./desk.ts');
      end(await tell(options(), printer));
    });
  desk
    .command('password')
    .description(
      'ask for a password twice (or read a line from standard input), and print the line that turns the desk on',
    )
    .addHelpText('after', example('relais desk password', 'relais desk password < password.txt'))
    .action(async () => {
      const { password } = await import('./desk.ts');
      end(await password(options(), printer));
    });
};
