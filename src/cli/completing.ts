/** What a person may have begun to type → how it may go on. Pure: the commands, and what is called how, are passed in. */

/** A command as far as completion looks at it. */
export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** Of each argument, in order. */
  readonly arguments: readonly ValueShape[];
  readonly commands: readonly CommandShape[];
}

interface OptionShape {
  /** `-p` and `--port` */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined where it takes none. */
  readonly value: ValueShape | undefined;
  /** The value may be left out, so that a command may follow it as well. */
  readonly isValueOptional: boolean;
}

interface ValueShape {
  /** As the help calls it: `source`, `section`, `file` … */
  readonly name: string;
  readonly choices: readonly string[];
  readonly isMany: boolean;
}

/** What the maintainer's own things are called. */
export interface Names {
  readonly source: readonly string[];
  readonly section: readonly string[];
}

export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** `files`: the shell knows best. */
export type Completions = readonly Candidate[] | 'files';

/**
 * @param words what is typed after the program's name, the last one being unfinished, perhaps empty
 * @param names asked for only where one of them may come
 */
export async function completions(
  program: CommandShape,
  words: readonly string[],
  names: () => Promise<Names>,
): Promise<Completions> {
  const typed = words.at(-1) ?? '';
  const { command, given, open, isAfterDashes } = readWords(program, words.slice(0, -1));
  const [, flag = '', begun = ''] = /^(--[a-z-]+)=(.*)$/s.exec(typed) ?? [];
  const named = optionNamed(program, command, flag)?.value;
  if (named !== undefined) {
    const values = await valuesOf(named, names);
    return values === 'files'
      ? 'files'
      : beginning(values, begun).map((one) => ({ ...one, word: `${flag}=${one.word}` }));
  }
  if (open !== undefined) return only(await valuesOf(open, names), typed);
  if (typed.startsWith('-') && !isAfterDashes) {
    const known = command === program ? program.options : [...command.options, ...program.options];
    const flags = known.flatMap(({ flags: all, description }) => all.map((word) => ({ word, description })));
    return beginning([...flags, { word: '--help', description: 'what it does, with an example' }], typed);
  }
  const commands = given === 0 ? command.commands.map(({ name, description }) => ({ word: name, description })) : [];
  const last = command.arguments.at(-1);
  const wanted = command.arguments[given] ?? (last?.isMany === true ? last : undefined);
  if (wanted === undefined) return beginning(commands, typed);
  const values = await valuesOf(wanted, names);
  return values === 'files' ? 'files' : beginning([...commands, ...values], typed);
}

interface Read {
  readonly command: CommandShape;
  /** Arguments it has by now. */
  readonly given: number;
  /** The value of an option that is to come now. */
  readonly open: ValueShape | undefined;
  readonly isAfterDashes: boolean;
}

function readWords(program: CommandShape, words: readonly string[]): Read {
  let command = program;
  let given = 0;
  let open: ValueShape | undefined;
  let mayStayOpen = false;
  let isAfterDashes = false;
  for (const word of words) {
    if (open !== undefined && !(mayStayOpen && word.startsWith('-'))) {
      if (!open.isMany) open = undefined;
      continue;
    }
    open = undefined;
    if (word === '--' && !isAfterDashes) isAfterDashes = true;
    else if (word.startsWith('-') && !isAfterDashes) {
      const option = optionNamed(program, command, word);
      open = option?.value;
      mayStayOpen = option?.isValueOptional === true || option?.value?.isMany === true;
    } else {
      const below = given === 0 ? command.commands.find(({ name }) => name === word) : undefined;
      if (below === undefined) given += 1;
      else command = below;
    }
  }
  return { command, given, open, isAfterDashes };
}

function optionNamed(program: CommandShape, command: CommandShape, flag: string): OptionShape | undefined {
  return [...command.options, ...program.options].find(({ flags }) => flags.includes(flag));
}

async function valuesOf({ name, choices }: ValueShape, names: () => Promise<Names>): Promise<Completions> {
  if (choices.length > 0) return choices.map((word) => ({ word, description: '' }));
  if (name === 'file' || name === 'folder') return 'files';
  if (name !== 'source' && name !== 'section') return [];
  return (await names())[name].map((word) => ({ word, description: '' }));
}

function only(values: Completions, typed: string): Completions {
  return values === 'files' ? 'files' : beginning(values, typed);
}

/** Of a name it does not matter whether its letters are large. */
function beginning(candidates: readonly Candidate[], typed: string): readonly Candidate[] {
  const lower = typed.toLowerCase();
  return candidates.filter(({ word }) => word.toLowerCase().startsWith(lower));
}
