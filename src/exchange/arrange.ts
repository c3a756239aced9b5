/**
 * An imported list, beside the sources.yaml that is there → what is to be written where, and a word on every entry. Each source is
 * described once; where it stands in further folders its address is enough there (config/listings.ts has the rules).
 */
import type { NewSection, NewSource } from '../config/insertion.ts';
import { sectionIdFor } from '../config/kinds.ts';
import { keyOf, type Listing, namesOf } from '../config/listings.ts';
import { discreet, holdsPassword, secretsIn } from './addresses.ts';
import { cascading } from './cascade.ts';
import type { ImportedList, ImportedSource } from './imported.ts';
import { judgeSection, judgeSource } from './judged.ts';
import { Names } from './names.ts';
import { type Destination, type KnownSection, Places, titleOfId } from './places.ts';

/** What sources.yaml says already. */
export interface Standing {
  readonly listings: readonly Pick<Listing, 'section' | 'path' | 'settings' | 'key'>[];
  readonly sections: readonly KnownSection[];
}

export interface Wishes {
  /** Section for sources that stand in no folder; else one is made, or found, by the list's title. */
  readonly section: string | undefined;
  /** Name of the imported file, without its folder. */
  readonly file: string;
  /** True where the file may ask for secrets by `${NAME}`: it is the maintainer's own. */
  readonly withSecrets: boolean;
}

/** What became of an entry of the imported file. */
export interface Told {
  /** 1-based, in the imported file. */
  readonly line: number;
  /** Its name, or its address without a password. */
  readonly what: string;
  /** `taken`: written down; `named`: its address alone, since it is described elsewhere; `known`: there already; `left`: not taken. */
  readonly kind: 'taken' | 'named' | 'known' | 'left';
  /** Id of the section, where there is one. */
  readonly section: string | undefined;
  readonly remarks: readonly string[];
}

export interface Arrangement {
  /** In the order in which they are to be written. */
  readonly parts: readonly {
    readonly section: NewSection;
    readonly isNew: boolean;
    readonly sources: readonly NewSource[];
  }[];
  readonly told: readonly Told[];
  /** On sections. */
  readonly remarks: readonly string[];
}

export function arrange(list: ImportedList, standing: Standing, wishes: Wishes): Arrangement {
  const places = new Places(standing.sections);
  const names = new Names();
  for (const one of standing.listings)
    names.note(
      one.key,
      namesOf(one).map(({ name }) => name),
      one.settings?.partner,
    );
  const known = new Map(standing.listings.map((one) => [one.key, one.section]));
  const describing = describers(list.sources);
  const parts = new Map<
    string,
    { readonly place: Destination; readonly sources: NewSource[]; readonly keys: Set<string> }
  >();
  const sectionRemarks: string[] = [];
  const told = list.sources.map((source): Told => {
    const key = keyOf(source.url);
    const told = { line: source.line, what: nameOf(source), remarks: source.remarks };
    const there = known.get(key);
    if (there !== undefined) return { ...told, kind: 'known', section: there };
    const refusal = secretTrouble(source, wishes.withSecrets);
    if (refusal !== undefined) return { ...told, kind: 'left', section: undefined, remarks: [refusal] };
    const place = placeOf(source, list, places, wishes);
    const part = parts.get(place.id) ?? { place, sources: [], keys: new Set<string>() };
    parts.set(place.id, part);
    const describer = describing.get(key) ?? source;
    const isTwice =
      part.keys.has(key) || (describer !== source && placeOf(describer, list, places, wishes).id === place.id);
    if (isTwice) return { ...told, kind: 'known', section: place.id };
    part.keys.add(key);
    if (describer !== source) {
      const { settings } = judgeSource(filtersBeside(source, place, list));
      part.sources.push({ url: describer.url, settings });
      return { ...told, kind: 'named', section: place.id };
    }
    const judged = judgeSource({
      ...fromSection(source, place, list),
      ...withoutSecrets(source.settings, wishes.withSecrets),
    });
    const settled = names.settle(key, source.url, judged.settings);
    part.sources.push({ url: source.url, settings: settled.settings });
    const remarks = [...source.remarks, ...secretAdvice(source), ...judged.remarks, ...settled.remarks];
    return { ...told, kind: 'taken', section: place.id, remarks };
  });
  const filled = [...parts.values()].filter(({ sources }) => sources.length > 0);
  const arranged = filled.map(({ place, sources }) => {
    const section = newSection(place, list, sectionRemarks);
    return { section, isNew: place.isNew, sources };
  });
  return { parts: arranged, told, remarks: sectionRemarks };
}

/** Which of several entries for a source says how it is treated: the first that says something, else the first. */
function describers(sources: readonly ImportedSource[]): ReadonlyMap<string, ImportedSource> {
  const found = new Map<string, ImportedSource>();
  for (const source of sources) {
    const key = keyOf(source.url);
    const before = found.get(key);
    if (before === undefined || weight(source) > weight(before)) found.set(key, source);
  }
  return found;
}

function weight({ settings, isMention }: ImportedSource): number {
  if (isMention === true) return 0;
  return Object.values(settings).some((value) => value !== undefined) ? 2 : 1;
}

function nameOf({ settings, url }: ImportedSource): string {
  return typeof settings.name === 'string' ? settings.name : discreet(url);
}

function placeOf(source: ImportedSource, list: ImportedList, places: Places, wishes: Wishes): Destination {
  if (source.section !== undefined) {
    const { title } = list.sections.get(source.section) ?? {};
    const said = typeof title === 'string' ? title : source.folders.at(-1);
    return places.forId(source.section, said === titleOfId(source.section) ? undefined : said);
  }
  if (source.folders.length > 0) return places.forFolders(source.folders);
  if (wishes.section !== undefined) return places.forId(wishes.section, undefined);
  return places.forTheRest(list.title ?? nameOfFile(wishes.file));
}

/** `planet.ini` → `Planet`; where no letter of a-z is in it, `Imported`. */
function nameOfFile(file: string): string {
  return titleOfId(sectionIdFor(file.replace(/\.[a-z0-9]{1,5}$/i, '')) ?? 'imported');
}

/** What a section says for its sources, where that section is another one here, and says something else. */
function fromSection(
  source: ImportedSource,
  place: Destination,
  list: ImportedList,
): Readonly<Record<string, unknown>> {
  if (place.isNew || source.section === undefined) return {};
  const said = Object.entries(list.sections.get(source.section) ?? {});
  return Object.fromEntries(said.filter(([name]) => cascading.has(name)));
}

/** A section's list may filter in its own way what is described in another (config/filtering.ts). */
function filtersBeside(
  source: ImportedSource,
  place: Destination,
  list: ImportedList,
): Readonly<Record<string, unknown>> {
  if (source.isMention !== true) return {};
  const { only, skip } = { ...fromSection(source, place, list), ...source.settings };
  return { only, skip };
}

function newSection(place: Destination, list: ImportedList, remarks: string[]): NewSection {
  const said = [...list.sections].find(([id]) => id === place.id)?.[1];
  const { title: _title, ...rest } = said ?? {};
  if (!place.isNew) {
    const own = Object.keys(rest).filter((name) => !cascading.has(name));
    if (own.length > 0) remarks.push(`the section ${place.id} is there already, and keeps its own ${own.join(', ')}`);
    return { id: place.id };
  }
  const judged = judgeSection(withoutSecrets(rest, false));
  remarks.push(...judged.remarks.map((text) => `section ${place.id}: ${text}`));
  const settings = Object.keys(judged.settings).length === 0 ? {} : { settings: judged.settings };
  return { id: place.id, ...(place.title === undefined ? {} : { title: place.title }), ...settings };
}

/** Somebody else's list must not learn our secrets by asking for them in an address of its own. */
function secretTrouble({ url }: ImportedSource, withSecrets: boolean): string | undefined {
  const [name] = secretsIn(url);
  if (name === undefined || withSecrets) return undefined;
  return `its address would be sent your secret ${name}. If this file is your own, import it again with  --with-secrets`;
}

function secretAdvice({ url }: ImportedSource): readonly string[] {
  const names = secretsIn(url).map((name) => `set ${name} in the environment before the next run`);
  return holdsPassword(url)
    ? [`its address holds a password. Put that into the environment, and write  \${NAME}  in its place`]
    : names;
}

function withoutSecrets(
  settings: Readonly<Record<string, unknown>>,
  withSecrets: boolean,
): Readonly<Record<string, unknown>> {
  const kept = Object.entries(settings).filter(([, value]) => withSecrets || !/\$\{/.test(JSON.stringify(value) ?? ''));
  return Object.fromEntries(kept);
}
