/** argv → command, loaded when used → exit code. Every way out of the program passes here. */
import { Command, CommanderError, Option } from 'commander';
import { runLightly } from '../heap.ts';
import { haltingProblem } from '../run.ts';
import { version } from '../wire.ts';
import { addBeginning } from './beginning-commands.ts';
import { addCompletion } from './completion-commands.ts';
import { addDesk } from './desk-commands.ts';
import { addExchange } from './exchange-commands.ts';
import { addKeeping, addOwnFiles } from './keeping-commands.ts';
import { addCheck, addExplain, addStatus } from './looking-commands.ts';
import { addPreview } from './preview-commands.ts';
import { openPrinter, type Printer, problemLines } from './print.ts';
import { addRule } from './rule-commands.ts';
import { addDemo, addRunning } from './running-commands.ts';
import { type CommonOptions, exitCodes } from './settings.ts';
import { addSources } from './source-commands.ts';
import { addVanished } from './vanished-commands.ts';
import { addWithdrawals } from './withdrawal-commands.ts';

/**
 * Runs one command.
 * @returns 0 done, 1 something needs a person, 2 configuration or usage, 3 could not run, 75 another run holds the lease,
 *   or this one was stopped before its end
 */
export async function main(argv: readonly string[]): Promise<number> {
  runLightly();
  const printer = noting(openPrinter());
  let exitCode: number = exitCodes.done;
  const program = programFor(printer, (code) => {
    exitCode = code;
  });
  const isJson = (): boolean => program.opts<CommonOptions>().json === true;
  try {
    if (argv.length === 0) {
      const { tellNextStep } = await import('./next-step.ts');
      return await tellNextStep({ config: 'sources.yaml' }, printer);
    }
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    return exitCodeFor(error, printer, isJson());
  }
  if (isJson() && !printer.hasJson()) for (const error of printer.alarms().slice(0, 1)) printer.json({ error });
  return exitCode;
}

interface Noting extends Printer {
  hasJson(): boolean;
  /** The first that was said on standard error; none where nothing was. */
  alarms(): readonly string[];
}

/** Remembers whether programs were answered: what a command says to people alone is told them at its end. */
function noting(printer: Printer): Noting {
  let answered = false;
  const alarms: string[] = [];
  return {
    ...printer,
    alarm(text) {
      if (alarms.length === 0) alarms.push(text);
      printer.alarm(text);
    },
    json(value) {
      answered = true;
      printer.json(value);
    },
    hasJson: () => answered,
    alarms: () => alarms,
  };
}

/**
 * Every command there is, in the order in which the help names them.
 * @param end takes the exit code of the command that was run
 */
export function programFor(printer: Printer, end: (exitCode: number) => void): Command {
  const program = new Command('relais')
    .description('Pulls partner groups’ feeds, merges reposts into stories, credits who wrote them, republishes.')
    .version(version)
    .option('-c, --config <file>', 'the configuration', 'sources.yaml')
    .option('-d, --data <folder>', 'where the database and the site are kept (default: data, beside the configuration)')
    .option('--json', 'print machine-readable results')
    .addOption(new Option('-q, --quiet', 'print nothing but errors').conflicts('verbose'))
    .option('-v, --verbose', 'print every source and every note')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .showHelpAfterError('How a command is used, with an example:  relais COMMAND --help')
    .exitOverride();
  const options = (): CommonOptions => program.opts<CommonOptions & { config: string }>();
  program.commandsGroup('To begin:');
  addBeginning(program, options, printer, end);
  addCheck(program, options, printer, end);
  addDemo(program, options, printer, end);
  program.commandsGroup('Every day:');
  addRunning(program, options, printer, end);
  addPreview(program, options, printer, end);
  addStatus(program, options, printer, end);
  addDesk(program, options, printer, end);
  program.commandsGroup('Sources that need you:');
  addSources(program, options, printer, end);
  addVanished(program, options, printer, end);
  program.commandsGroup('Texts and stories:');
  addExplain(program, options, printer, end);
  addRule(program, options, printer, end);
  addWithdrawals(program, options, printer, end);
  program.commandsGroup('Moving in and out:');
  addExchange(program, options, printer, end);
  program.commandsGroup('Keeping copies:');
  addKeeping(program, options, printer, end);
  program.commandsGroup('How it speaks and looks:');
  addOwnFiles(program, options, printer, end);
  program.commandsGroup('Help:');
  addCompletion(program, options, printer, end);
  return program;
}

function exitCodeFor(error: unknown, printer: Printer, isJson: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    if (isJson) printer.json({ error: usageWords(error) });
    return exitCodes.usage;
  }
  const halting = haltingProblem(error);
  const code = halting?.code === 'schedule/already-running' ? exitCodes.tryLater : exitCodes.couldNotRun;
  if (halting !== undefined && isJson) printer.json({ problems: [halting] });
  else if (halting !== undefined) printer.alarm(problemLines(halting));
  else {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    printer.alarm(
      `✗ Relais ${version} has made a mistake of its own: ${what}\n  Nothing that was stored is lost. Please report it, with this line.`,
    );
  }
  return code;
}

/** What was typed wrongly; it stands on standard error as well. */
function usageWords({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'a command is missing' : message.replace(/^error: /, '').replaceAll('\n', ' ');
}
