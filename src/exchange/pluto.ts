/** A planet.ini of Pluto (feedreader/pluto) → sources: `[key]`, and below it title, link and feed. */
import type { FilterPart } from '../model.ts';
import { plainLine } from '../text/safe.ts';
import { readAddress } from './addresses.ts';
import { addTerm, type FilterSettings, filterSettings, word } from './filters.ts';
import type { ImportedList, ImportedSource, Remark } from './imported.ts';
import type { IniRead, IniSection } from './ini.ts';
import { Tally } from './tally.ts';

const taken: ReadonlySet<string> = new Set('title feed feed_url link url includes include excludes exclude'.split(' '));

/** True of a section that is a subscription of Pluto's. */
export function isPlutoFeed({ name, values }: IniSection): boolean {
  return name !== '' && (values.has('feed') || values.has('feed_url'));
}

export function readPluto({ sections, odd }: IniRead): ImportedList {
  const remarks: Remark[] = odd.map(({ line, text }) => ({
    line,
    text: `${JSON.stringify(plainLine(text, 80))} is no setting, and was passed over`,
  }));
  const tally = new Tally();
  const sources: ImportedSource[] = [];
  let lost = 0;
  for (const section of sections) {
    if (section.name === '') continue;
    const read = readFeed(section, tally);
    if ('why' in read) {
      lost += 1;
      remarks.push({ line: section.line, text: `[${plainLine(section.name, 80)}] was not taken: ${read.why}` });
    } else sources.push(read);
  }
  const left = tally.sentence();
  if (left !== undefined) remarks.push({ line: undefined, text: left });
  const top = sections.find(({ name }) => name === '')?.values;
  const title = plainLine(top?.get('title')?.value ?? top?.get('name')?.value ?? '', 200);
  return {
    form: 'planet.ini of Pluto',
    title: title === '' ? undefined : title,
    sources,
    sections: new Map(),
    remarks,
    lost,
  };
}

function readFeed(section: IniSection, tally: Tally): ImportedSource | { readonly why: string } {
  const { values, line } = section;
  const text = (...names: readonly string[]): string =>
    names.map((name) => values.get(name)?.value ?? '').find((value) => value !== '') ?? '';
  const address = readAddress(text('feed', 'feed_url'));
  if ('why' in address) return address;
  for (const key of values.keys()) if (!taken.has(key)) tally.add(key);
  const remarks = address.remark === undefined ? [] : [address.remark];
  const name = plainLine(text('title'), 200) || plainLine(section.name, 200);
  const only = words(text('includes', 'include'), ['text']);
  const skip = words(text('excludes', 'exclude'), ['title', 'text']);
  if (only !== undefined || skip !== undefined)
    remarks.push('the words it wants are looked for in the text, those it does not want in title and text');
  return {
    line,
    url: address.url,
    folders: [],
    settings: { name: name === '' ? undefined : name, only, skip },
    remarks,
  };
}

/** Words with commas or bars between them. */
function words(list: string, parts: readonly FilterPart[]): Readonly<Record<string, unknown>> | undefined {
  const filter: FilterSettings = {};
  for (const one of list.split(/[,|]/).map((term) => term.trim())) if (one !== '') addTerm(filter, parts, word(one));
  return filterSettings(filter);
}
