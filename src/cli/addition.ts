/** A source that is to be followed → its line in sources.yaml: shown with its number, asked for, written. */
import { insertSources, type NewSource } from '../config/insertion.ts';
import type { Clock } from '../edges.ts';
import type { Config } from '../model.ts';
import { terminalLine } from '../text/safe.ts';
import { askYes, type Questions } from './questions.ts';
import { type CommonOptions, exitCodes } from './settings.ts';
import { replaceSettings, settingsText } from './settings-file.ts';

/** Who is asked and told while a source is added. */
export interface Talk {
  readonly clock: Clock;
  readonly questions: Questions;
  /** What a person reads; nothing with --json or --quiet. */
  readonly say: (text?: string) => void;
}

/** What becomes of it, told once at its end. */
export interface Ending {
  readonly exitCode: number;
  /** What is wrong, or stands in the way. */
  readonly why?: string;
  /** For machines. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Addition {
  readonly source: NewSource;
  readonly section: string;
  /** What holds where the person only types Enter. */
  readonly isUsual: boolean;
  /** Why it is only shown, where nobody is there to be asked. */
  readonly doubt?: string;
}

/** The person has gone, or does not want it. */
export const unanswered: Ending = { exitCode: exitCodes.needsPerson, why: 'Nothing was written.' };

/** Shows the line, and writes it where that is wanted. */
export async function writeAddition(
  { source, section, isUsual, doubt }: Addition,
  config: Config,
  options: CommonOptions & { readonly dryRun?: boolean | undefined },
  { say, questions }: Talk,
): Promise<Ending> {
  const before = await settingsText(options);
  const insertion = insertSources(before, { id: section }, [source]);
  if (insertion.kind === 'refused') return needsPerson(`Nothing was written: ${insertion.why}`);
  const { text, from, to } = insertion;
  const lines = text.split('\n').slice(from - 1, to);
  const facts = { section, line: from, text: lines.join('\n') };
  say();
  if (!config.sections.some(({ id }) => id === section)) say(`There is no section ${section} yet: it is made.`);
  for (const [index, line] of lines.entries()) say(`${config.file}:${from + index}  ${terminalLine(line.trimEnd())}`);
  if (options.dryRun === true) {
    say('Nothing was written (--dry-run).');
    return { exitCode: exitCodes.done, facts };
  }
  if (doubt !== undefined) return { ...needsPerson(`Nothing was written. ${doubt}`), facts };
  if (questions.isAnswered) {
    const isWanted = await askYes(`Write this into ${config.file}?`, isUsual, questions);
    if (isWanted !== true) return { ...unanswered, facts };
  }
  const refusal = await replaceSettings(options, before, text);
  if (refusal !== undefined)
    return { ...needsPerson(`${config.file} stays as it was: ${terminalLine(refusal)}`), facts };
  say('Written. To take in its texts:  relais run');
  return { exitCode: exitCodes.done, facts: { ...facts, written: true } };
}

function needsPerson(why: string): Ending {
  return { exitCode: exitCodes.needsPerson, why };
}
