/** docs/commands.md: every command with its options and an example, from the commands themselves. */
import type { Command } from 'commander';
import { programFor } from '../src/cli/main.ts';

/** Says nothing: the page is made without running any. */
const silent = { isTerminal: false, width: 80, line: () => undefined, alarm: () => undefined, json: () => undefined };

export function commandsPage(): string {
  const program = programFor(silent, () => undefined);
  const visible = program
    .createHelp()
    .visibleCommands(program)
    .filter((one) => one.name() !== 'help');
  const headings = [...new Set(visible.map((command) => command.helpGroup()))];
  const groups = headings.map((heading) => ({
    heading,
    commands: visible.filter((one) => one.helpGroup() === heading),
  }));
  const lines = groups.flatMap(({ heading, commands }) => [
    `## ${heading.replace(/:$/, '')}`,
    '',
    ...commands.flatMap((command) => entry(command, 'relais')),
  ]);
  const common = program.options.filter(({ long }) => long !== '--version').map(optionRow);
  return `${[...opening, ...common, '', ...exits, ...lines].join('\n').trimEnd()}\n`;
}

const opening = [
  '# Every command',
  '',
  'Made from the commands by `npm run docs`. `relais` alone says what to do next here; `relais COMMAND --help` says what stands below.',
  'What takes a source takes its name, its title or its address; what takes an item, its address, its guid, or the address of our page',
  'about it. All of them know these options:',
  '',
  '| option | what it does |',
  '|---|---|',
];

const exits = [
  'They end with 0 when all is done; 1 when something needs a person; 2 when `sources.yaml` or the command line has a mistake, and nothing',
  'was run; 3 when they could not run (database, disk, or a bug of ours); 75 when another run holds the data folder, or this one was stopped.',
  '',
];

function entry(command: Command, before: string): string[] {
  const usage = `${before} ${command.name()}${command.registeredArguments.map((one) => ` ${argument(one.name(), one.required)}`).join('')}`;
  const options = command.options.map(optionRow);
  const table = options.length === 0 ? [] : ['', '| option | what it does |', '|---|---|', ...options];
  const example = exampleOf(command);
  const shown = example.length === 0 ? [] : ['', '```sh', ...example, '```'];
  const deeper = command.commands.flatMap((one) => entry(one, `${before} ${command.name()}`));
  return [`### ${usage}`, '', `${capital(command.description())}.`, ...table, ...shown, '', ...deeper];
}

function argument(name: string, isRequired: boolean): string {
  return isRequired ? name.toUpperCase() : `[${name.toUpperCase()}]`;
}

function optionRow({ flags, description }: { readonly flags: string; readonly description: string }): string {
  return `| \`${flags}\` | ${description.replaceAll('|', '\\|')} |`;
}

/** What its help says below everything else. */
function exampleOf(command: Command): string[] {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  const [, lines = ''] = /\nExamples?:\n([\s\S]*)$/.exec(help) ?? [];
  return lines
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [line.trim().replace(/ {2,}(.*)$/, '   # $1')]));
}

function capital(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}
