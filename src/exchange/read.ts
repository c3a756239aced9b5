/** A file of any of the forms that are known, told apart by what is in it → the sources that it names. Never throws for a file. */
import { decode } from '../parse/decode.ts';
import { readAddressList } from './address-list.ts';
import type { ImportedList, ImportRead } from './imported.ts';
import { readOpml } from './opml-sources.ts';
import { readOsmosfeed } from './osmosfeed.ts';
import { isPlutoFeed, readPluto } from './pluto.ts';
import { readPythonIni } from './python-ini.ts';
import { readRubyIni } from './ruby-ini.ts';
import { readVenus } from './venus.ts';

/** Forms for people who have come with something else. */
const known = 'an OPML file, a configuration of Planet, Venus or Pluto, an osmosfeed.yaml, or addresses one a line';

/** What files begin with that hold others: FreshRSS and Google hand out lists in such. */
const packings = [
  { name: 'zip', begins: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'gzip', begins: [0x1f, 0x8b] },
] as const;

/** @param bytes of the whole file, in any encoding that it says */
export async function readImport(bytes: Uint8Array): Promise<ImportRead> {
  const packed = packings.find(({ begins }) => begins.every((byte, index) => bytes[index] === byte));
  if (packed !== undefined)
    return refused(`it is packed (${packed.name}). Unpack it, and import the file that lies in it`);
  const { text } = await decode(bytes, undefined);
  const start = text.slice(0, 4_096);
  if (/^\s*</.test(start)) return readMarkup(text, start);
  if (/^\s*\{|^\s*\[\s*[{"\]]/.test(start)) return refused('it is JSON. Let the other program write OPML');
  if (/^[ \t]*\[[^\]\n]+\]/m.test(text)) return readIni(text);
  if (/^sections\s*:/m.test(text))
    return refused('it is a sources.yaml itself. Copy its lines, or use it as it is:  relais -c FILE check');
  if (/^sources\s*:/m.test(text)) return readOsmosfeed(text);
  return orEmpty(readAddressList(text));
}

function readMarkup(text: string, start: string): ImportRead {
  if (/<opml[\s>]/i.test(text)) {
    const read = readOpml(text);
    return read.kind === 'list' ? orEmpty(read.list) : read;
  }
  if (/<(rss|feed|rdf:RDF)[\s>]/i.test(start))
    return refused('it is a feed and no list of feeds. Its address is what you need:  relais add ADDRESS');
  return refused(
    `it is ${/<html[\s>]/i.test(start) ? 'a web page' : 'markup'} and no list of feeds. Relais reads ${known}`,
  );
}

function readIni(text: string): ImportRead {
  const ruby = readRubyIni(text);
  return orEmpty(ruby.sections.some(isPlutoFeed) ? readPluto(ruby) : readVenus(readPythonIni(text)));
}

/** Of a file that holds nothing at all the form is a guess. */
function orEmpty(list: ImportedList): ImportRead {
  const hasNothing = list.sources.length === 0 && (list.lost === 0 || list.form === 'list of addresses');
  const isList = list.remarks.length > 0 && list.form !== 'list of addresses';
  return hasNothing && !isList ? refused(`no source is named in it. Relais reads ${known}`) : { kind: 'list', list };
}

function refused(why: string): ImportRead {
  return { kind: 'refused', line: 1, why };
}
