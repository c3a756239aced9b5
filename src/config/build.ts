/** Checked settings and their listings → Config: every default filled in, every setting carried down to its source. */
import { createHash } from 'node:crypto';
import type { Config, DigestSchedule, Filter, Section, Site, Source } from '../model.ts';
import { bySource, definingListing, type Listing } from './listings.ts';
import type { SectionSettings, Settings, SourceSettings } from './schema.ts';

const hourMs = 3_600_000;
const monday7: DigestSchedule = { weekday: 1, hour: 7, minute: 0, to: [] };

/**
 * @param settings what the schema made of the file
 * @param listings every source that the file names
 * @param siteUrl `site.url` with its secrets filled in
 */
export function buildConfig(
  file: string,
  settings: Settings,
  listings: readonly Listing[],
  siteUrl: string | undefined,
): Config {
  const site = buildSite(settings.site, siteUrl);
  const groups = Object.entries(settings.sections).map(([id, body]) => ({
    id,
    body: Array.isArray(body) ? { sources: body } : body,
  }));
  const sections = groups.map(({ id, body }) => buildSection(id, body, settings, site));
  const sources = [...bySource(listings)].map(([key, same]) => {
    const defining = definingListing(same);
    const section = groups.find(({ id }) => id === defining.section)?.body;
    const own = section?.sources[Number(defining.path.at(-1))];
    const layers = [settings.defaults ?? {}, section ?? {}, typeof own === 'object' ? own : {}];
    return buildSource(
      key,
      defining.url,
      same.map((listing) => listing.section),
      Object.assign({}, ...layers.map(cascades)),
      own,
    );
  });
  const network = buildNetwork(settings.network);
  const refreshCron = settings.schedule?.refresh ?? '* * * * *';
  return { file, site, sections, sources, network, refreshCron, hash: hashOf({ site, sections, sources }) };
}

function buildSite(site: Settings['site'], url: string | undefined): Site {
  return {
    title: site?.title ?? 'Relais',
    url,
    lang: site?.lang ?? 'en',
    timezone: site?.timezone ?? 'UTC',
    contact: site?.contact,
  };
}

function buildSection(id: string, body: SectionSettings, settings: Settings, site: Site): Section {
  return {
    id,
    title: body.title ?? id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
    about: body.about,
    lang: body.lang ?? settings.defaults?.lang ?? site.lang,
    digest: buildDigest(body.digest),
  };
}

function buildDigest(digest: SectionSettings['digest']): DigestSchedule | undefined {
  if (digest === 'none') return undefined;
  return { ...monday7, ...digest?.at, to: digest?.send?.map(({ email }) => email) ?? [] };
}

type Cascading = Pick<SourceSettings, 'lang' | 'every' | 'show' | 'licence' | 'credit' | 'max_age' | 'only' | 'skip'>;

/** Only what is said: a setting that is not there must not wipe out the one above it. */
function cascades(layer: Cascading): Cascading {
  const { lang, every, show, licence, credit, max_age, only, skip } = layer;
  const said = Object.entries({ lang, every, show, licence, credit, max_age, only, skip }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(said);
}

function buildSource(
  key: string,
  url: string,
  sections: readonly string[],
  carried: Cascading,
  written: string | SourceSettings | undefined,
): Source {
  const own = typeof written === 'object' ? written : undefined;
  return {
    key,
    url: url.trim(),
    name: own?.name,
    partner: own?.partner,
    aliases: own?.aliases ?? [],
    hosts: own?.hosts ?? [],
    lang: carried.lang,
    sections,
    everyMs: carried.every ?? hourMs,
    show: carried.show ?? 'excerpt',
    licence: carried.licence,
    credit: carried.credit,
    maxAgeMs: carried.max_age,
    only: filterOf(carried.only),
    skip: filterOf(carried.skip),
    tags: own?.tags ?? [],
    paused: own?.paused === true ? 'paused' : own?.paused || undefined,
    page: own?.page,
  };
}

/** A filter without any part is none, lest `only: {}` let nothing through. */
function filterOf(filter: SourceSettings['only']): Filter | undefined {
  return filter === undefined || Object.values(filter).every((terms) => terms === undefined) ? undefined : filter;
}

function buildNetwork(network: Settings['network']): Config['network'] {
  return {
    allow: network?.allow ?? [],
    spacingMs: network?.spacing ?? 2_000,
    parallel: network?.parallel ?? 32,
    totalMs: network?.timeout ?? 60_000,
    wireBytes: network?.max_size ?? 8_000_000,
    unpackedBytes: network?.max_unpacked ?? 16_000_000,
  };
}

/** What a reader of the site could notice a change of: not how often we ask, nor a secret in an address. */
function hashOf({ site, sections, sources }: Pick<Config, 'site' | 'sections' | 'sources'>): string {
  const published = sources.map(({ url: _url, everyMs: _everyMs, ...rest }) => rest);
  const canonical = JSON.stringify({ site, sections, sources: published }, (_, value: unknown) => {
    if (value instanceof RegExp) return String(value);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value;
  });
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}
