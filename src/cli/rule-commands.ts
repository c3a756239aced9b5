/** The commands of `relais rule`: one for each thing that can be ruled of stories. */
import type { StoryRuling } from '../story-plan.ts';
import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';

/** How a person may name a post. */
export const aPost = 'a post: its address, its guid, or the address of our page about it';

/** `rule` has a command for each thing that can be ruled. */
export const addRule: AddCommands = (program, options, printer, end) => {
  const ruling = program
    .command('rule')
    .description('say of stories what no evidence says; kept until it is undone')
    .addHelpText('after', example('relais rule same https://one.example/a https://two.example/b', 'relais rule list'));
  const because = '--because <words>';
  const why = 'why, kept with the ruling';
  const say = async (said: StoryRuling, own: { because?: string }): Promise<void> => {
    const { rule } = await import('./rule.ts');
    end(await rule(said, { ...options(), ...own }, printer));
  };
  for (const kind of ['same', 'different'] as const)
    ruling
      .command(kind)
      .argument('<a>', aPost)
      .argument('<b>', 'the other one, named in the same way')
      .description(kind === 'same' ? 'two posts are one story' : 'two posts are two stories')
      .option(because, why)
      .addHelpText(
        'after',
        example(`relais rule ${kind} https://one.example/a https://two.example/b --because "I asked them"`),
      )
      .action((a: string, b: string, own: { because?: string }) => say({ kind, a, b }, own));
  ruling
    .command('original')
    .argument('<item>', aPost)
    .argument('<group>', 'its name')
    .description('a group wrote what this post carries; it need not be a source')
    .option(because, why)
    .addHelpText('after', example('relais rule original https://one.example/a "Alarm Phone"'))
    .action((item: string, group: string, own: { because?: string }) => say({ kind: 'original', item, group }, own));
  ruling
    .command('alias')
    .argument('<group>', 'a source: its name, title or address')
    .argument('<name>', 'another name that it goes by')
    .description('credits that say this name mean this source')
    .option(because, why)
    .addHelpText('after', example('relais rule alias "Calais Migrant Solidarity" CMS'))
    .action((group: string, name: string, own: { because?: string }) => say({ kind: 'alias', group, name }, own));
  ruling
    .command('undo [number]')
    .description('take a ruling back: the last one, or the one with this number')
    .addHelpText('after', example('relais rule undo', 'relais rule undo 12'))
    .action(async (number: string | undefined) => {
      const { undo } = await import('./rule.ts');
      end(await undo(number, options(), printer));
    });
  ruling
    .command('list')
    .description('every ruling by its number, and what has come to speak against it')
    .addHelpText('after', example('relais rule list'))
    .action(async () => {
      const { listRulings } = await import('./rule.ts');
      end(await listRulings(options(), printer));
    });
  ruling
    .command('export [file]')
    .description('write all rulings as lines of text, to be read and reviewed')
    .addHelpText('after', example('relais rule export rulings.txt'))
    .action(async (file: string | undefined) => {
      const { exportRulings } = await import('./rule-file.ts');
      end(await exportRulings(file, options(), printer));
    });
  ruling
    .command('import <file>')
    .description('take in such a file: all of it, or nothing')
    .addHelpText('after', example('relais rule import rulings.txt'))
    .action(async (file: string) => {
      const { importRulings } = await import('./rule-file.ts');
      end(await importRulings(file, options(), printer));
    });
};
