/** The maintainer's own message files: what is wrong with them is told by the first run that finds it. */
import type { Library } from './library.ts';
import type { Config } from './model.ts';
import type { Problem } from './problems.ts';
import { stampOf } from './publish/supply.ts';

const fact = 'messages-told';

/** What is wrong with files that have changed since this was last told; what they do not say yet is for  relais check  alone. */
export async function tellOfMessages(
  { site }: Config,
  { library }: { readonly library: Pick<Library, 'fact' | 'replaceFact'> },
): Promise<readonly Problem[]> {
  if (site.messages === undefined) return [];
  const state = stampOf(site.messages);
  if ((await library.fact(fact)) === state) return [];
  await library.replaceFact(fact, state);
  const { messageProblems } = await import('./publish/message-problems.ts'); // what reads YAML is large, and mostly not needed
  return messageProblems(site).filter(({ severity }) => severity !== 'note');
}
