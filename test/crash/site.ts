/** A published folder into what a reader could stumble over in it: files that are not whole, links that lead nowhere. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import Parser from 'rss-parser';

export interface PublishedFile {
  /** From the site's root. */
  readonly path: string;
  readonly body: string;
}

/** Every file under the folder as it is now, drafts and other hidden files too; none where there is no folder yet. */
export function filesIn(folder: string): PublishedFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => ({ path, body: readFileSync(join(folder, path), 'utf8') }));
}

/** True for what no reader is shown: what a killed run has laid ready and not put in place. */
export function isHidden(path: string): boolean {
  return path.split('/').some((name) => name.startsWith('.'));
}

/**
 * What is wrong with a site as it lies on the disk at one moment.
 * @param url the site's own address: links that begin with it are internal like relative ones
 * @param looker who looks: at a moment at which pages come and go, readers come only to those to which the front page
 *   leads, by whatever way; a judge follows the links of every file there is
 * @returns a sentence for each fault; none for a whole site, and for none at all
 */
export async function faultsOf(
  all: readonly PublishedFile[],
  url: string,
  looker: 'reader' | 'judge',
): Promise<string[]> {
  const files = new Map(all.filter(({ path }) => !isHidden(path)).map((file) => [file.path, file]));
  const faults: string[] = [];
  for (const file of files.values()) {
    const fault = await faultOf(file);
    if (fault !== undefined) faults.push(`${file.path}: ${fault}`);
  }
  const visited = new Set(looker === 'judge' ? files.keys() : ['index.html'].filter((path) => files.has(path)));
  for (const path of visited) {
    const file = files.get(path);
    for (const target of file === undefined ? [] : targetsOf(file, url)) {
      if (files.has(target))
        visited.add(target); // a set's loop goes on to what is added to it
      else faults.push(`${path} links to ${target}, which is not there`);
    }
  }
  return faults;
}

async function faultOf({ path, body }: PublishedFile): Promise<string | undefined> {
  const kind = posix.extname(path);
  if (kind === '.html') return /^<!DOCTYPE html>.*<\/html>\s*$/s.test(body) ? undefined : 'no whole page';
  if (kind === '.xml') return await faultOfXml(body);
  if (kind === '.json') return faultOfJson(body);
  if (kind === '.jpg' || kind === '.png') return body === '' ? 'no picture' : undefined;
  if (kind === '.svg') return /<\/svg>\s*$/.test(body) ? undefined : 'no whole picture';
  if (kind === '.eml') return /--\s*$/.test(body) ? undefined : 'no whole message';
  return body.endsWith('\n') ? undefined : 'no whole text';
}

/** xml2js, inside rss-parser, is strict about XML; what rss-parser says of a document that is no feed is no fault. */
async function faultOfXml(body: string): Promise<string | undefined> {
  try {
    await new Parser().parseString(body);
  } catch (error) {
    const message = String(error);
    return message.includes('Feed not recognized') ? undefined : message;
  }
  return undefined;
}

function faultOfJson(body: string): string | undefined {
  try {
    JSON.parse(body);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** Paths of the site that a file leads to: relative links of pages, and the site's own address wherever it stands. */
function targetsOf({ path, body }: PublishedFile, url: string): Set<string> {
  const targets = new Set<string>();
  const add = (link: string): void => {
    const place = link.replace(/[?#].*/s, '');
    targets.add(place === '' || place.endsWith('/') ? `${place}index.html` : place);
  };
  if (path.endsWith('.eml')) return targets; // its lines are folded: the page and the text beside it have the same links
  for (const rest of body.split(url).slice(1)) add(/^[^\s"'<>\\]*/.exec(rest)?.[0] ?? '');
  if (!path.endsWith('.html')) return targets;
  for (const [, link = '', onward = ''] of body.matchAll(/(?:href|src)="([^"]*)"|content="0; url=([^"]*)"/g)) {
    const way = link + onward;
    if (!/^[a-z]+:|^#|^$/.test(way)) add(posix.join(posix.dirname(path), way));
  }
  return targets;
}
