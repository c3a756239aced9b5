/** An osmosfeed.yaml (osmoscraft/osmosfeed, its README) → sources: `sources: - href:`. Its other settings are those of the site. */

import { plainLine } from '../text/safe.ts';
import { isGroup } from '../yaml/group.ts';
import { readYaml } from '../yaml/read.ts';
import { readAddress } from './addresses.ts';
import type { ImportedSource, ImportRead, Remark } from './imported.ts';

const elsewhere: Readonly<Record<string, string>> = {
  cacheUrl: 'Relais keeps what it has read in its data folder, and needs no address for it',
  cacheMaxDays: 'stories stay for good, or as long as  keep:  of a section says',
  timezone: 'write  timezone:  under  site',
  githubServerUrl: 'it has no meaning here',
};

export function readOsmosfeed(text: string): ImportRead {
  const yaml = readYaml(text);
  if (yaml.kind === 'errors') {
    const [first] = yaml.errors;
    return { kind: 'refused', line: first?.line ?? 1, why: first?.text ?? 'it is no YAML' };
  }
  const { value, locate } = yaml;
  const list = isGroup(value) ? value.sources : undefined;
  if (!isGroup(value) || !Array.isArray(list)) return { kind: 'refused', line: 1, why: 'it has no list of  sources' };
  const remarks: Remark[] = [];
  const sources: ImportedSource[] = [];
  let lost = 0;
  for (const [index, one] of list.entries() as Iterable<[number, unknown]>) {
    const { line } = locate(['sources', index], 'value');
    const written = isGroup(one) ? one.href : one;
    const address = typeof written === 'string' ? readAddress(written) : { why: 'there is no  href' };
    if ('why' in address) {
      remarks.push({ line, text: `this source was not taken: ${address.why}` });
      lost += 1;
      continue;
    }
    const others = isGroup(one) ? Object.keys(one).filter((key) => key !== 'href' && key !== 'title') : [];
    const left = others.map((key) => `${plainLine(key, 40)} is not taken: osmosfeed does not know it either`);
    const said = address.remark === undefined ? [] : [address.remark];
    // Not in its documentation, and in many people's files.
    const name = isGroup(one) && typeof one.title === 'string' ? plainLine(one.title, 200) : '';
    const settings = { name: name === '' ? undefined : name };
    sources.push({ line, url: address.url, folders: [], settings, remarks: [...said, ...left] });
  }
  for (const [key, advice] of Object.entries(elsewhere))
    if (Object.hasOwn(value, key))
      remarks.push({ line: locate([key], 'key').line, text: `${key} is not taken: ${advice}` });
  const title = typeof value.siteTitle === 'string' ? plainLine(value.siteTitle, 200) : '';
  const form = 'osmosfeed.yaml';
  return {
    kind: 'list',
    list: { form, title: title === '' ? undefined : title, sources, sections: new Map(), remarks, lost },
  };
}
