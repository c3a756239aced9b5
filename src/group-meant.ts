/** Whom a person means by what he or she types for a group: its name, title, key, address, partner's name, or any alias. Pure. */
import type { Source } from './model.ts';
import type { Desk } from './pipeline.ts';
import { groupNamed } from './stories/story-rulings.ts';

/** Why a name means no source, in a sentence: a name that two groups claim means neither. */
export function notOneGroup(written: string, desk: Desk): string {
  const called = calledSo(written, desk);
  return called.length > 1
    ? `“${written}” has ${called.length} sources, which are not one group’s: ${called.map(({ key }) => key).join(', ')}. Name one by its address.`
    : `No source is called “${written}”.  relais status  shows what they are called.`;
}

/** Sources that are called so; where no group is meant by it, several are not one group's. */
export function calledSo(written: string, { sources, memory }: Desk): readonly Source[] {
  const asked = written.toLowerCase();
  return sources.filter(({ key, name }) => (name ?? memory(key).title ?? key).toLowerCase() === asked);
}

/** The source that a person means by its name, title, key, address or partner's name; by any of its names. */
export function groupMeant(written: string, desk: Desk): string | undefined {
  const directory = desk.directory();
  const asked = written.toLowerCase();
  const known = groupNamed(written, directory);
  const byAddress = desk.sources.find(({ key, url }) => key.toLowerCase() === asked || url.toLowerCase() === asked);
  return known ?? byAddress?.key ?? (/^https?:/i.test(written) ? directory.byUrl(written) : undefined);
}

/** What a source is called: as the settings name it, as its feed does, or by its key. */
export function nameOf(key: string, { sources, memory }: Desk): string {
  return sources.find((one) => one.key === key)?.name ?? memory(key).title ?? key;
}
