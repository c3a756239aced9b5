/**
 * What the W3C feed validator refuses or frowns upon, as far as it has ever bitten a merged feed: a rule a row of the table that
 * was made by running it. Each takes a document and says what is wrong with it; a good feed gets no word.
 */
import { load } from 'cheerio';

type Tree = ReturnType<typeof load>;
interface Document {
  readonly xml: string;
  readonly $: Tree;
  readonly isAtom: boolean;
}
type Rule = (document: Document) => readonly string[];

/** The address that a feed is published at, where it has one. */
export function complaints(xml: string, self?: string): string[] {
  const document = { xml, $: load(xml, { xml: true }), isAtom: /<feed[\s>]/.test(xml.slice(0, 512)) };
  const found = Object.entries(rules).flatMap(([name, rule]) => rule(document).map((what) => `${name}: ${what}`));
  return [...found, ...selfLink(document, self)];
}

/** The rules by name, for tests of the judge itself. */
export const ruleNames = (): string[] => [...Object.keys(rules), 'SelfDoesntMatchLocation'];

const texts = ($: Tree, selector: string): string[] =>
  $(selector)
    .toArray()
    .map((one) => $(one).text());

const known = new Set([
  'http://www.w3.org/2005/Atom',
  'http://purl.org/dc/elements/1.1/',
  'http://purl.org/rss/1.0/modules/content/',
  'http://backend.userland.com/creativeCommonsRssModule',
  'http://purl.org/syndication/history/1.0',
  'http://www.w3.org/1999/xhtml',
  'http://purl.org/atompub/tombstones/1.0', // the one that warns and is accepted
]);

/** Of one holder no more than one. */
const single = {
  rss: [
    'title',
    'link',
    'guid',
    'description',
    'content\\:encoded',
    'pubDate',
    'source',
    'enclosure',
    'dc\\:language',
    'dc\\:rights',
    'dc\\:source',
  ],
  channel: ['title', 'link', 'description', 'language', 'lastBuildDate', 'generator'],
  atom: ['title', 'id', 'updated', 'published', 'summary', 'content', 'source', 'rights'],
  feed: ['title', 'id', 'updated', 'subtitle', 'generator', 'rights'],
};

const inRss = new Set(
  'title link description language lastBuildDate docs generator item guid pubDate content:encoded category enclosure source dc:creator dc:contributor dc:language dc:rights dc:source creativeCommons:license atom:link fh:archive at:deleted-entry div'.split(
    ' ',
  ),
);

/** Plain-text constructs: what stands in them is no markup. */
const plain =
  'channel > title, channel > description, item > title, item > category, item > source, item > dc\\:rights, feed > title, feed > subtitle, entry > title, entry > rights, source > title, source > rights, author > name, contributor > name';

const allowed = new Set(
  'a abbr acronym address article aside audio b bdi big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr'.split(
    ' ',
  ),
);

const rules: Readonly<Record<string, Rule>> = {
  InvalidContact: ({ $ }) => texts($, 'item > author, channel > managingEditor, channel > webMaster'),
  'MissingAttribute term': ({ $ }) =>
    $('entry > category')
      .toArray()
      .flatMap((one) => ((one.attribs.term ?? '') === '' ? ['category'] : [])),
  InvalidLanguage: ({ $ }) =>
    [
      ...texts($, 'channel > language, item > dc\\:language'),
      ...$('[xml\\:lang]')
        .toArray()
        .map((one) => one.attribs['xml:lang'] ?? ''),
    ].filter((lang) => !/^([a-z]{2}|mul|und)(-[A-Za-z0-9]+)*$/.test(lang)),
  UndefinedElement: ({ $, isAtom }) =>
    isAtom
      ? []
      : $('channel > *, item > *')
          .toArray()
          .flatMap(({ name }) => (inRss.has(name) ? [] : [name])),
  DuplicateElement: ({ $, isAtom }) => {
    const holders = isAtom
      ? ([
          ['entry', single.atom],
          ['feed', single.feed],
        ] as const)
      : ([
          ['item', single.rss],
          ['channel', single.channel],
        ] as const);
    return holders.flatMap(([holder, names]) =>
      $(holder)
        .toArray()
        .flatMap((one) => names.filter((name) => $(one).children(name).length > 1)),
    );
  },
  'DuplicateValue, DuplicateEntries': ({ $ }) => {
    const ids = texts($, 'item > guid, entry > id');
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  },
  NeedDescriptionBeforeContent: ({ $ }) =>
    $('item')
      .toArray()
      .flatMap((item) => {
        const names = $(item)
          .children()
          .toArray()
          .map(({ name }) => name);
        const at = names.indexOf('description');
        return at >= 0 && at < names.indexOf('content:encoded') ? [] : [names.join(' ')];
      }),
  DuplicateItemSemantics: ({ $ }) =>
    [
      ['source', 'dc\\:source'],
      ['pubDate', 'dc\\:date'],
      ['category', 'dc\\:subject'],
      ['author', 'dc\\:creator'],
      ['guid', 'atom\\:id'],
    ].flatMap(([core, extension]) =>
      $('item')
        .toArray()
        .flatMap((item) =>
          $(item).children(core).length > 0 && $(item).children(extension).length > 0 ? [`${core} ${extension}`] : [],
        ),
    ),
  MissingElement: ({ $, isAtom }) => [
    ...(isAtom ? ['id', 'title', 'updated'] : ['title', 'description']).filter(
      (name) => $(isAtom ? 'feed' : 'channel').children(name).length !== 1,
    ),
    ...$('entry')
      .toArray()
      .flatMap((entry) =>
        ['id', 'title', 'updated', 'author', 'content'].filter((name) => $(entry).children(name).length === 0),
      ),
    ...(isAtom && $('entry').length === 0 && $('feed > author').length === 0 ? ['author of an empty feed'] : []),
  ],
  MissingSourceElement: ({ $, isAtom }) =>
    isAtom
      ? $('entry > source')
          .toArray()
          .flatMap((source) => ['id', 'title', 'updated'].filter((name) => $(source).children(name).text() === ''))
      : [],
  UnknownNamespace: ({ xml }) =>
    [...xml.matchAll(/\sxmlns(?::\w+)?="([^"]*)"/g)].map(([, uri = '']) => uri).filter((uri) => !known.has(uri)),
  AvoidNamespacePrefix: ({ xml, isAtom }) => (isAtom ? [...xml.matchAll(/xmlns:(atom|xhtml)=/g)].map(String) : []),
  'ContainsRelRef, SecurityRisk, DangerousStyleAttr': ({ $ }) =>
    texts($, 'item > description, item > content\\:encoded, entry > summary, entry > content').flatMap((html) => {
      const inner = load(html, null, false);
      return inner('*')
        .toArray()
        .flatMap((one) => {
          const attributes: Readonly<Record<string, string>> = inner(one).attr() ?? {};
          const name = String(inner(one).prop('tagName')).toLowerCase();
          const addresses = [attributes.href, attributes.src].filter((address) => address !== undefined);
          return [
            ...(allowed.has(name) ? [] : [`<${name}>`]),
            ...Object.keys(attributes).filter((attribute) => attribute === 'style' || attribute.startsWith('on')),
            ...addresses.filter((address) => !/^\w+:/.test(address)),
          ];
        });
    }),
  ContainsHTML: ({ $, xml }) => [
    ...[
      ...texts($, plain),
      ...$('[title]')
        .map((_, one) => $(one).attr('title'))
        .toArray(),
    ].filter((text) => /<\/\w+>/.test(text)),
    ...xml
      .split('\n')
      .filter((line) => /<(title|category|source|subtitle|rights|name|dc:rights)[ >]/.test(line))
      .filter((line) => !line.includes('&#x') && /&amp;#?\w|&lt;[/a-zA-Z]/.test(line)),
  ],
  ContainsEmail: ({ $ }) =>
    texts($, 'author > name, contributor > name').filter((name) => /<[^<>\s]+@[^<>\s]+>/.test(name)),
  DuplicateEnclosure: ({ $ }) =>
    $('item')
      .toArray()
      .flatMap((item) => ($(item).children('enclosure').length > 1 ? ['two'] : [])),
  InvalidURLAttribute: ({ $ }) =>
    $('enclosure')
      .toArray()
      .map((one) => one.attribs.url ?? '')
      .filter((url) => !/^https?:\/\/([a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*(:\d+)?\//i.test(url)),
  InvalidFullLink: ({ $ }) =>
    [
      ...texts($, 'link, guid, author > uri, contributor > uri, creativeCommons\\:license').filter(
        (text) => text !== '',
      ),
      ...$('link[href], atom\\:link[href]')
        .toArray()
        .map((one) => one.attribs.href ?? ''),
    ].filter((url) => !/^[a-zA-Z][0-9a-zA-Z+\-.]*:(\/\/)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+$/.test(url)),
  NonCanonicalURI: ({ $, isAtom }) =>
    isAtom
      ? texts($, 'feed > id, entry > id, source > id').filter((id) => id.includes('%') || id !== new URL(id).href)
      : [],
  ImplausibleDate: ({ $ }) =>
    texts($, 'lastBuildDate, pubDate, updated, published').filter(
      (date) => !(Date.parse(date) >= Date.UTC(1990, 0, 1)),
    ),
  BadCharacters: ({ xml }) => xml.match(/[\u0080-\u009f\ufffd]/g) ?? [],
  NotBlank: ({ $ }) =>
    $('title, item > category, author > name, contributor > name, dc\\:creator')
      .toArray()
      .flatMap((one) => ($(one).text().trim() === '' ? [one.name] : [])),
  DuplicateAtomLink: ({ $ }) =>
    $('feed, entry, channel')
      .toArray()
      .flatMap((holder) => {
        const kinds = $(holder)
          .children('link[rel=alternate], atom\\:link[rel=alternate]')
          .toArray()
          .map((link) => `${link.attribs.type}`);
        return kinds.filter((kind, at) => kinds.indexOf(kind) !== at);
      }),
  'MisplacedItem, MisplacedMetadata': ({ $ }) => [
    ...$('item ~ title, item ~ link, item ~ description, item ~ language, item ~ atom\\:link')
      .toArray()
      .map(({ name }) => name),
    ...$('entry ~ title, entry ~ link, entry ~ author, entry ~ id')
      .toArray()
      .map(({ name }) => name),
  ],
  'ArchiveIncomplete, MissingCurrentInArchive': ({ $ }) => {
    if ($('fh\\:archive').length === 0) return [];
    const rels = $('feed > link, channel > atom\\:link')
      .toArray()
      .map((link) => link.attribs.rel ?? '');
    return [
      ...(rels.includes('current') ? [] : ['no current']),
      ...(rels.some((rel) => /^(prev|next)-archive$/.test(rel)) ? [] : ['no neighbour']),
    ];
  },
  sniffing: ({ xml }) => (/<(rss|feed)[\s>]/.test(xml.slice(0, 512)) ? [] : ['the root is too far down']),
};

function selfLink({ $ }: Document, self: string | undefined): string[] {
  const found = $('feed > link[rel=self], channel > atom\\:link[rel=self]')
    .toArray()
    .map((link) => link.attribs.href);
  return JSON.stringify(found) === JSON.stringify(self === undefined ? [] : [self])
    ? []
    : [`SelfDoesntMatchLocation: ${found.join(' ')}`];
}
