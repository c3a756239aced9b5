/** The commands of the web desk: how it stands, and how to make what turns it on. */
import type { Command } from 'commander';
import { example } from './example.ts';
import type { Printer } from './print.ts';
import type { CommonOptions } from './settings.ts';

export function addDesk(
  program: Command,
  options: () => CommonOptions,
  printer: Printer,
  end: (exitCode: number) => void,
): void {
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
}
