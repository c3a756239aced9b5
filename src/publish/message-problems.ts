/** What is wrong with the message files of a site's maintainer, and what they do not say yet. */
import type { Language, MessageFile } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { messageCount, saysSomething } from './words/judge.ts';
import { ourLanguages } from './words/ours.ts';
import { ownMessages, type Speaker } from './words/own.ts';

/**
 * Everything, file by file, in the order of the lines.
 * Problems: messages/unreadable, missing, and all of readMessages's.
 */
export function messageProblems(speaker: Speaker): readonly Problem[] {
  return (speaker.messages ?? []).flatMap((file) => {
    const mistake = file.mistake === undefined ? nameMistake(file.name) : `cannot be read: ${file.mistake}`;
    if (mistake !== undefined) return [problem('messages/unreadable', { file: file.path }, mistake)];
    return problemsIn(file, file.name.replace(/\.yaml$/, ''), speaker);
  });
}

function problemsIn({ path }: MessageFile, lang: Language, speaker: Speaker): readonly Problem[] {
  const read = ownMessages(lang, speaker);
  if (read === undefined) return [];
  const { faults, missing } = read;
  const problems = faults.map(({ code, text, line, column }) => problem(code, { file: path, line, column }, text));
  const isSyntax = faults.some(({ code }) => code === 'messages/syntax');
  if (isSyntax || ourLanguages().has(lang) || missing.length === 0) return problems;
  const first = missing[0]?.join(': ');
  const words = saysSomething(read)
    ? `${missing.length} of ${messageCount} messages are not said yet, and stand there in English. The first is  ${first}`
    : 'says nothing yet, so that Relais does not speak this language.';
  return [...problems, problem('messages/missing', { file: path }, words)];
}

/** @returns why a file of this name is not read; undefined of one that is */
export function nameMistake(name: string): string | undefined {
  const tag = name.replace(/\.ya?ml$/i, '');
  const [primary = '', ...more] = tag.toLowerCase().split(/[-_]/);
  if (!/^[a-z]{2,3}$/.test(primary))
    return 'is not read: its name is no language. Call it by the tag of one, as  el.yaml  for Greek.';
  const canonical = `${new Intl.Locale(primary).language}.yaml`;
  if (name === canonical) return undefined;
  const locale = more.length === 0 ? '' : `, and write in it  locale: "${tag.replaceAll('_', '-')}"`;
  return `is not read: there is one file for a language. Call it  ${canonical}${locale}`;
}
