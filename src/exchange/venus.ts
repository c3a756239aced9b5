/**
 * A config.ini of Planet 2 or Planet Venus (rubys/venus, docs/config.html and planet/config.py) → sources. [DEFAULT] stands behind
 * everything, and what [Planet] says of its own also behind every subscription; a subscription is a section named by its address.
 */
import { kinds } from '../config/kinds.ts';
import type { FilterPart } from '../model.ts';
import { plainLine } from '../text/safe.ts';
import { readAddress } from './addresses.ts';
import { addTerm, expression, type FilterSettings, filterSettings } from './filters.ts';
import type { ImportedList, ImportedSource, Remark } from './imported.ts';
import type { IniRead, IniSection, IniValue } from './ini.ts';
import { interpolated } from './python-ini.ts';
import { Tally } from './tally.ts';

/** Settings of the planet itself, which no subscription inherits (`define_planet` and `define_tmpl` in config.py). */
const planetOwn: ReadonlySet<string> = new Set(
  `name link feed feedtype owner_name owner_email cache_directory cache_sources_directory cache_lists_directory output_theme output_dir
  template_files template_directories bill_of_materials filter_directories filters log_level log_format feed_timeout date_format
  new_date_format generator generator_uri encoding content_type items_per_page days_per_page activity_threshold locale spider_threads
  http_cache_directory cache_keep_entries new_feed_items pubsubhubbub_hub pubsubhubbub_feeds django_autoescape time_zone future_dates
  ignore_in_feed title_type summary_type name_type xml_base bill`.split(/\s+/),
);

/** What of these a maintainer may miss, and where it is said here. */
const saidElsewhere: Readonly<Record<string, string>> = {
  activity_threshold: 'relais status shows which sources have been silent for long',
  new_feed_items: 'write  first_import:  under  defaults',
  feed_timeout: 'write  timeout:  under  network',
  output_theme: 'docs/look.md tells how pages are dressed',
  template_files: 'docs/look.md tells how pages are dressed',
};

/** Venus tries an expression on the whole entry as XML. Where several parts are named, `skip` wants one of them, and `only` wants each. */
const whereRequired = ['text'] as const;
const whereExcluded = ['title', 'text', 'author', 'tag'] as const;

export function readVenus({ sections, odd }: IniRead): ImportedList {
  const named = (name: string): IniSection | undefined =>
    sections.find((section) => section.name.toLowerCase() === name);
  const defaults = named('default')?.values ?? new Map<string, IniValue>();
  const planet = new Map([...defaults, ...(named('planet')?.values ?? [])]);
  const inherited = new Map([...planet].filter(([name]) => !planetOwn.has(name)));
  const programs = wordsOf(planet.get('template_files')?.value, planet.get('filters')?.value);
  const remarks: Remark[] = odd.map(({ line, text }) => ({
    line,
    text: `${JSON.stringify(plainLine(text, 80))} is no setting, and was passed over`,
  }));
  const tally = new Tally();
  const sources: ImportedSource[] = [];
  let lost = 0;
  for (const section of sections) {
    if (/^(default|planet)$/i.test(section.name) || programs.has(section.name) || isTemplate(section.name)) continue;
    const values = new Map([...defaults, ...inherited, ...section.values]);
    const read = readSubscription(section, values, tally);
    if ('text' in read) {
      remarks.push(read);
      lost += read.isLoss ? 1 : 0;
    } else sources.push(read);
  }
  for (const [name, advice] of Object.entries(saidElsewhere)) {
    const said = planet.get(name);
    if (said !== undefined) remarks.push({ line: said.line, text: `${name} is not taken: ${advice}` });
  }
  const left = tally.sentence();
  if (left !== undefined) remarks.push({ line: undefined, text: left });
  const title = plainLine(interpolated(planet.get('name')?.value ?? '', planet), 200);
  return {
    form: 'configuration of Planet or Venus',
    title: title === '' ? undefined : title,
    sources,
    sections: new Map(),
    remarks,
    lost,
  };
}

function wordsOf(...lists: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => (list ?? '').split(/\s+/)));
}

function isTemplate(name: string): boolean {
  return !/^[a-z]+:/i.test(name) && /\.(tmpl|xslt?|plugin|genshi|dj|py|sed)(\?.*)?$/.test(name);
}

function readSubscription(
  section: IniSection,
  values: ReadonlyMap<string, IniValue>,
  tally: Tally,
): ImportedSource | (Remark & { readonly isLoss: boolean }) {
  const { line } = section;
  const text = (name: string): string =>
    interpolated(values.get(name)?.value ?? '', values)
      .replace(/\s+/g, ' ')
      .trim();
  const type = text('content_type');
  if (/opml|foaf|csv|config/i.test(type)) {
    const advice = 'It is not fetched: save it as a file, and import that too where it is OPML or such a configuration';
    return { line, text: `[${section.name}] is a list of feeds. ${advice}`, isLoss: false };
  }
  const address = readAddress(section.name);
  if ('why' in address)
    return { line, text: `[${plainLine(section.name, 80)}] was not taken: ${address.why}`, isLoss: true };
  const remarks = address.remark === undefined ? [] : [address.remark];
  const only: FilterSettings = {};
  const skip: FilterSettings = {};
  const [required, excluded] = expressionsOf(values, remarks);
  takeExpressions(required, only, whereRequired, remarks);
  takeExpressions(excluded, skip, whereExcluded, remarks);
  const name = plainLine(text('name'), 200);
  const lang = [text('language'), text('lang')].find((one) => kinds.language.pattern.test(one));
  for (const key of section.values.keys()) if (!taken.has(key)) tally.add(key);
  return {
    line,
    url: address.url,
    folders: [],
    settings: {
      name: name === '' ? undefined : name,
      lang,
      future: text('future_dates') === 'ignore_entry' ? 'wait' : undefined,
      only: filterSettings(only),
      skip: filterSettings(skip),
    },
    remarks,
  };
}

const taken: ReadonlySet<string> = new Set(
  'name language lang filter exclude filters future_dates content_type'.split(' '),
);

/** `filter` and `exclude`, and the same as arguments of regexp_sifter.py; other filters are programs. */
function expressionsOf(values: ReadonlyMap<string, IniValue>, remarks: string[]): readonly [string[], string[]] {
  const text = (name: string): string => interpolated(values.get(name)?.value ?? '', values).trim();
  const required = [text('filter')].filter((one) => one !== '');
  const excluded = [text('exclude')].filter((one) => one !== '');
  for (const program of text('filters').split(/\s+/)) {
    const [, kind, argument = ''] = /^regexp_sifter\.py\?(require|exclude)=(\S*)$/.exec(program) ?? [];
    if (kind !== undefined) (kind === 'require' ? required : excluded).push(unescaped(argument));
    else if (program !== '') remarks.push(`the filter ${program} is not taken: it is a program`);
  }
  return [required, excluded];
}

function unescaped(argument: string): string {
  try {
    return decodeURIComponent(argument.replaceAll('+', ' '));
  } catch {
    return argument; // a bare %, which then means itself
  }
}

function takeExpressions(
  bodies: readonly string[],
  filter: FilterSettings,
  parts: readonly FilterPart[],
  remarks: string[],
): void {
  for (const body of bodies) {
    const made = expression(body);
    if ('why' in made) remarks.push(`the filter ${JSON.stringify(body)} is not taken: ${made.why}`);
    else addTerm(filter, parts, made.term);
  }
  if (filter.text !== undefined)
    remarks.push(`Venus tried its filter on the whole entry; here it is tried on ${listed(parts)} alone`);
}

function listed(parts: readonly FilterPart[]): string {
  const [last = '', ...before] = parts.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
