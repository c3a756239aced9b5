/** argv → command, loaded when used → exit code. Every way out of the program passes here. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { runLightly } from '../heap.ts';
import { haltingProblem } from '../run.ts';
import { version } from '../wire.ts';
import type { DigestOptions } from './digest.ts';
import { openPrinter, type Printer, problemLines } from './print.ts';
import { addRule, aPost } from './rule-commands.ts';
import { type CommonOptions, exitCodes } from './settings.ts';
import { addVanished } from './vanished-commands.ts';
import { addWithdrawals } from './withdrawal-commands.ts';

/**
 * Runs one command.
 * @returns 0 done, 1 something needs a person, 2 configuration or usage, 3 could not run, 75 another run holds the lease,
 *   or this one was stopped before its end
 */
export async function main(argv: readonly string[]): Promise<number> {
  runLightly();
  const printer = openPrinter();
  let exitCode: number = exitCodes.done;
  const program = new Command('relais')
    .description('Pulls partner groups’ feeds, merges reposts into stories, credits who wrote them, republishes.')
    .version(version)
    .option('-c, --config <file>', 'the configuration', 'sources.yaml')
    .option('-d, --data <folder>', 'where the database and the site are kept (default: data, beside the configuration)')
    .option('--json', 'print machine-readable results')
    .option('-q, --quiet', 'print nothing but errors')
    .option('-v, --verbose', 'print every source and every note')
    .showSuggestionAfterError()
    .exitOverride();
  const options = (): CommonOptions => program.opts<CommonOptions & { config: string }>();

  program
    .command('run')
    .description('one pass, for cron: ask every source that is due, publish what changed')
    .option('--now [source...]', 'ask also sources that are not due: all, or the named ones')
    .action(async (own: { now?: boolean | string[] }) => {
      const { run } = await import('./run.ts');
      exitCode = await run({ ...options(), now: own.now }, printer);
    });
  program
    .command('start')
    .description('keep running: refresh on schedule and serve the site')
    .option('-p, --port <number>', 'port of the web server', readPort, 8080)
    .option('--listen <address>', 'address of the web server', '127.0.0.1')
    .action(async (own: { port: number; listen: string }) => {
      const { start } = await import('../schedule/daemon.ts');
      const { loadSettings, readSettings, dataFolder } = await import('./settings.ts');
      const config = await readSettings(options(), printer);
      if (config === undefined) {
        exitCode = exitCodes.usage;
        return;
      }
      exitCode = await start({
        config,
        readSettings: () => loadSettings(options()),
        dataFolder: dataFolder(options()),
        configFile: options().config,
        port: own.port,
        host: own.listen,
        printer,
      });
    });
  program
    .command('check')
    .description('read sources.yaml and say everything that is wrong with it')
    .action(async () => {
      const { check } = await import('./check.ts');
      exitCode = await check(options(), printer);
    });
  program
    .command('status')
    .description('every source, worst first: since when and why, what to do, what waits; the last run and backup')
    .action(async () => {
      const { status } = await import('./status.ts');
      exitCode = await status(options(), printer);
    });
  program
    .command('explain')
    .argument('<item>', aPost)
    .description('which story an item belongs to, who is credited, and how Relais knows')
    .action(async (item: string) => {
      const { explain } = await import('./explain.ts');
      exitCode = await explain(item, options(), printer);
    });
  const held = program
    .command('held')
    .description('texts that wait for you, and sources that do not look like themselves')
    .action(async () => {
      const { held } = await import('./held.ts');
      exitCode = await held(options(), printer);
    });
  held
    .command('accept')
    .argument('<source>')
    .description('it is the partner after all: let in what it has sent')
    .action(async (source: string) => {
      const { acceptHeld } = await import('./held.ts');
      exitCode = await acceptHeld(source, options(), printer);
    });
  held
    .command('refuse')
    .argument('<source>')
    .description('it is not: throw away what it has sent')
    .action(async (source: string) => {
      const { refuseHeld } = await import('./held.ts');
      exitCode = await refuseHeld(source, options(), printer);
    });
  addVanished(program, options, printer, (code) => {
    exitCode = code;
  });
  program
    .command('stop <source>')
    .description('ask a source no more; with --since, take back what it brought as well')
    .option('--since <date>', 'take back what came from this day on (2026-11-20), or  all')
    .option('--undo', 'ask it again, and show again what was taken back')
    .action(async (source: string, own: { since?: string; undo?: boolean }) => {
      const { stop } = await import('./stop.ts');
      exitCode = await stop(source, { ...options(), ...own }, printer);
    });
  const end = (code: number): void => {
    exitCode = code;
  };
  program
    .command('digest <section>')
    .description('what its digest would say if it closed now; nothing is noted or sent')
    .option('--preview [folder]', 'write all its forms there (default: preview, in the data folder)')
    .option('--test <address>', 'mail it to this address alone')
    .option('--send', 'close it now, before its time, publish it and mail it')
    .option('--send-again', 'mail again what was refused of the newest one, or may not have arrived')
    .action(async (section: string, own: Omit<DigestOptions, keyof CommonOptions>) => {
      const { digest } = await import('./digest.ts');
      exitCode = await digest(section, { ...options(), ...own }, printer);
    });
  addRule(program, options, printer, end);
  addWithdrawals(program, options, printer, end);
  program
    .command('backup')
    .description('copy the database and the settings, also while a run is under way')
    .option('--to <folder>', 'where to (default: backup, in the data folder)')
    .action(async (own: { to?: string }) => {
      const { backup } = await import('./backup.ts');
      exitCode = await backup({ ...options(), ...own }, printer);
    });
  program
    .command('restore [file]')
    .description('put a copy in the place of the database: the newest whole one, or the one named')
    .option('--list', 'show the copies there are')
    .action(async (file: string | undefined, own: { list?: boolean }) => {
      const { restore } = await import('./restore.ts');
      exitCode = await restore(file, { ...options(), ...own }, printer);
    });
  program
    .command('messages <language>')
    .description('write a file to fill, beside sources.yaml, for what Relais says in a language (el, fr …)')
    .option('--print', 'print it instead, where the folder may not be written')
    .action(async (language: string, own: { print?: boolean }) => {
      const { messages } = await import('./messages.ts');
      exitCode = await messages(language, { ...options(), ...own }, printer);
    });
  program
    .command('look')
    .description('write files to begin with into the folder look/ beside sources.yaml: a style and a frame of your own')
    .option('--print <file>', 'print style.css or page.html instead, where the folder may not be written')
    .action(async (own: { print?: string }) => {
      const { look } = await import('./look-folder.ts');
      exitCode = await look({ ...options(), ...own }, printer);
    });
  program
    .command('schema')
    .description('print the JSON Schema of sources.yaml, for editors')
    .action(async () => {
      const { jsonSchema } = await import('../config/schema.ts');
      printer.json(jsonSchema());
    });
  program
    .command('demo')
    .description('run the whole house against a small partner world on this machine')
    .option('--once', 'stop after the last pull instead of serving the site')
    .option('-p, --port <number>', 'port of the web server', readPort, 8080)
    .option('--world <name>', 'which world: today, or calais-2010', 'today')
    .action(async (own: { once?: boolean; port: number; world: string }) => {
      const { demo } = await import('./demo.ts');
      exitCode = await demo(
        { once: own.once === true, port: own.port, world: own.world, dataFolder: options().data },
        printer,
      );
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    return exitCodeFor(error, printer, options().json === true);
  }
  return exitCode;
}

/** 0 lets the system choose. */
function readPort(written: string): number {
  const port = Number(written);
  if (!/^\d+$/.test(written) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

function exitCodeFor(error: unknown, printer: Printer, isJson: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
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
