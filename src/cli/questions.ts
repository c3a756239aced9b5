/** What a person is asked while a command runs: a line each, with what holds where nothing is typed. */
import { createInterface } from 'node:readline';

export interface Questions {
  /** Somebody is there to answer. */
  readonly isAnswered: boolean;
  /** @returns the answer without blanks around it, `usual` for an empty one; undefined where the person has gone */
  ask(words: string, usual?: string): Promise<string | undefined>;
  close(): void;
}

interface Streams {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Asks on the terminal; nobody is asked where input or output is none. */
export function openQuestions(
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
  isAnswered: boolean = input.isTTY === true && output.isTTY === true,
): Questions {
  let lines: ReturnType<typeof createInterface> | undefined;
  const waiting: ((line: string | undefined) => void)[] = [];
  const typed: string[] = [];
  let isOver = false;
  const begin = (): ReturnType<typeof createInterface> => {
    const made = createInterface({ input, output });
    made.on('line', (line) => {
      const next = waiting.shift();
      if (next === undefined) typed.push(line);
      else next(line);
    });
    made.on('close', () => {
      isOver = true;
      for (const next of waiting.splice(0)) next(undefined);
    });
    return made;
  };
  return {
    isAnswered,
    async ask(words, usual = '') {
      if (!isAnswered) return undefined;
      lines ??= begin();
      if (!isOver) {
        lines.setPrompt(`${words} `);
        lines.prompt();
      }
      const line =
        typed.shift() ?? (isOver ? undefined : await new Promise<string | undefined>((next) => waiting.push(next)));
      const answer = line?.trim();
      return answer === '' ? usual : answer;
    },
    close: () => lines?.close(),
  };
}

/** @returns undefined where the person has gone */
export async function askYes(words: string, isUsual: boolean, questions: Questions): Promise<boolean | undefined> {
  for (;;) {
    const answer = await questions.ask(`${words} ${isUsual ? '[Y/n]' : '[y/N]'}`, isUsual ? 'y' : 'n');
    if (answer === undefined) return undefined;
    if (/^(?:y|yes|o|oui|j|ja|s|si|sí)$/i.test(answer)) return true;
    if (/^(?:n|no|non|nein)$/i.test(answer)) return false;
  }
}
