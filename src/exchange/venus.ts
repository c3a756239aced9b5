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
  new_date_format generator generator_uri encoding content_type items_per_page days_per_page activity_threshold locale spider_threads reading_lists
  http_cache_directory cache_keep_entries new_feed_items pubsubhubbub_hub pubsubhubbub_feeds django_autoescape time_zone future_dates
  ignore_in_feed title_type summary_type name_type xml_base bill`.split(/\s+/),
);

/** What of these a maintainer may miss, and where it is said here. */
const saidElsewhere: Readonly<Record<string, string>> = {
  activity_threshold: 'relais status shows which sources have been silent for long',
  new_feed_items: 'write  first_import:  under  defaults',
  feed_timeout: 'write  timeout:  under  network',
  output_theme: 'docs/look.md tells how pages are dressed',
  reading_lists: 'lists are not fetched. Save them as files, and import those too',
  template_files: 'docs/look.md tells how pages are dressed',
};

/** Venus tries an expression on the whole entry as XML. Where several parts are named, `skip` wants one of them, and `only` wants each. */
const whereRequired = ['text'] as const;
const whereExcluded = ['title', 'text', 'author', 'tag'] as const;

const fewerParts =
  'Venus tried its filters on the whole entry; here  only  looks at the text, and  skip  at title, text, author and tag';

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
  const all = programsOf(planet.get('filters')?.value ?? '');
  remarks.push(...all.others.map((program) => ({ line: planet.get('filters')?.line, text: isAProgram(program) })));
  const tally = new Tally();
  const sources: ImportedSource[] = [];
  let lost = 0;
  for (const section of sections) {
    if (/^(default|planet)$/i.test(section.name) || programs.has(section.name) || isTemplate(section.name)) continue;
    const values = new Map([...defaults, ...inherited, ...section.values]);
    const read = readSubscription(section, values, all, tally);
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
  all: Programs,
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
  const own = programsOf(text('filters'));
  remarks.push(...own.others.map(isAProgram));
  takeExpressions([text('filter'), ...all.required, ...own.required], only, whereRequired, remarks);
  takeExpressions([text('exclude'), ...all.excluded, ...own.excluded], skip, whereExcluded, remarks);
  if (only.text !== undefined || skip.text !== undefined) remarks.push(fewerParts);
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

/** Filters of Venus, by what they are. */
interface Programs {
  /** Expressions for regexp_sifter.py. */
  readonly required: readonly string[];
  readonly excluded: readonly string[];
  readonly others: readonly string[];
}

function programsOf(list: string): Programs {
  const sifters = list.split(/\s+/).map((program) => ({
    program,
    parts: /^regexp_sifter\.py\?(require|exclude)=(\S*)$/.exec(program),
  }));
  const sifted = (kind: string): string[] =>
    sifters.filter(({ parts }) => parts?.[1] === kind).map(({ parts }) => unescaped(parts?.[2] ?? ''));
  const others = sifters.filter(({ program, parts }) => program !== '' && parts === null).map(({ program }) => program);
  return { required: sifted('require'), excluded: sifted('exclude'), others };
}

function isAProgram(name: string): string {
  return `the filter ${plainLine(name, 80)} is not taken: it is a program`;
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
  for (const body of bodies.filter((one) => one !== '')) {
    const made = expression(body);
    if ('why' in made) remarks.push(`the filter ${JSON.stringify(body)} is not taken: ${made.why}`);
    else addTerm(filter, parts, made.term);
  }
}
