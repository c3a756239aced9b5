/** The commands that look, and change nothing: `check`, `status`, `explain`, `digest` without its options. */
import { Option } from 'commander';
import type { DigestOptions } from './digest.ts';
import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';
import { aPost } from './rule-commands.ts';
import type { CommonOptions } from './settings.ts';

export const addCheck: AddCommands = (program, options, printer, end) => {
  program
    .command('check')
    .description('read sources.yaml and say everything that is wrong with it')
    .option('--online', 'ask every source once, too: which are dead, have moved, or are no feeds; nothing is stored')
    .addHelpText('after', example('relais check', 'relais check --online'))
    .action(async ({ online }: { online?: boolean }) => {
      if (online === true) end(await (await import('./check-online.ts')).checkOnline(options(), printer));
      else end(await (await import('./check.ts')).check(options(), printer));
    });
};

export const addStatus: AddCommands = (program, options, printer, end) => {
  program
    .command('status')
    .description('every source, worst first: since when and why, what to do, what waits; the last run and backup')
    .addHelpText('after', example('relais status', 'relais status --json'))
    .action(async () => {
      const { status } = await import('./status.ts');
      end(await status(options(), printer));
    });
  program
    .command('digest <section>')
    .description('what its digest would say if it closed now; nothing is noted or sent')
    .option('--preview [folder]', 'write all its forms there (default: preview, in the data folder)')
    .option('--test <address>', 'mail it to this address alone')
    .addOption(
      new Option('--send', 'close it now, before its time, publish it and mail it').conflicts(['test', 'preview']),
    )
    .addOption(
      new Option('--send-again', 'mail again what was refused of the newest one, or may not have arrived').conflicts([
        'send',
        'test',
        'preview',
      ]),
    )
    .addHelpText('after', example('relais digest calais', 'relais digest calais --test me@example.org'))
    .action(async (section: string, own: Omit<DigestOptions, keyof CommonOptions>) => {
      const { digest } = await import('./digest.ts');
      end(await digest(section, { ...options(), ...own }, printer));
    });
};

export const addExplain: AddCommands = (program, options, printer, end) => {
  program
    .command('explain')
    .argument('<item>', aPost)
    .description('which story an item belongs to, who is credited, and how Relais knows')
    .addHelpText('after', example('relais explain https://group.example/2026/11/eviction/'))
    .action(async (item: string) => {
      const { explain } = await import('./explain.ts');
      end(await explain(item, options(), printer));
    });
};
