/** `relais copy`: an archive from a database file into PostgreSQL, or back, while nobody else works on either. */
import { systemClock } from '../clock.ts';
import { alreadyRunning, takeLease } from '../run.ts';
import { type Archive, type ArchiveCopied, type Copying, openCopying } from '../storage.ts';
import { counted } from '../telling/counted.ts';
import { type Printer, problemLines } from './print.ts';
import { copyLine } from './progress.ts';
import { refuse } from './refusing.ts';
import { stopSignals } from './run.ts';
import { type CommonOptions, exitCodes, namedDatabase } from './settings.ts';

export interface CopyOptions extends CommonOptions {
  /** Undefined for what the settings name. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * A copy that was stopped or killed is gone on with by the same command.
 * @returns the exit code: 75 while a run holds the lease of either, or where it was stopped
 * @throws Halt with store/copy-refused, store/copy-differs, or what the disk or the server says
 */
export async function copy(options: CopyOptions, printer: Printer): Promise<number> {
  if (options.from === undefined && options.to === undefined)
    return refuse(
      'Say from where, to where, or both. What is left out is the database of the settings:  relais copy --to postgres://…',
      options,
      printer,
    );
  const [from, to] = [await namedDatabase(options.from, options), await namedDatabase(options.to, options)];
  if ('mistake' in from) return refuse(`--from ${from.mistake}`, options, printer);
  if ('mistake' in to) return refuse(`--to ${to.mistake}`, options, printer);
  printer.hide?.([...from.secrets, ...to.secrets].toSorted((a, b) => b.value.length - a.value.length));
  const copying = await openCopying();
  const name = copying.nameOf(from.address);
  if (name === copying.nameOf(to.address)) return refuse(`${name} cannot be copied onto itself.`, options, printer);
  if (!(await copying.isThere(from.address))) return refuse(`There is no archive in ${name}.`, options, printer);
  if (await copying.isOther(from.address))
    return refuse(`${name} is no database of Relais. Name one, or the data folder that it is in.`, options, printer);
  if (await copying.isOther(to.address))
    return refuse(
      `${copying.nameOf(to.address)} is there already, is no database of Relais, and stays as it is. Name a file that is not there yet.`,
      options,
      printer,
    );
  const told: Told = { options, printer };
  return await withLease(await copying.source(from.address), told, (source, isOurs) =>
    copying
      .target(to.address, name)
      .then((target) =>
        withLease(target, told, (_, isOursToo) =>
          copyNow({ copying, source, target, leases: [isOurs, isOursToo] }, told),
        ),
      ),
  );
}

interface Told {
  readonly options: CopyOptions;
  readonly printer: Printer;
}

/** Keeps others from a database while something is done with it, and closes it. */
async function withLease(
  archive: Archive,
  { options, printer }: Told,
  work: (archive: Archive, lease: AbortSignal) => Promise<number>,
): Promise<number> {
  try {
    const lease = await takeLease({ library: archive, clock: systemClock });
    if ('pid' in lease) {
      if (options.json === true) printer.json({ problems: [alreadyRunning(lease)] });
      else
        printer.alarm(
          `${problemLines(alreadyRunning(lease))}\nIt works on ${archive.place}. Nothing was copied. Stop it first.`,
        );
      return exitCodes.tryLater;
    }
    try {
      return await work(archive, lease.signal);
    } finally {
      await lease.giveBack();
    }
  } finally {
    await archive.close();
  }
}

interface InHand {
  readonly copying: Copying;
  readonly source: Archive;
  readonly target: Archive;
  /** Each aborted when somebody has taken the lease. */
  readonly leases: readonly AbortSignal[];
}

async function copyNow({ copying, source, target, leases }: InHand, { options, printer }: Told): Promise<number> {
  const isTalking = options.json !== true && options.quiet !== true;
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const signal of stopSignals) process.once(signal, onSignal); // a second one ends us at once
  const signal = AbortSignal.any([stop.signal, ...leases]);
  try {
    const copied = await copying.copy(source, target, {
      signal,
      onProgress: (progress) => isTalking && printer.status?.(copyLine(progress)),
    });
    if (isTalking) printer.status?.();
    if (options.json === true) printer.json({ copied: { from: source.place, to: target.place, ...copied } });
    else if (isTalking) tell(copied, source, target, printer);
    return exitCodes.done;
  } catch (error) {
    if (isTalking) printer.status?.();
    if (!signal.aborted || error !== signal.reason) throw error;
    const why = stop.signal.aborted ? 'Stopped' : 'Stopped, as another process has taken the lease';
    const words = `${why}: ${target.place} is not whole yet. The same command goes on where this one was.`;
    if (options.json === true) printer.json({ stopped: words });
    else printer.alarm(words);
    return exitCodes.tryLater;
  } finally {
    for (const one of stopSignals) process.removeListener(one, onSignal);
  }
}

const beginnings: Readonly<Record<ArchiveCopied['beginning'], string | undefined>> = {
  new: undefined,
  resumed: 'An earlier copy was gone on with where it was.',
  anew: 'An earlier copy was begun anew: there was other work in between.',
};

function tell({ beginning, rows, tables, digest }: ArchiveCopied, from: Archive, to: Archive, printer: Printer): void {
  const began = beginnings[beginning];
  if (began !== undefined) printer.line(began);
  printer.line(`${from.place} was copied to ${to.place}.`);
  printer.line(
    `${counted(rows, 'row')} in ${counted(tables.length, 'table')}: counts and digests of both are equal (${digest.slice(0, 16)}).`,
  );
  printer.line(
    'Not copied, as they are files in the data folder: the site and the search index, which the next run makes anew, and',
  );
  printer.line('pictures (images/), which are fetched again where they are not there.');
  printer.line(to.isFile ? withFile(to.place) : 'To work with it, name it in sources.yaml:  database: postgres://…');
}

function withFile(place: string): string {
  return `To work with it, let it be relais.db in the data folder (${place}), and take  database:  out of sources.yaml.`;
}
