/** `preview`: what would be taken from a source. */
import { InvalidArgumentError } from 'commander';
import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';

export const addPreview: AddCommands = (program, options, printer, end) => {
  program
    .command('preview')
    .argument('<source>', 'a source by its name or address, or the address of a feed that is none yet')
    .description('ask one source and show what would be taken of it, and why or why not; nothing is stored')
    .option('--items <number>', 'how many of its newest items', readCount, 5)
    .option('--section <section>', 'only what this section would take, also if the source is not listed there yet')
    .addHelpText(
      'after',
      example(
        'relais preview "Quay Watch"',
        'relais preview https://group.example/feed --section calais --items 20',
        'relais preview "Quay Watch" --verbose  the markup before and after',
      ),
    )
    .action(async (source: string, own: { items: number; section?: string }) => {
      const { preview } = await import('./preview.ts');
      end(await preview(source, { ...options(), ...own }, printer));
    });
};

function readCount(written: string): number {
  const count = Number(written);
  if (!/^\d+$/.test(written) || count < 1 || count > 200)
    throw new InvalidArgumentError('Write a number from 1 to 200.');
  return count;
}
