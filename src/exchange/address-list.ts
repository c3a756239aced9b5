/**
 * Addresses, one a line → sources; also newsboat's file `urls` (newsboat.org/releases/2.40/docs/newsboat.html), where tags in quotation
 * marks follow, of which one with `~` is the name.
 */
import { plainLine } from '../text/safe.ts';
import { readAddress } from './addresses.ts';
import type { ImportedList, ImportedSource, Remark } from './imported.ts';

export function readAddressList(text: string): ImportedList {
  const sources: ImportedSource[] = [];
  const remarks: Remark[] = [];
  let lost = 0;
  for (const [index, raw] of text.split(/\r?\n|\r/).entries()) {
    const line = index + 1;
    const [address = '', ...tags] = tokensOf(raw);
    if (address === '') continue;
    const read = readAddress(address);
    if ('why' in read) {
      lost += 1;
      remarks.push({ line, text: `${JSON.stringify(plainLine(address, 80))} was not taken: ${read.why}` });
      continue;
    }
    const name = plainLine(tags.find((tag) => tag.startsWith('~'))?.slice(1) ?? '', 200);
    const folders = tags
      .filter((tag) => !/^[~!]/.test(tag))
      .map((tag) => plainLine(tag, 200))
      .filter((tag) => tag !== '');
    const one = { line, url: read.url, settings: { name: name === '' ? undefined : name } };
    const said = read.remark === undefined ? [] : [read.remark];
    if (folders.length === 0) sources.push({ ...one, folders: [], remarks: said });
    for (const [at, folder] of folders.entries())
      sources.push({ ...one, folders: [folder], remarks: at === 0 ? said : [] });
  }
  return { form: 'list of addresses', title: undefined, sources, sections: new Map(), remarks, lost };
}

/** Words, and what is in quotation marks as one of them; `#` begins a remark where a word would begin. */
function tokensOf(line: string): string[] {
  const tokens: string[] = [];
  for (const [, quoted, bare] of line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)) {
    if (bare?.startsWith('#')) break;
    tokens.push(quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1'));
  }
  return tokens;
}
