/** Images and players by their address: which of them only count readers, stand for one character, or play a page's film. */

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

function isAt(url: URL, [host, path]: Place): boolean {
  return (url.hostname === host || url.hostname.endsWith(`.${host}`)) && url.pathname.startsWith(path);
}

/** True for an image that only tells somebody who reads what. @param url absolute http(s) address */
export function isCounter(url: string): boolean {
  const parsed = new URL(url);
  return (
    counters.some((place) => isAt(parsed, place)) || counterScripts.some((script) => parsed.pathname.endsWith(script))
  );
}

/** True for an image that stands for one character. @param url absolute http(s) address */
export function isEmojiPicture(url: string): boolean {
  const parsed = new URL(url);
  return emojiPictures.some((place) => isAt(parsed, place));
}

/** The page where people watch what an embedded player plays; the address itself where none is known. */
export function watchPage(url: string): string {
  const parsed = new URL(url);
  const player = players.find(([host, path]) => isAt(parsed, [host, path]));
  if (player === undefined) return url;
  const id = parsed.pathname.slice(player[1].length).split('/', 1)[0] ?? '';
  return /^[\w.-]+$/.test(id) && id !== 'videoseries' ? player[2] + id : url;
}
