/** `relais init`: three questions, and a sources.yaml in order, with the first partner's feed in it. */
import { dirname, join } from 'node:path';
import { systemClock } from '../clock.ts';
import type { NewSource } from '../config/insertion.ts';
import { readConfig } from '../config/read.ts';
import { jsonSchema } from '../config/schema.ts';
import { readTyped } from '../discovery/typed.ts';
import type { Clock } from '../edges.ts';
import type { Config } from '../model.ts';
import { ourLanguages } from '../publish/words/ours.ts';
import { plainLine, terminalLine } from '../text/safe.ts';
import { canonicalUrl, parseUrl } from '../text/url.ts';
import { type Outside, openOutside } from '../wire.ts';
import { isBlank, type Standing, standingIn } from './blank-settings.ts';
import { choose, search } from './choosing.ts';
import { langOf, nameFrom } from './feed-words.ts';
import type { Printer } from './print.ts';
import { openQuestions, type Questions } from './questions.ts';
import { type CommonOptions, exitCodes } from './settings.ts';
import { emptyBeginning, startingSettings } from './starting-settings.ts';
import { makeNew, writeNew } from './write-new.ts';
import { writeOver } from './write-over.ts';

export interface InitOptions extends CommonOptions {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly partner?: string | undefined;
  readonly yes?: boolean | undefined;
}

interface InitEdges {
  readonly clock?: Clock;
  readonly questions?: Questions;
  /** How sites are asked. */
  readonly open?: (config: Config, clock: Clock) => Promise<Outside>;
  /** Of this machine. */
  readonly timezone?: string;
  /** What the person at this machine reads, as `de-CH`. */
  readonly locale?: string;
}

type Judged = { readonly value: string } | { readonly mistake: string };

const asked: Readonly<
  Record<'name' | 'url' | 'partner', { readonly words: string; readonly judge: (text: string) => Judged }>
> = {
  name: { words: 'What is your site called?', judge: judgeName },
  url: { words: 'At which address will it be published? (Enter if you do not know yet)', judge: judgeUrl },
  partner: { words: 'Which group do you want to follow first? The address of its site:', judge: judgePartner },
};

/** @returns 0 a file is there and in order; 1 it is, and its partner needs a person; 2 answers are missing or wrong */
export async function init(options: InitOptions, printer: Printer, edges: InitEdges = {}): Promise<number> {
  const { clock = systemClock, questions = openQuestions(), open = openAlone } = edges;
  const isSilent = options.json === true || options.quiet === true;
  const quietly = isSilent || options.yes === true ? { ...questions, isAnswered: false } : questions;
  const say = isSilent ? () => undefined : printer.line;
  const refuse = (why: string): number => {
    if (options.json === true) printer.json({ written: false, error: why });
    else printer.alarm(why);
    return exitCodes.usage;
  };
  try {
    const standing = await standingIn(options.config);
    if (standing.kind === 'lost-link')
      return refuse(`${options.config} is a link to something that is not there. Delete the link, then  relais init`);
    if (standing.kind === 'settings')
      return refuse(
        `${options.config} is there already, and stays as it is. To follow one more group:  relais add https://group.example`,
      );
    const answers = await answersTo(options, quietly, say);
    if ('why' in answers) return refuse(answers.why);
    const { name, url, partner } = answers;
    const outside = await open(configOf(emptyBeginning(name, url)), clock);
    try {
      const first = await firstSource(partner, { questions: quietly, say, outside });
      if (first === undefined) return refuse('Nothing was written.');
      const machine = Intl.DateTimeFormat().resolvedOptions();
      const { timezone = machine.timeZone, locale = machine.locale } = edges;
      const text = startingSettings({ name, url, lang: spoken(locale), timezone, source: first.source });
      return await lay(text, first, standing, options, printer);
    } finally {
      await outside.close();
    }
  } finally {
    questions.close();
  }
}

/** The language of the pages: that of this machine where Relais speaks it. */
function spoken(locale: string): string {
  const [primary = 'en'] = locale.split('-', 1);
  return ourLanguages().has(primary) ? primary : 'en';
}

async function lay(
  text: string,
  { source, doubt }: First,
  standing: Standing,
  options: InitOptions,
  printer: Printer,
): Promise<number> {
  configOf(text); // what is written is in order
  const say = options.json === true || options.quiet === true ? () => undefined : printer.line;
  if (standing.kind === 'blank') {
    const notes = standing.text.replace(/^\ufeff/, '').trim();
    const refusal = await writeOver(options.config, notes === '' ? text : `${text}\n${notes}\n`, isBlank);
    if (refusal !== undefined) {
      printer.alarm(`${options.config} ${refusal}.`);
      return exitCodes.couldNotRun;
    }
  } else {
    const failure = await writeNew(options.config, text, undefined, printer);
    if (failure !== undefined) return failure;
  }
  const schema = join(dirname(options.config), 'sources.schema.json');
  const noSchema = await makeNew(schema, `${JSON.stringify(jsonSchema(), null, 2)}\n`);
  const lost =
    noSchema === undefined || noSchema.isThere
      ? undefined
      : `${schema} ${noSchema.why}. Relais does without it; editors show no help for what can be written in ${options.config}.`;
  const doubts = [doubt, lost].filter((one) => one !== undefined).join('\n');
  if (options.json === true)
    printer.json({ written: true, file: options.config, source, ...(doubts !== '' && { doubt: doubts }) });
  say();
  say(`Written: ${options.config}. You can change it with any text editor.`);
  if (lost === undefined) say('Beside it: sources.schema.json, by which editors show what can be written there.');
  if (doubts !== '' && options.json !== true) printer.alarm(doubts);
  say();
  say('Next, to take in the texts and make the site:  relais run');
  say('To follow one more group:  relais add https://group.example');
  return doubts === '' ? exitCodes.done : exitCodes.needsPerson;
}

type Answers = { readonly name: string; readonly url: string | undefined; readonly partner: string };

async function answersTo(
  options: InitOptions,
  questions: Questions,
  say: (text?: string) => void,
): Promise<Answers | { readonly why: string }> {
  const missing = (['name', 'partner'] as const).filter((one) => options[one] === undefined);
  if (!questions.isAnswered && missing.length > 0) {
    const flags = missing.map((one) => (one === 'name' ? '--name "Harbour News"' : '--partner https://group.example'));
    return { why: `Nobody is there to be asked, so say it in the command:  relais init ${flags.join(' ')}` };
  }
  const given: Record<string, string> = {};
  for (const [key, { words, judge }] of Object.entries(asked)) {
    const flag = options[key as keyof typeof asked];
    let judged: Judged | undefined = flag === undefined ? undefined : judge(flag);
    if (judged !== undefined && 'mistake' in judged) return { why: `--${key}: ${judged.mistake}` };
    while (judged === undefined || 'mistake' in judged) {
      const answer = questions.isAnswered ? await questions.ask(words) : '';
      if (answer === undefined) return { why: 'Nothing was written.' };
      judged = judge(answer);
      if ('mistake' in judged) say(`  ${judged.mistake}`);
    }
    given[key] = judged.value;
  }
  const { name = '', url = '', partner = '' } = given;
  return { name, url: url === '' ? undefined : url, partner };
}

function judgeName(text: string): Judged {
  const name = plainLine(text, 100);
  return name === '' ? { mistake: 'A site needs a name, as in  Harbour News' } : { value: name };
}

function judgeUrl(text: string): Judged {
  if (text === '') return { value: '' };
  const url = canonicalUrl(/^[a-z]+:/i.test(text) ? text : `https://${text}`);
  const host = url === undefined ? '' : (parseUrl(url)?.hostname ?? '');
  return url === undefined || !(host.includes('.') || host === 'localhost')
    ? { mistake: `“${terminalLine(text)}” is no address of a web site. Write it as in  https://news.example.org` }
    : { value: url };
}

function judgePartner(text: string): Judged {
  if (text.includes('${'))
    return { mistake: `An address with a secret in it comes later, by  relais add '${terminalLine(text)}'` };
  const typed = readTyped(text);
  return typed.kind === 'mistake' ? { mistake: terminalLine(typed.text) } : { value: text };
}

interface First {
  readonly source: NewSource;
  /** What a person has to look at: the address is in the file all the same. */
  readonly doubt?: string;
}

/** @returns undefined where the person has gone */
async function firstSource(
  partner: string,
  { questions, say, outside }: { questions: Questions; say: (text?: string) => void; outside: Outside },
): Promise<First | undefined> {
  const typed = readTyped(partner);
  if (typed.kind === 'mistake') throw new Error(typed.text);
  const [address] = typed.urls;
  const looking = { questions, say, edges: outside };
  const found = await search(typed.urls, looking);
  const choice = await choose(found, {}, looking);
  const isGuessed = choice.kind === 'chosen' && choice.page !== undefined && !questions.isAnswered;
  if (choice.kind === 'chosen' && !isGuessed) {
    const { look, page } = choice;
    return { source: { url: look.url, settings: { name: nameFrom(look.title), lang: langOf(look), page } } };
  }
  const why =
    choice.kind === 'none'
      ? terminalLine(choice.why)
      : `No feed was found at ${terminalLine(address)}; its texts may be read off the page:  relais add ${terminalLine(address)}`;
  return {
    source: { url: address },
    doubt: `${why}\nIts address is in the file all the same. To see how it stands later:  relais check --online`,
  };
}

function configOf(text: string): Config {
  const read = readConfig(text, 'sources.yaml', () => undefined);
  if (read.kind === 'problems') throw new Error(read.problems[0]?.happened);
  return read.config;
}

function openAlone(config: Config, clock: Clock): Promise<Outside> {
  return openOutside(config, undefined, clock);
}
