/** Whether a new sources.yaml has room: there is none, or one in which nobody has set anything yet. */
import { lstat, stat } from 'node:fs/promises';
import { readAtMost } from '../config/reading.ts';

const maxBytes = 64 * 1024;

/** What stands in the place of the settings. */
export type Standing =
  | { readonly kind: 'nothing' | 'settings' | 'lost-link' }
  /** Blanks and comments. */
  | { readonly kind: 'blank'; readonly text: string };

/** What cannot be read counts as settings: it is somebody's. */
export async function standingIn(file: string): Promise<Standing> {
  if ((await lstat(file).catch(() => undefined)) === undefined) return { kind: 'nothing' };
  if ((await stat(file).catch(() => undefined)) === undefined) return { kind: 'lost-link' };
  const read = await readAtMost(file, maxBytes);
  return 'text' in read && isBlank(read.text) ? { kind: 'blank', text: read.text } : { kind: 'settings' };
}

/** @param text whole, or its beginning */
export function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^(#|$)/.test(line.trim()));
}
