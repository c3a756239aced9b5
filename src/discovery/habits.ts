/**
 * Where programs and services put their feeds: one table. A row is known by its hosts, by what its pages are made of, or by an
 * address that only it has; it says which addresses to try, the likeliest first. They are guesses from how such sites are usually set
 * up: what answers is always read before it is believed.
 */
import type { PageSigns } from './page-signs.ts';

/** The page that a person named, as far as it is known. */
export interface Spot {
  readonly url: URL;
  /** Folders to try a name in: the page's own, that of its language, the site's top; with a slash at their ends. */
  readonly folders: readonly string[];
  /** Undefined where the page could not be read. */
  readonly page: PageSigns | undefined;
}

interface Habit {
  readonly name: string;
  readonly hosts?: RegExp;
  /** Met in small letters. */
  readonly generator?: RegExp;
  readonly machinery?: RegExp;
  /** Met in the path with its query. */
  readonly path?: RegExp;
  /** Met in the address of one of its links. */
  readonly link?: RegExp;
  /** Addresses, also relative to the page. */
  feeds(spot: Spot): readonly string[];
}

const inFolders = (...names: readonly string[]): Habit['feeds'] => {
  return ({ folders }) => names.flatMap((name) => folders.map((folder) => `${folder}${name}`));
};
const atTop = (...names: readonly string[]): Habit['feeds'] => {
  return () => names.map((name) => `/${name}`);
};
/** Path without the slash at its end. */
const pathOf = ({ url }: Spot): string => url.pathname.replace(/\/+$/, '');
const first = ({ url }: Spot, pattern: RegExp): string | undefined => pattern.exec(url.pathname + url.search)?.[1];

const habits: readonly Habit[] = [
  {
    name: 'YouTube',
    hosts: /(?:^|\.)youtube(?:-nocookie)?\.com$/,
    feeds(spot) {
      const id = first(spot, /^\/channel\/(UC[\w-]{22})/) ?? spot.page?.channelId;
      const list = first(spot, /[?&]list=([\w-]+)/);
      const user = first(spot, /^\/user\/([\w-]+)/);
      const feed = 'https://www.youtube.com/feeds/videos.xml';
      return [
        ...(list === undefined ? [] : [`${feed}?playlist_id=${list}`]),
        ...(id === undefined ? [] : [`${feed}?channel_id=${id}`]),
        ...(user === undefined ? [] : [`${feed}?user=${user}`]),
      ];
    },
  },
  {
    name: 'Medium',
    hosts: /(?:^|\.)medium\.com$/,
    feeds: (spot) =>
      /^(?:www\.)?medium\.com$/.test(spot.url.hostname) ? [`/feed/${first(spot, /^\/(@?[\w.-]+)/) ?? ''}`] : ['/feed'],
  },
  // Medium's blogs at addresses of their own.
  { name: 'Medium', machinery: /cdn-client\.medium\.com|glyph\.medium\.com/, feeds: atTop('feed') },
  {
    name: 'Blogger',
    hosts: /\.blogspot\.[a-z.]{2,7}$/,
    generator: /^blogger/,
    feeds(spot) {
      const label = first(spot, /^\/search\/label\/([^/?]+)/);
      return [...(label === undefined ? [] : [`/feeds/posts/default/-/${label}`]), '/feeds/posts/default'];
    },
  },
  { name: 'Tumblr', hosts: /\.tumblr\.com$/, machinery: /assets\.tumblr\.com/, feeds: atTop('rss') },
  { name: 'Substack', hosts: /\.substack\.com$/, machinery: /substackcdn\.com/, feeds: atTop('feed') },
  { name: 'Bluesky', hosts: /^bsky\.app$/, path: /^\/profile\//, feeds: (spot) => [`${pathOf(spot)}/rss`] },
  { name: 'Reddit', hosts: /(?:^|\.)reddit\.com$/, feeds: (spot) => [`${pathOf(spot)}/.rss`] },
  {
    name: 'GitHub',
    hosts: /^github\.com$/,
    feeds(spot) {
      const project = first(spot, /^\/([\w.-]+\/[\w.-]+)/);
      return project === undefined
        ? [`${pathOf(spot)}.atom`]
        : [`/${project}/releases.atom`, `/${project}/commits.atom`];
    },
  },
  {
    name: 'GitLab',
    hosts: /^gitlab\./,
    generator: /^gitlab/,
    feeds: (spot) => [`${pathOf(spot)}/-/releases.atom`, `${pathOf(spot)}/-/tags?format=atom`, `${pathOf(spot)}.atom`],
  },
  {
    name: 'PeerTube',
    path: /^\/(?:c|a|video-channels|accounts)\/[\w.@-]+/,
    machinery: /peertube/,
    feeds(spot) {
      const channel = first(spot, /^\/(?:c|video-channels)\/([\w.@-]+)/);
      const account = first(spot, /^\/(?:a|accounts)\/([\w.@-]+)/);
      return [
        ...(channel === undefined ? [] : [`/feeds/videos.xml?videoChannelName=${channel}`]),
        ...(account === undefined ? [] : [`/feeds/videos.xml?accountName=${account}`]),
      ];
    },
  },
  {
    // Mastodon; Misskey and its kin answer to the first, Pixelfed and Pleroma to the others, Mobilizon to the last.
    name: 'Mastodon',
    path: /^\/(?:@[\w.-]+|users\/[\w.-]+)\/?$/,
    feeds(spot) {
      const name = first(spot, /^\/(?:@|users\/)([\w.-]+)/);
      return [
        `/@${name}.rss`,
        `/users/${name}.rss`,
        `/users/${name}.atom`,
        `/users/${name}/feed.rss`,
        `/@${name}/feed/atom`,
      ];
    },
  },
  {
    name: 'Indymedia',
    hosts: /indymedia|(?:^|\.)imc-/,
    feeds: atTop('newswire.rss', 'features.rss', 'rss.xml', 'feed/', 'rss', 'RSS/newswire.xml', 'RSS/features.xml'),
  },
  {
    name: 'SPIP',
    generator: /^spip/,
    machinery: /spip\.php|\/squelettes|local\/cache-(?:css|js)|plugins-dist\//,
    link: /\/spip\.php\?|[?&](?:article|rubrique)\d+$/,
    path: /\/spip\.php(?:\?|$)|\?(?:article|rubrique)\d+$/,
    feeds(spot) {
      const home = spipFolder(spot);
      const section = first(spot, /[?&](?:id_)?rubrique=?(\d+)/);
      const lang = first(spot, /[?&]lang=([a-z]{2,3})/);
      const feed = `${home}spip.php?page=backend`;
      return [
        ...(section === undefined ? [] : [`${feed}&id_rubrique=${section}`]),
        ...(lang === undefined ? [] : [`${feed}&lang=${lang}`, `${home}?page=backend&lang=${lang}`]),
        feed,
        `${home}?page=backend`,
        `${home}backend.php3`,
      ];
    },
  },
  {
    name: 'WordPress',
    hosts: /\.(?:wordpress\.com|noblogs\.org|blackblogs\.org)$/,
    generator: /^wordpress/,
    machinery: /\/wp-(?:content|includes|json)\//,
    feeds: (spot) => [...inFolders('feed/')(spot), '/?feed=rss2'],
  },
  {
    name: 'Drupal',
    generator: /^drupal/,
    machinery: /drupal-settings-json|\/sites\/(?:default|all)\/(?:files|modules|themes)|\/core\/misc\/drupal/,
    feeds: (spot) => [
      ...(/\/taxonomy\/term\/\d+/.test(spot.url.pathname) ? [`${pathOf(spot)}/feed`] : []),
      ...inFolders('rss.xml')(spot),
    ],
  },
  { name: 'Ghost', generator: /^ghost/, feeds: inFolders('rss/') },
  { name: 'Jekyll', generator: /^jekyll/, feeds: atTop('feed.xml', 'atom.xml', 'rss.xml') },
  { name: 'Hugo', generator: /^hugo/, feeds: inFolders('index.xml') },
  {
    name: 'Joomla',
    generator: /^joomla/,
    machinery: /\/media\/(?:jui|system)\/js\/|\/components\/com_/,
    feeds: (spot) => [
      ...spot.folders.map((folder) => `${folder}?format=feed&type=rss`),
      '/index.php?format=feed&type=rss',
    ],
  },
  {
    name: 'TYPO3',
    generator: /^typo3/,
    machinery: /typo3(?:temp|conf)\//,
    feeds: (spot) => [...inFolders('rss.xml', 'feed.xml')(spot), '/?type=9818', '/?type=100'],
  },
  {
    name: 'Wix',
    generator: /^wix/,
    machinery: /static\.wixstatic\.com|parastorage\.com/,
    feeds: atTop('blog-feed.xml'),
  },
  {
    name: 'Squarespace',
    machinery: /static1?\.squarespace\.com|squarespace-cdn\.com/,
    feeds: (spot) => [`${spot.url.pathname}?format=rss`, '/blog?format=rss', '/news?format=rss'],
  },
  { name: 'Plone', generator: /^plone/, feeds: inFolders('RSS', 'rss.xml', 'atom.xml') },
  { name: 'DokuWiki', generator: /^dokuwiki/, feeds: inFolders('feed.php') },
  { name: 'Discourse', generator: /^discourse/, feeds: atTop('latest.rss') },
  { name: 'WriteFreely', generator: /^write ?freely/, feeds: inFolders('feed/') },
];

/** What is tried where nothing is known of the program. */
const usual: readonly string[] = [
  'feed/', 'rss.xml', 'feed.xml', 'atom.xml', 'index.xml', 'rss/', 'spip.php?page=backend', 'feed.json', 'index.rdf',
]; // biome-ignore format: short names read better in rows

/** Where `spip.php` lies, as its own links tell; else beside the page. */
function spipFolder({ url, page }: Spot): string {
  const known = [url.href, ...(page?.links ?? [])].find((link) => /\/spip\.php(?:\?|$)/.test(link));
  if (known !== undefined && new URL(known).host === url.host) return new URL(known).pathname.replace(/[^/]*$/, '');
  return url.pathname.replace(/[^/]*$/, '');
}

/** Addresses to try, by the programs and services whose habits they are. */
export interface Guess {
  /** The program or service; undefined for what is tried everywhere. */
  readonly name: string | undefined;
  readonly urls: readonly string[];
}

/** By the address alone, whatever answers there. */
export function guessesByAddress(written: string): readonly Guess[] {
  const spot = spotOf(written, undefined);
  return guesses(spot, (habit) => isAt(habit, spot));
}

/** By what a page is made of, and what is tried on every site at last. */
export function guessesByPage(page: PageSigns): readonly Guess[] {
  const spot = spotOf(page.url, page);
  const told = guesses(spot, (habit) => {
    const { generator, machinery, link } = habit;
    const isMade = generator?.test(page.generator) === true || machinery?.test(page.machinery) === true;
    return isMade || isAt(habit, spot) || (link !== undefined && page.links.some((one) => link.test(one)));
  });
  return [...told, { name: undefined, urls: usual.map((name) => resolve(`/${name}`, spot)) }];
}

/** Told by its address: by its host, where the row has hosts, and by its path, where it has one. */
function isAt({ hosts, path }: Habit, { url }: Spot): boolean {
  if (hosts === undefined && path === undefined) return false;
  return (hosts?.test(url.hostname) ?? true) && (path?.test(url.pathname + url.search) ?? true);
}

function guesses(spot: Spot, isMet: (habit: Habit) => boolean): readonly Guess[] {
  return habits
    .filter(isMet)
    .map((habit) => ({ name: habit.name, urls: [...new Set(habit.feeds(spot).map((one) => resolve(one, spot)))] }));
}

function resolve(written: string, { url }: Spot): string {
  return new URL(written, url).href;
}

function spotOf(written: string, page: PageSigns | undefined): Spot {
  const url = new URL(written);
  const own = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  const language = /^\/[a-z]{2,3}(?:-[a-z]{2,4})?\//i.exec(own)?.[0];
  // The page of a text has a feed of its comments below it, so its own folder is no place for such as end in a file.
  const isText = /\/\d{4}\/\d{2}\/|\.[a-z]{2,5}\/$/i.test(own);
  const folders = [...new Set([...(isText ? [] : [own]), ...(language === undefined ? [] : [language]), '/'])];
  return { url, folders, page };
}
