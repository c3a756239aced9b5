/**
 * `relais digest SECTION`: what its digest would say if it closed now, without noting or sending anything; all its forms in a
 * folder; a mail of it to the maintainer. And closing one before its time, or sending again what did not arrive.
 */
import { join } from 'node:path';
import { openDigest } from '../digests.ts';
import { mailDigests, mailTest, sendAgain } from '../mailing.ts';
import type { Config, Section, SiteDocument } from '../model.ts';
import { publishSite, supplyNow } from '../publication.ts';
import { draftDocuments } from '../publish/digest-draft.ts';
import { mailAddressIn } from '../publish/digest-mail.ts';
import { alreadyRunning, takeLease } from '../run.ts';
import { noteSaid } from '../unsaid.ts';
import { type House, openHouse } from '../wire.ts';
import { layPreview, type Place } from './digest-preview.ts';
import { newsLine, type Printer, problemLines } from './print.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, dataFolder, exitCodes, readSettings, storageOf } from './settings.ts';

export interface DigestOptions extends CommonOptions {
  /** Write all forms: into a folder of the data folder, or the one named. */
  readonly preview?: boolean | string | undefined;
  /** Mail it to this address alone. */
  readonly test?: string | undefined;
  readonly send?: boolean | undefined;
  readonly sendAgain?: boolean | undefined;
}

export async function digest(id: string, options: DigestOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const section = config.sections.find((one) => one.id === id);
  const mistake = mistakeIn(id, section, config, options);
  if (section === undefined || mistake !== undefined) return refuse(mistake ?? '', options, printer);
  const house = await openHouse(config, storageOf(options, config));
  try {
    if (options.send === true || options.sendAgain === true)
      return await sendNow(section, config, house, options, printer);
    return await look(section, config, house, options, printer);
  } finally {
    await house.close();
  }
}

/** A sentence where the command cannot be carried out as it is written. */
function mistakeIn(
  id: string,
  section: Section | undefined,
  config: Config,
  options: DigestOptions,
): string | undefined {
  if (section === undefined)
    return `There is no section ${JSON.stringify(id)}. There are: ${config.sections.map((one) => one.id).join(', ')}.`;
  if (section.digest === undefined) return `The section ${id} has no digest: its settings say  digest: none .`;
  const isSending = options.send === true || options.sendAgain === true;
  if (isSending && section.digest.to.length === 0)
    return `Nobody is named to whom the digest of ${id} is sent. Write  send:  under its digest.`;
  if ((isSending || options.test !== undefined) && config.smtp === undefined)
    return 'No mail server is named. Set RELAIS_SMTP_URL, or RELAIS_SMTP_URL_FILE to the name of a file that holds it.';
  if (options.test !== undefined && mailAddressIn(options.test) === undefined)
    return `${JSON.stringify(options.test)} is not a mail address.`;
  return undefined;
}

async function look(
  section: Section,
  config: Config,
  house: House,
  options: DigestOptions,
  printer: Printer,
): Promise<number> {
  const supply = await supplyNow(config, house);
  const open = await openDigest(section, supply, house.library);
  if (open === undefined || open.isEmpty) {
    if (options.json === true) printer.json({ section: section.id, stories: 0, files: [] });
    else printer.line(`Nothing new in ${section.id} since its last digest: none would be made or sent.`);
    return exitCodes.done;
  }
  const documents = await draftDocuments(section, open, supply, await house.library.carryingDigests());
  const file = (ending: string): string => bodyOf(documents, ending);
  const laid = await layPreview(
    options.preview === undefined || options.preview === false ? [] : documents,
    previewPlace(section, options),
  );
  if ('why' in laid) return refuse(laid.why, options, printer);
  const { written } = laid;
  if (options.test !== undefined) {
    const { kind, answer } = await mailTest(config, options.test, file('.eml'));
    const isTaken = kind === 'taken';
    if (options.json === true) printer.json({ section: section.id, test: options.test, taken: isTaken, answer });
    else if (isTaken) printer.line(`Sent to ${options.test} alone: ${answer}`);
    else printer.alarm(`The test could not be sent to ${options.test}: ${answer}`);
    return isTaken ? exitCodes.done : exitCodes.needsPerson;
  }
  if (options.json === true)
    printer.json({ section: section.id, digest: open.name, stories: open.stories.length, files: written });
  else if (written.length > 0) for (const path of written) printer.line(path);
  else for (const line of file('.txt').split('\n')) printer.line(line);
  return exitCodes.done;
}

function previewPlace({ id }: Section, options: DigestOptions): Place {
  const data = dataFolder(options);
  const isNamed = typeof options.preview === 'string';
  const folder = isNamed ? String(options.preview) : join(data, 'preview', id);
  return { folder, isOurs: !isNamed, site: join(data, 'site') };
}

function bodyOf(documents: readonly SiteDocument[], ending: string): string {
  return documents.find(({ path }) => path.endsWith(ending))?.body ?? '';
}

async function sendNow(
  section: Section,
  config: Config,
  house: House,
  options: DigestOptions,
  printer: Printer,
): Promise<number> {
  const again = options.sendAgain === true ? await sendAgain(section.id, house) : 0;
  const lease = await takeLease(house);
  if ('pid' in lease) {
    if (options.json === true)
      printer.json({ section: section.id, again, problems: again > 0 ? [] : [alreadyRunning(lease)] });
    else if (again > 0) printer.line('It goes out with the run that is under way, or the next.');
    else printer.alarm(problemLines(alreadyRunning(lease)));
    return again > 0 ? exitCodes.done : exitCodes.tryLater;
  }
  try {
    const closing = options.sendAgain === true ? undefined : section.id;
    const { defects } = await publishSite(config, house, { closing });
    if (defects.length > 0) {
      refuse('The site could not be made, so nothing is sent:  relais run  says why.', options, printer);
      return exitCodes.couldNotRun;
    }
    const { sent } = await mailDigests(config, house, section.id);
    const news = await house.library.unsaid(['digest']);
    const own = sent.filter((one) => one.section === section.id);
    if (options.json === true)
      printer.json({
        section: section.id,
        sent: own.map(({ digest: name, address }) => ({ digest: name, address })),
        news,
      });
    else {
      for (const { digest: name, address, answer = '' } of own) printer.line(`${name} sent to ${address}: ${answer}`);
      for (const one of news) printer.alarm(newsLine(one));
      if (own.length === 0 && news.length === 0) printer.line(await nothingSent(section, house, options));
    }
    await noteSaid({ troubles: [], recoveries: [], news }, house);
    return news.length > 0 || (await isWaiting(section, house)) ? exitCodes.needsPerson : exitCodes.done;
  } finally {
    await lease.giveBack();
  }
}

async function isWaiting({ id }: Section, { library }: House): Promise<boolean> {
  return (await library.digestMailings(id)).some(({ state }) => state === 'waiting');
}

async function nothingSent(
  { id }: Section,
  { library }: House,
  { sendAgain: isAgain }: DigestOptions,
): Promise<string> {
  const waiting = (await library.digestMailings(id)).find(({ state }) => state === 'waiting');
  if (waiting === undefined && isAgain === true)
    return `Nothing of the newest digest of ${id} was refused or is in doubt.`;
  if (waiting === undefined) return `Nothing new in ${id} since its last digest: nothing is sent.`;
  return `Not sent yet, and tried again: ${waiting.answer ?? ''}`;
}
