/** The commands that take texts back, let them in again, and show what was done. */
import { InvalidArgumentError } from 'commander';
import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';
import { aPost } from './rule-commands.ts';

export const addWithdrawals: AddCommands = (program, options, printer, end) => {
  program
    .command('withdraw')
    .argument('<item>', aPost)
    .description('take a text back: it leaves every page and feed at once, and never returns by itself')
    .option('--because <words>', 'why, kept in the log')
    .addHelpText('after', example('relais withdraw https://group.example/post --because "her name is in it"'))
    .action(async (item: string, own: { because?: string }) => {
      const { withdraw } = await import('./withdraw.ts');
      end(await withdraw(item, { ...options(), ...own }, printer));
    });
  program
    .command('restore-item')
    .argument('<item>', aPost)
    .description('let a text in again that was taken back, with what went along with it')
    .option('--because <words>', 'why, kept in the log')
    .addHelpText('after', example('relais restore-item https://group.example/post'))
    .action(async (item: string, own: { because?: string }) => {
      const { restoreItem } = await import('./withdraw.ts');
      end(await restoreItem(item, { ...options(), ...own }, printer));
    });
  program
    .command('release')
    .argument('<item>', aPost)
    .description('a person has looked at a text that waits (see held): let its sections show it')
    .option('--section <name>', 'in one section alone')
    .option('--because <words>', 'why, kept in the log')
    .addHelpText('after', example('relais release https://group.example/post'))
    .action(async (item: string, own: { section?: string; because?: string }) => {
      const { release } = await import('./release.ts');
      end(await release(item, { ...options(), ...own }, printer));
    });
  program
    .command('log')
    .description('what was withdrawn, let in and ruled: by whom, when and why')
    .option('--last <number>', 'how many of the newest', readCount, 100)
    .addHelpText('after', example('relais log --last 10'))
    .action(async (own: { last: number }) => {
      const { log } = await import('./audit-log.ts');
      end(await log({ ...options(), ...own }, printer));
    });
};

function readCount(written: string): number {
  if (!/^[1-9]\d{0,6}$/.test(written)) throw new InvalidArgumentError('A number from 1 on.');
  return Number(written);
}
