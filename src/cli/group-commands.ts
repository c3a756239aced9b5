/** How a group of commands is added to the program. */
import type { Command } from 'commander';
import type { Printer } from './print.ts';
import type { CommonOptions } from './settings.ts';

/**
 * Adds commands in the order in which the help names them.
 * @param options those that all commands know, once the command line has been read
 * @param end takes the exit code of the command that was run
 */
export type AddCommands = (
  program: Command,
  options: () => CommonOptions,
  printer: Printer,
  end: (exitCode: number) => void,
) => void;
