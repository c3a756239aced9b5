/**
 * What Miniflux says of a feed in its namespace (miniflux/v2, internal/reader/opml/opml.go) → settings of ours. Its rules are RE2's, as
 * ours are; one a line, and any of them is enough (miniflux.app/docs/rules.html).
 */
import type { FilterPart } from '../model.ts';
import { addTerm, expression, type FilterSettings, filterSettings } from './filters.ts';
import { spaces } from './outlines.ts';

interface Carried {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly remarks: readonly string[];
}

const parts: Readonly<Record<string, FilterPart>> = {
  EntryTitle: 'title',
  EntryURL: 'link',
  EntryContent: 'text',
  EntryAuthor: 'author',
  EntryTag: 'tag',
};

/** What its older rules look at, which have no names in front; where they keep, the title stands for all, since `only` wants each. */
const oldParts: readonly FilterPart[] = ['title', 'link', 'author', 'tag'];
const oldKeeping: readonly FilterPart[] = ['title'];

/** What has no counterpart here; `true` stands for itself. */
const without: Readonly<Record<string, string>> = {
  scraperRules: 'fetching the page of each text and cutting its body out',
  crawler: 'fetching the page of each text',
  rewriteRules: 'rewriting texts',
  urlRewriteRules: 'rewriting addresses of texts',
  userAgent: 'a User-Agent of its own: Relais always says who it is',
  fetchViaProxy: 'the proxy of all feeds: write  proxy:  under  network  for it',
  allowSelfSignedCertificates: 'any certificate: write  authority:  with the PEM file of this one',
  ignoreEntryUpdates: 'passing over corrections',
};

/** @param attributes of an outline */
export function readMiniflux(attributes: ReadonlyMap<string, string>): Carried {
  const own = (name: string): string => attributes.get(`${spaces.miniflux} ${name}`)?.trim() ?? '';
  const isOn = (name: string): boolean => /^(1|t|true)$/i.test(own(name));
  const remarks = Object.entries(without).flatMap(([name, what]) =>
    own(name) === '' || /^(0|f|false)$/i.test(own(name)) ? [] : [`not taken from Miniflux: ${what}`],
  );
  const skip: FilterSettings = {};
  const only: FilterSettings = {};
  for (const [name, filter, unnamed] of [
    ['blocklistRules', skip, oldParts],
    ['keeplistRules', only, oldKeeping],
    ['blockFilterEntryRules', skip, []],
    ['keepFilterEntryRules', only, []],
  ] as const)
    remarks.push(...takeRules(own(name), filter, unnamed));
  const isMixed = Object.keys(only).length > 1;
  if (isMixed)
    remarks.push('its rules for what to keep are not taken: any of them was enough, and  only  wants each part');
  const proxy = own('proxyUrl');
  if (proxy !== '')
    remarks.push(`not taken from Miniflux: its proxy. Write  proxy:  for it, with a password as  \${NAME}`);
  return {
    settings: {
      only: isMixed ? undefined : filterSettings(only),
      skip: filterSettings(skip),
      paused: isOn('disabled') ? 'was disabled in Miniflux' : undefined,
    },
    remarks,
  };
}

/** @param unnamed what a rule looks at that does not say it; nothing where it must */
function takeRules(written: string, filter: FilterSettings, unnamed: readonly FilterPart[]): string[] {
  return written.split(/\r?\n/).flatMap((line): string[] => {
    const rule = line.trim();
    if (rule === '') return [];
    const [, name = '', body = ''] = /^([A-Za-z]+)=(.*)$/s.exec(rule) ?? [];
    const part = parts[name];
    const isNamed = part !== undefined || name.startsWith('Entry');
    if (isNamed && part === undefined)
      return [`the rule ${JSON.stringify(rule)} is not taken: nothing here looks at ${name}`];
    if (!isNamed && unnamed.length === 0)
      return [`the rule ${JSON.stringify(rule)} is not taken: it does not say what it looks at`];
    const made = expression(isNamed ? body : rule);
    if ('why' in made) return [`the rule ${JSON.stringify(rule)} is not taken: ${made.why}`];
    addTerm(filter, part === undefined ? unnamed : [part], made.term);
    return [];
  });
}
