/** `relais add ADDRESS`: the feed behind a site, looked at, and written into sources.yaml as one more line. */

import { systemClock } from '../clock.ts';
import { readTyped } from '../discovery/typed.ts';
import type { Clock } from '../edges.ts';
import type { Config, Secret } from '../model.ts';
import { terminalLine } from '../text/safe.ts';
import { openOutside } from '../wire.ts';
import { type Ending, type Talk, unanswered, writeAddition } from './addition.ts';
import { type Chosen, choose, search } from './choosing.ts';
import { factsOf, isDoubtful, langOf, languageName, nameFrom } from './feed-words.ts';
import { addressAsWritten, followedAs, neighbourOf, type Remembered, remember } from './followed.ts';
import type { Printer } from './print.ts';
import { openQuestions, type Questions } from './questions.ts';
import { withSecrets } from './secret-address.ts';
import { sectionMistake } from './section-option.ts';
import { type CommonOptions, exitCodes, loadSettings, readSettings } from './settings.ts';
import { settingsText } from './settings-file.ts';

export interface AddOptions extends CommonOptions {
  readonly section?: string | undefined;
  readonly name?: string | undefined;
  /** Number in the list of feeds, as typed. */
  readonly feed?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

export interface AddEdges {
  readonly clock?: Clock;
  readonly questions?: Questions;
}

/** @returns 0 written, or would be; 1 nothing was found; 2 the file, the command line, or the source is there already */
export async function add(
  address: string,
  options: AddOptions,
  printer: Printer,
  { clock = systemClock, questions = openQuestions() }: AddEdges = {},
): Promise<number> {
  const isSilent = options.json === true || options.quiet === true;
  const asked = isSilent || options.yes === true ? { ...questions, isAnswered: false } : questions;
  try {
    const config = await readSettings(options, printer);
    if (config === undefined) return exitCodes.usage;
    const say = isSilent ? () => undefined : printer.line;
    const hide = printer.hide ?? (() => undefined);
    const ending = await addTo(config, address, options, {
      clock,
      questions: asked,
      say,
      hide,
      write: () => undefined,
    });
    if (options.json === true)
      printer.json({ written: false, ...ending.facts, ...(ending.why && { error: ending.why }) });
    else if (ending.why !== undefined) printer.alarm(ending.why);
    return ending.exitCode;
  } finally {
    questions.close();
  }
}

interface AddTalk extends Talk {
  /** From now on none of these is shown. */
  readonly hide: (secrets: readonly Secret[]) => void;
  /** An address as it may stand in the file. */
  readonly write: (url: string) => string | undefined;
}

async function addTo(config: Config, address: string, options: AddOptions, talk: AddTalk): Promise<Ending> {
  const { say, questions, clock } = talk;
  const secret = await withSecrets(address, config, options);
  if ('mistake' in secret) return { exitCode: exitCodes.usage, why: terminalLine(secret.mistake) };
  talk.hide(secret.secrets);
  const typed = readTyped(secret.address);
  if (typed.kind === 'mistake') return { exitCode: exitCodes.usage, why: terminalLine(typed.text) };
  const mistake = sectionRefusal(options.section, config, questions);
  if (mistake !== undefined) return { exitCode: exitCodes.usage, why: mistake };
  const remembered = await remember(options);
  const outside = await openOutside(config, remembered.library, clock);
  try {
    const looking = { questions, say, edges: outside };
    const found = await search(typed.urls, looking);
    const choice = await choose(found, options, looking);
    if (choice.kind === 'none') return { exitCode: choice.exitCode, why: terminalLine(choice.why) };
    const led = [...typed.urls, ...(found.kind === 'feeds' && found.page !== undefined ? [found.page] : [])];
    const followed = await followedAs(choice.look, led, config, remembered, outside);
    const feeds = found.kind === 'feeds' ? found.feeds : [choice.look];
    const facts = {
      feeds: feeds.map((feed) => factsOf(feed, clock.now())),
      chosen: choice.look.url,
      ...(choice.page && { page: choice.page }),
    };
    const ending =
      followed === undefined
        ? await addNew(choice, config, remembered, options, { ...talk, write: secret.write })
        : await addKnown(followed, config, options, talk);
    return { ...ending, facts: { ...facts, ...ending.facts } };
  } finally {
    await outside.close();
    await remembered.close();
  }
}

function sectionRefusal(section: string | undefined, config: Config, questions: Questions): string | undefined {
  if (section !== undefined) {
    const mistake = sectionMistake(section);
    return mistake === undefined ? undefined : `--section: ${mistake}`;
  }
  if (config.sections.length === 1 || questions.isAnswered) return undefined;
  const known = config.sections.map(({ id }) => id).join(', ');
  return `Which section is it for? Say  --section  and one of: ${known}. Any other name makes a new section.`;
}

async function sectionFor(
  config: Config,
  { section }: AddOptions,
  { questions, say }: Talk,
): Promise<string | undefined> {
  const [only] = config.sections;
  if (section !== undefined) return section;
  if (config.sections.length === 1) return only?.id;
  say('');
  for (const { id, title } of config.sections) say(`    ${id}  ${terminalLine(title)}`);
  for (;;) {
    const answer = await questions.ask(`For which section? Enter for ${only?.id}, or a new name:`, only?.id);
    const mistake = answer === undefined ? undefined : sectionMistake(answer);
    if (mistake === undefined) return answer;
    say(`  ${mistake} A short name has only a-z, 0-9 and hyphens.`);
  }
}

async function addNew(
  { look, page }: Chosen,
  config: Config,
  remembered: Remembered,
  options: AddOptions,
  talk: AddTalk,
): Promise<Ending> {
  const { say, questions, clock } = talk;
  const isUnsure = page !== undefined && options.yes !== true && !questions.isAnswered;
  const section = await sectionFor(config, options, talk);
  if (section === undefined) return unanswered;
  const neighbour = neighbourOf(look, config, remembered);
  if (neighbour !== undefined)
    say(
      `  ${terminalLine(neighbour.name ?? neighbour.url)} is of the same site. If one group owns both, write the same  partner:  at both, so that they never count as reposts of each other.`,
    );
  const url = talk.write(look.url);
  if (url === undefined)
    return {
      exitCode: exitCodes.needsPerson,
      why: 'The feed has the secret in its address in another form than it was given. Write its line by hand.',
    };
  const settings = {
    name: freeName(options.name ?? nameFrom(look.title), look, config),
    lang: langOf(look),
    page,
  };
  const addition = {
    source: { url, settings },
    section,
    isUsual: !isDoubtful(look, clock.now()),
    // A guess from how a page is built is looked at by a person first.
    ...(isUnsure && { doubt: 'Look first whether these are the texts of the group, then say the same with  --yes' }),
  };
  return await writeAddition(addition, config, options, talk);
}

async function addKnown(
  { source, because }: NonNullable<Awaited<ReturnType<typeof followedAs>>>,
  config: Config,
  options: AddOptions,
  talk: Talk,
): Promise<Ending> {
  const read = await loadSettings(options);
  const line = read.kind === 'config' ? read.placeOf?.(source.key, []).line : undefined;
  const name = terminalLine(source.name ?? source.url);
  const here = `It is followed already: ${name}, ${config.file}:${line}, since ${because}.`;
  const facts = { followed: { source: source.name ?? source.url, line, because } };
  const { section } = options;
  if (section === undefined || source.sections.includes(section)) {
    const others = config.sections.map(({ id }) => id).filter((id) => !source.sections.includes(id));
    const other = others[0] ?? 'and its short name';
    const todo = `Nothing was written. To have it in another section too, say  --section ${other}`;
    return { exitCode: exitCodes.usage, why: `${here}\n${todo}`, facts };
  }
  talk.say(here);
  const url = addressAsWritten(await settingsText(options), source.key);
  if (url === undefined) return { exitCode: exitCodes.usage, why: here, facts };
  talk.say(`It is described there; in the section ${section} its address is enough.`);
  const ending = await writeAddition({ source: { url }, section, isUsual: true }, config, options, talk);
  return { ...ending, facts: { ...facts, ...ending.facts } };
}

/** A name that no other source has: two of one name could not be told apart in credits. */
function freeName(wanted: string | undefined, look: Chosen['look'], { sources }: Config): string | undefined {
  if (wanted === undefined) return undefined;
  const taken = new Set(sources.flatMap(({ name, aliases }) => [name ?? '', ...aliases]).map(folded));
  const host = new URL(look.url).hostname.replace(/^www\./, '');
  const language = look.lang === undefined ? [] : [`${wanted} (${languageName(look.lang)})`];
  return [wanted, ...language, `${wanted} (${host})`].find((name) => !taken.has(folded(name)));
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
