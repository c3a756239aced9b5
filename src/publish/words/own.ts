/** The message files of a site's maintainer, each read when something is first said in its language. */
import type { Language, MessageFile, Site } from '../../model.ts';
import { type MessagesRead, readMessages } from './judge.ts';

/** Whose words are spoken: a site, with the message files that its maintainer has written. */
export type Speaker = Pick<Site, 'messages'>;

const read = new WeakMap<MessageFile, MessagesRead>();

/** The language of a tag, as the names of message files have it: `fr-CH` is spoken as `fr`. */
export function primaryOf(lang: Language): string {
  return lang.toLowerCase().split('-', 1)[0] ?? '';
}

/** What the maintainer has written in a language. @param primary as the file is called */
export function ownMessages(primary: string, { messages = [] }: Speaker): MessagesRead | undefined {
  const file = messages.find(({ name }) => name === `${primary}.yaml`);
  if (file === undefined) return undefined;
  const known = read.get(file) ?? readMessages(file.text, primary);
  read.set(file, known);
  return known;
}

/** The locale that the maintainer's file of this language names. */
export function ownLocale(lang: Language, speaker: Speaker): string | undefined {
  return ownMessages(primaryOf(lang), speaker)?.locale;
}
