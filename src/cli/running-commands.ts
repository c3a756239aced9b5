/** The commands that do the work: `run`, `start`, and `demo` to see it. */
import { InvalidArgumentError } from 'commander';
import { example } from './example.ts';
import type { AddCommands } from './group-commands.ts';
import { exitCodes } from './settings.ts';

export const addRunning: AddCommands = (program, options, printer, end) => {
  program
    .command('run')
    .description('one pass, for cron: ask every source that is due, publish what changed')
    .option('--now [source...]', 'ask also sources that are not due: all, or the named ones')
    .option('--dry-run', 'show what a run would bring, publish and send now, and do nothing of it')
    .addHelpText('after', example('relais run', 'relais run --now "Quay Watch"', 'relais run --dry-run --now'))
    .action(async (own: { now?: boolean | string[]; dryRun?: boolean }) => {
      if (own.dryRun === true) {
        const { dryRun } = await import('./dry-run.ts');
        end(await dryRun({ ...options(), now: own.now }, printer));
        return;
      }
      const { run } = await import('./run.ts');
      end(await run({ ...options(), now: own.now }, printer));
    });
  program
    .command('start')
    .description('keep running: refresh on schedule and serve the site')
    .option('-p, --port <number>', 'port of the web server', readPort, 8080)
    .option('--listen <address>', 'address of the web server', '127.0.0.1')
    .addHelpText('after', example('relais start --port 8080'))
    .action(async (own: { port: number; listen: string }) => {
      const { start } = await import('../schedule/daemon.ts');
      const { loadSettings, readSettings, dataFolder } = await import('./settings.ts');
      const config = await readSettings(options(), printer);
      if (config === undefined) {
        end(exitCodes.usage);
        return;
      }
      end(
        await start({
          config,
          readSettings: () => loadSettings(options()),
          dataFolder: dataFolder(options()),
          configFile: options().config,
          port: own.port,
          host: own.listen,
          printer,
        }),
      );
    });
  program
    .command('work')
    .description('keep running beside others on one database server: refresh and publish, serve nothing')
    .addHelpText('after', example('relais work'))
    .action(async () => {
      const { loadSettings, readSettings, dataFolder } = await import('./settings.ts');
      const config = await readSettings(options(), printer);
      if (config === undefined) {
        end(exitCodes.usage);
        return;
      }
      if (config.database === undefined) {
        const { refuse } = await import('./refusing.ts');
        end(refuse(onlyOnServer, options(), printer));
        return;
      }
      const { work } = await import('../schedule/work.ts');
      const readAgain = (): ReturnType<typeof loadSettings> => loadSettings(options());
      const [folder, configFile] = [dataFolder(options()), options().config];
      end(await work({ config, readSettings: readAgain, dataFolder: folder, configFile, printer }));
    });
};

const onlyOnServer =
  'No database server is named, so there is nothing to share: a file has one worker. Start  relais start , or name a server in  database:  (docs/more-machines.md).';

export const addDemo: AddCommands = (program, options, printer, end) => {
  program
    .command('demo')
    .description('run the whole house against a small partner world on this machine')
    .option('--once', 'stop after the last pull instead of serving the site')
    .option('-p, --port <number>', 'port of the web server', readPort, 8080)
    .option('--world <name>', 'which world: today, or calais-2010', 'today')
    .addHelpText('after', example('relais demo --once'))
    .action(async (own: { once?: boolean; port: number; world: string }) => {
      const { demo } = await import('./demo.ts');
      const { once, port, world } = own;
      const { data: dataFolder, json } = options();
      end(await demo({ once: once === true, port, world, dataFolder, isJson: json === true }, printer));
    });
};

/** 0 lets the system choose. */
function readPort(written: string): number {
  const port = Number(written);
  if (!/^\d+$/.test(written) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
