/** The sources.yaml that `relais init` writes: as short as may be, and a note at everything that a beginner may change. */
import { insertSources, type NewSource } from '../config/insertion.ts';
import { written } from '../yaml/written.ts';

export interface Beginning {
  /** What the site is called. */
  readonly name: string;
  /** Where it will be published; undefined where that is not known yet. */
  readonly url: string | undefined;
  /** Of the pages. */
  readonly lang: string;
  /** IANA name. */
  readonly timezone: string;
  /** The first source. */
  readonly source: NewSource;
}

const placeholder = 'https://placeholder.example/';

/** The whole file. */
export function startingSettings({ name, url, lang, timezone, source }: Beginning): string {
  const address = url === undefined ? '# url: https://news.example.org/' : `url: ${written(url, 'block')}`;
  const text = `# yaml-language-server: $schema=./sources.schema.json
#
# Which groups this site follows. Change it with any text editor, save it, and type  relais check
# Lines that begin with # are notes for people. What belongs to something stands below it, two spaces further in.

site:
  title: ${written(name, 'block')}
  # Where readers will find the site. Feeds and digests need it to name themselves${url === undefined ? ': take the # away and write yours' : ''}.
  ${address}
  lang: ${lang.padEnd(22)} # language of the pages around the texts: ar, de, en, es, fa, fr or it; texts keep their own
  timezone: ${written(timezone, 'block')}
  # So that the groups you follow can reach you:
  # contact: you@example.org

defaults:
  # How much of a text is shown: full, excerpt (its beginning), link or none. The group decides: ask before you show more.
  show: excerpt

# What readers can subscribe to. The short name, news, becomes part of addresses; its title can change at any time.
sections:
  news:
    title: News
    sources:
      # One line for each site. To find its feed and write the line:  relais add https://group.example
      - ${placeholder}
`;
  const insertion = insertSources(text, { id: 'news' }, [source]);
  if (insertion.kind === 'refused') throw new Error(insertion.why);
  return insertion.text.replace(`      - ${placeholder}\n`, '');
}

/** The same before there is a source: what the network is opened by. */
export function emptyBeginning(name: string, url: string | undefined): string {
  return startingSettings({ name, url, lang: 'en', timezone: 'UTC', source: { url: 'https://nobody.example/' } });
}
