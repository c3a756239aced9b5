/** `relais completion SHELL`, and what the shells ask: `relais complete`. */
import { Argument, type Command } from 'commander';
import { type CommandShape, completions, type Names } from './completing.ts';
import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';
import { loadSettings } from './settings.ts';
import { askForFiles, shells, wordsOf } from './shells.ts';

const names = Object.keys(shells) as (keyof typeof shells)[];

export const addCompletion: AddCommands = (program, options, printer, end) => {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell in which you type').choices(names))
    .description('print what lets your shell complete commands, options, sources and sections')
    .addHelpText('after', example('source <(relais completion bash)  in ~/.bashrc', 'relais completion fish | source'))
    .action((shell: keyof typeof shells) => {
      if (options().json === true) printer.json({ shell, script: shells[shell] });
      else printer.line(shells[shell].trimEnd());
      end(0);
    });
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .option('--line <line>', 'all that is typed, as it is typed')
    .description('asked by shells: how what is typed may go on')
    .addHelpText('after', example('relais complete -- sta'))
    .action(async (words: string[], own: { line?: string }) => {
      const typed = own.line === undefined ? words : wordsOf(own.line).slice(1);
      const found = await completions(shapeOf(program), typed, () => namesIn(configIn(typed) ?? options().config));
      if (found === 'files') printer.line(askForFiles);
      else
        for (const { word, description } of found) if (!/[\p{Cc}]/u.test(word)) printer.line(`${word}\t${description}`);
      end(0);
    });
};

function configIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === '-c' || word === '--config');
  return at === -1 || at === words.length - 1 ? undefined : words[at + 1];
}

/** Of a file with mistakes nothing is known: completion is no place to tell them. */
async function namesIn(config: string): Promise<Names> {
  const read = await loadSettings({ config });
  if (read.kind === 'problems') return { source: [], section: [] };
  const { sources, sections } = read.config;
  return { source: sources.map(({ name, key }) => name ?? key), section: sections.map(({ id }) => id) };
}

function shapeOf(command: Command): CommandShape {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.map((option) => {
      const [, name = ''] = /[<[]([^\]>.]+)/.exec(option.flags) ?? [];
      const takesValue = option.required || option.optional;
      return {
        flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
        description: option.description,
        value: takesValue ? { name, choices: option.argChoices ?? [], isMany: option.variadic } : undefined,
        isValueOptional: option.optional,
      };
    }),
    arguments: command.registeredArguments.map((one) => {
      return { name: one.name(), choices: one.argChoices ?? [], isMany: one.variadic };
    }),
    commands: command.commands.filter((one) => one.name() !== 'complete').map(shapeOf),
  };
}
