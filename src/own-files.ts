/** The maintainer's own message files, and how the site is dressed: what is wrong with them is told by the first run that finds it. */
import type { Library } from './library.ts';
import type { Config, Site } from './model.ts';
import type { Problem } from './problems.ts';
import { stampOf } from './publish/supply.ts';

interface Own {
  /** Remembers the state that was last told of. */
  readonly fact: string;
  readonly filesOf: (site: Site) => readonly unknown[] | undefined;
  /** Loaded where there is something to judge: what reads YAML is large, and mostly not needed. */
  readonly judge: (site: Site) => Promise<readonly Problem[]>;
}

const all: readonly Own[] = [
  {
    fact: 'messages-told',
    filesOf: ({ messages }) => messages,
    judge: async (site) => (await import('./publish/message-problems.ts')).messageProblems(site),
  },
  {
    fact: 'look-told',
    filesOf: ({ look }) => look,
    judge: async (site) => (await import('./publish/look-problems.ts')).lookProblems(site),
  },
];

/** What is wrong with files that have changed since this was last told; what is only left out is for  relais check  alone. */
export async function tellOfOwnFiles(
  { site }: Config,
  { library }: { readonly library: Pick<Library, 'fact' | 'replaceFact'> },
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { fact, filesOf, judge } of all) {
    const files = filesOf(site);
    if (files === undefined) continue;
    const state = stampOf(files);
    if ((await library.fact(fact)) === state) continue;
    await library.replaceFact(fact, state);
    problems.push(...(await judge(site)).filter(({ severity }) => severity !== 'note'));
  }
  return problems;
}
