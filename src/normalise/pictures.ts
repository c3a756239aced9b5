/** Images and players by their address: which of them only count readers, stand for one character, or play a page's film. */
import type { UrlParts } from '../text/plain-url.ts';
import { partsOf } from '../text/url.ts';

type Place = readonly [host: string, path: string];

/** Images that count readers: host (and hosts under it) and beginning of the path. */
const counters: readonly Place[] = [
  ['feeds.feedburner.com', '/~r/'],
  ['feeds.feedburner.com', '/~ff/'],
  ['feedsportal.com', '/'],
  ['pixel.wp.com', '/'],
  ['stats.wordpress.com', '/'],
  ['stats.wp.com', '/'],
  ['feeds.wordpress.com', '/1.0/'],
  ['blogger.googleusercontent.com', '/tracker/'],
  ['medium.com', '/_/stat'],
  ['counter.theconversation.com', '/'],
  ['pixel.propublica.org', '/'],
  ['met.vgwort.de', '/'],
  ['eotrx.substackcdn.com', '/open'],
  ['list-manage.com', '/track/open'],
  ['mandrillapp.com', '/track/open'],
  ['sendgrid.net', '/wf/open'],
  ['track.hubspot.com', '/'],
  ['mailtrack.io', '/trace'],
  ['doubleclick.net', '/'],
  ['googleadservices.com', '/'],
  ['googlesyndication.com', '/'],
  ['google-analytics.com', '/'],
  ['googletagmanager.com', '/'],
  ['amazon-adsystem.com', '/'],
  ['assoc-amazon.com', '/e/ir'],
  ['adnxs.com', '/'],
  ['awin1.com', '/cshow'],
  ['linksynergy.com', '/fs-bin/show'],
  ['tradedoubler.com', '/imp'],
  ['facebook.com', '/tr'],
  ['analytics.twitter.com', '/'],
  ['t.co', '/i/adsct'],
  ['px.ads.linkedin.com', '/'],
  ['bat.bing.com', '/'],
  ['pixel.quantserve.com', '/'],
  ['scorecardresearch.com', '/'],
  ['ping.chartbeat.net', '/'],
  ['statcounter.com', '/'],
  ['sitemeter.com', '/'],
  ['histats.com', '/'],
  ['shinystat.com', '/'],
  ['flagcounter.com', '/'],
  ['clustrmaps.com', '/'],
  ['goatcounter.com', '/'],
  ['matomo.cloud', '/'],
  ['piwik.pro', '/'],
  ['ioam.de', '/'],
  ['webtrekk.net', '/'],
  ['etracker.com', '/'],
  ['etracker.de', '/'],
  ['xiti.com', '/'],
  ['estat.com', '/'],
  ['mc.yandex.ru', '/'],
  ['counter.yadro.ru', '/'],
  ['top-fwz1.mail.ru', '/'],
];
/** Counting scripts on anybody's own server, and the names of pictures in which there is nothing to see. */
const counterScripts: readonly string[] = [
  '/piwik.php',
  '/matomo.php',
  '/count.php',
  '/counter.php',
  '/track/open',
  '/track/open.php',
  '/pixel.gif',
  '/pixel.png',
  '/beacon.gif',
  '/open.gif',
  '/count.gif',
  '/1x1.gif',
  '/1x1.png',
  '/1px.gif',
  '/blank.gif',
  '/clear.gif',
  '/spacer.gif',
  '/transparent.gif',
];

/** Pictures of a character, whose alternative text is that character. */
const emojiPictures: readonly Place[] = [
  ['s.w.org', '/images/core/emoji/'],
  ['s0.wp.com', '/wp-content/mu-plugins/wpcom-smileys/'],
  ['abs.twimg.com', '/emoji/'],
];

/** Embedded players: what stands before the id in the player's address, and before it in the page's. */
const players: readonly (readonly [host: string, path: string, page: string])[] = [
  ['youtube.com', '/embed/', 'https://www.youtube.com/watch?v='],
  ['youtube-nocookie.com', '/embed/', 'https://www.youtube.com/watch?v='],
  ['player.vimeo.com', '/video/', 'https://vimeo.com/'],
  ['archive.org', '/embed/', 'https://archive.org/details/'],
];

/** Beginnings of paths by host. */
type Places = ReadonlyMap<string, readonly string[]>;

function byHost(places: readonly Place[]): Places {
  const paths = new Map<string, readonly string[]>();
  for (const [host, path] of places) paths.set(host, [...(paths.get(host) ?? []), path]);
  return paths;
}
const counterPlaces = byHost(counters);
const emojiPlaces = byHost(emojiPictures);

/** At one of the places, or at a host under it. */
function isIn(places: Places, { hostname, pathname }: UrlParts): boolean {
  for (let host = hostname; host !== ''; ) {
    if (places.get(host)?.some((path) => pathname.startsWith(path)) === true) return true;
    const dot = host.indexOf('.');
    host = dot < 0 ? '' : host.slice(dot + 1);
  }
  return false;
}

/** True for an image that only tells somebody who reads what. @param url absolute http(s) address */
export function isCounter(url: string): boolean {
  const parts = partsOf(url);
  return isIn(counterPlaces, parts) || counterScripts.some((script) => parts.pathname.endsWith(script));
}

/** True for an image that stands for one character. @param url absolute http(s) address */
export function isEmojiPicture(url: string): boolean {
  return isIn(emojiPlaces, partsOf(url));
}

/** The page where people watch what an embedded player plays; the address itself where none is known. */
export function watchPage(url: string): string {
  const parts = partsOf(url);
  const player = players.find(([host, path]) => isIn(byHost([[host, path]]), parts));
  if (player === undefined) return url;
  const id = parts.pathname.slice(player[1].length).split('/', 1)[0] ?? '';
  return /^[\w.-]+$/.test(id) && id !== 'videoseries' ? player[2] + id : url;
}
