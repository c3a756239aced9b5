/** Checked settings and their listings → Config: every default filled in, every setting carried down to its source. */
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { BucketSettings, Config, DeskSettings, Secret, Section, Site, Source } from '../model.ts';
import type { Addresses } from './addresses.ts';
import { colourOf } from './colours.ts';
import { builtDigest } from './digest.ts';
import { filtersOf, type Groups } from './filtering.ts';
import { builtHold } from './holding.ts';
import { bySource, definingListing, type Listing } from './listings.ts';
import type { SectionSettings, Settings, SourceSettings } from './schema.ts';

/** What a first import may put into a section's feeds, where nothing is said. */
const firstImport = 20;
/** In the longest excerpt of a text, where nothing is said. */
const excerptWords = 60;
const mebibyte = 1_048_576;

/** What was read beside the schema: it needs the environment. */
interface Findings {
  /** Every source that the file names. */
  readonly listings: readonly Listing[];
  readonly addresses: Addresses;
  readonly smtp: string | undefined;
  readonly desk: DeskSettings | undefined;
  readonly database: string | undefined;
  readonly bucket: BucketSettings | undefined;
  readonly secrets: readonly Secret[];
}

/** @param settings what the schema made of the file */
export function buildConfig(
  file: string,
  settings: Settings,
  { listings, addresses, smtp, desk, bucket, database, secrets }: Findings,
): Config {
  const site = buildSite(settings.site, addresses);
  const groups: Groups = new Map(
    Object.entries(settings.sections).map(([id, body]) => [id, Array.isArray(body) ? { sources: body } : body]),
  );
  const sections = [...groups].map(([id, body]) => buildSection(id, body, settings, site));
  const sources = [...bySource(listings).values()].map((same) => {
    const defining = definingListing(same);
    const section = groups.get(defining.section);
    const own = section?.sources[Number(defining.path.at(-1))];
    const layers = [settings.defaults ?? {}, section ?? {}, typeof own === 'object' ? own : {}];
    return {
      ...buildSource(
        defining,
        same.map((listing) => listing.section),
        Object.assign({}, ...layers.map(cascades)),
        own,
      ),
      filters: filtersOf(same, groups, settings.defaults),
      proxy: addresses.get([...defining.path, 'proxy'].join('.')),
      authorityFile:
        typeof own === 'object' && own.authority !== undefined ? resolve(dirname(file), own.authority) : undefined,
    };
  });
  return {
    file,
    site,
    sections,
    sources,
    network: buildNetwork(settings.network, addresses),
    refreshCron: settings.schedule?.refresh ?? '* * * * *',
    reporting: buildReporting(settings.report, addresses),
    smtp,
    ...(bucket === undefined ? {} : { bucket }),
    ...(desk === undefined ? {} : { desk }),
    ...(database === undefined ? {} : { database }),
    secrets,
    hash: hashOf({ site, sections, sources, bucket }),
  };
}

function buildSite(site: Settings['site'], addresses: Addresses): Site {
  return {
    title: site?.title ?? 'Relais',
    url: addresses.get('site.url'),
    lang: site?.lang ?? 'en',
    timezone: site?.timezone ?? 'UTC',
    contact: site?.contact,
    colour: site?.colour === undefined ? undefined : colourOf(site.colour),
    hub: addresses.get('site.hub'),
  };
}

function buildSection(id: string, body: SectionSettings, settings: Settings, site: Site): Section {
  return {
    id,
    title: body.title ?? id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
    about: body.about,
    lang: body.lang ?? settings.defaults?.lang ?? site.lang,
    digest: builtDigest(body.digest),
    keepMs: body.keep,
    hold: builtHold(body.hold),
  };
}

type Cascading = Pick<
  SourceSettings,
  | 'lang'
  | 'every'
  | 'first_import'
  | 'show'
  | 'excerpt_words'
  | 'embargo'
  | 'footers'
  | 'future'
  | 'images'
  | 'withdrawn'
  | 'licence'
  | 'credit'
  | 'max_age'
>;

/** Only what is said: a setting that is not there must not wipe out the one above it. */
function cascades(layer: Cascading): Cascading {
  const { lang, every, first_import, show, excerpt_words, embargo } = layer;
  const { footers, future, images, withdrawn, licence, credit, max_age } = layer;
  const said = Object.entries({
    lang,
    every,
    first_import,
    show,
    excerpt_words,
    embargo,
    footers,
    future,
    images,
    withdrawn,
    licence,
    credit,
    max_age,
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}

function buildSource(
  { key, url, secrets }: Listing,
  sections: readonly string[],
  carried: Cascading,
  written: string | SourceSettings | undefined,
): Omit<Source, 'filters' | 'proxy' | 'authorityFile'> {
  const own = typeof written === 'object' ? written : undefined;
  return {
    key,
    url: url.trim(),
    secrets,
    name: own?.name,
    partner: own?.partner,
    aliases: own?.aliases ?? [],
    hosts: own?.hosts ?? [],
    role: own?.role ?? 'group',
    openPublishing: own?.open_publishing ?? false,
    lang: carried.lang,
    sections,
    everyMs: carried.every,
    firstImport: carried.first_import ?? firstImport,
    show: carried.show ?? 'excerpt',
    excerptWords: carried.excerpt_words ?? excerptWords,
    embargoMs: carried.embargo ?? 0,
    agreed: own?.agreed && { by: own.agreed.by, on: own.agreed.on, until: own.agreed.until },
    footers: carried.footers ?? 'once',
    future: carried.future ?? 'show',
    images: carried.images ?? 'link',
    withdrawn: carried.withdrawn ?? 'follow',
    licence: carried.licence,
    credit: carried.credit,
    maxAgeMs: carried.max_age,
    tags: own?.tags ?? [],
    allow: own?.allow ?? [],
    picturesShowFaces: own?.pictures_show_faces ?? false,
    paused: own?.paused === true ? 'paused' : own?.paused || undefined,
    page: own?.page,
  };
}

function buildReporting(report: Settings['report'], addresses: Addresses): Config['reporting'] {
  const smtp = addresses.get('report.mail.smtp');
  const mail = report?.mail;
  return {
    ping: addresses.get('report.ping'),
    mail:
      mail === undefined || smtp === undefined ? undefined : { to: mail.to, from: mail.from ?? mail.to[0] ?? '', smtp },
  };
}

function buildNetwork(network: Settings['network'], addresses: Addresses): Config['network'] {
  return {
    allow: network?.allow ?? [],
    ports: network?.ports ?? [],
    proxy: addresses.get('network.proxy'),
    spacingMs: network?.spacing ?? 2_000,
    parallel: network?.parallel ?? 32,
    totalMs: network?.timeout ?? 60_000,
    wireBytes: network?.max_size ?? 8 * mebibyte,
    unpackedBytes: network?.max_unpacked ?? 16 * mebibyte,
    maxItems: network?.max_items,
    pushUrl: addresses.get('network.push'),
  };
}

/** What a reader of the site could notice a change of: not how often or by which way we ask, nor a secret in an address. */
function hashOf({ site, sections, sources, bucket }: Pick<Config, 'site' | 'sections' | 'sources' | 'bucket'>): string {
  const published = sources.map(
    ({ url: _url, everyMs: _everyMs, proxy: _proxy, authorityFile: _authorityFile, secrets: _secrets, ...rest }) =>
      rest,
  );
  // The schema puts the keys of what it has checked in its own order, whatever theirs in the file.
  // What lies in another bucket is of another time.
  const place = bucket && [bucket.endpoint ?? '', bucket.name, bucket.prefix];
  const canonical = JSON.stringify({ site, sections, sources: published, bucket: place });
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}
