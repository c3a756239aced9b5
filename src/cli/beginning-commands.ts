/** The commands by which a relay begins and grows: `init`, `add`. */
import type { AddOptions } from './add.ts';
import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';
import type { InitOptions } from './init.ts';
import type { CommonOptions } from './settings.ts';

export const addBeginning: AddCommands = (program, options, printer, end) => {
  program
    .command('init')
    .description('begin: three questions, and a sources.yaml to go on with; what is there is never overwritten')
    .option('--name <words>', 'what the site is called')
    .option('--url <address>', 'where it will be published; may be left out')
    .option('--partner <address>', 'the site of the first group to follow')
    .option('-y, --yes', 'ask nothing: take the best that is found')
    .addHelpText(
      'after',
      example('relais init', 'relais init --name "Harbour News" --partner https://group.example --yes'),
    )
    .action(async (own: Omit<InitOptions, keyof CommonOptions>) => {
      const { init } = await import('./init.ts');
      end(await init({ ...options(), ...own }, printer));
    });
  program
    .command('add')
    .argument('<address>', 'the group’s site, its feed, or its name on Mastodon (@group@server.example)')
    .description('find the feed behind a site, show it, and write it into sources.yaml')
    .option('--section <section>', 'the section it is for; one that is not there is made')
    .option('--name <words>', 'what the group is called; else as its feed says')
    .option('--feed <number>', 'which one, where a site has several')
    .option('--dry-run', 'only show what would be written')
    .option('-y, --yes', 'ask nothing: take the best that is found')
    .addHelpText(
      'after',
      example('relais add https://group.example', 'relais add @group@server.example --section calais'),
    )
    .action(async (address: string, own: Omit<AddOptions, keyof CommonOptions>) => {
      const { add } = await import('./add.ts');
      end(await add(address, { ...options(), ...own }, printer));
    });
};
