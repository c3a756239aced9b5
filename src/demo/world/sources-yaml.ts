/** A world and its sites' addresses to the sources.yaml that a maintainer would have written for it. */
import type { Group, World } from './world.ts';

export interface PartnerAddress {
  /** Unique in the world. */
  readonly id: string;
  /** Id of the group whose site it is: two feeds of one group share it. */
  readonly groupId: string;
  readonly name: string;
  /** What goes into sources.yaml: the address of a feed or of a page. */
  readonly url: string;
  readonly home: string;
  readonly lang: string;
}

/** @param siteUrl where the reader's own site will be found */
export function writeSourcesYaml(world: World, partners: readonly PartnerAddress[], siteUrl: string): string {
  const sections = world.sections.flatMap((section) => [
    `  ${section.id}:`,
    `    title: ${quote(section.title)}`,
    `    about: ${quote(section.about)}`,
    `    lang: ${section.lang}`,
    '    digest: { when: weekly, at: "Mon 07:00" }',
    '    sources:',
    ...partners.flatMap((partner) => {
      const group = world.groups.find((one) => one.id === partner.groupId);
      return group?.section === section.id ? sourceLines(group, partner) : [];
    }),
  ]);
  return [
    '# The partner groups of the demo. Their sites run on this machine only; their texts were written for the demo.',
    '# Your own file looks the same, with the real addresses.',
    '',
    'site:',
    `  title: ${quote(world.title)}`,
    `  url: ${quote(siteUrl)}   # where the published files are found`,
    `  lang: ${world.lang}`,
    `  timezone: ${world.timezone}   # for the dates shown and the time of the digest`,
    '  contact: demo@relais.example   # so that partners can reach you',
    '',
    'network:',
    "  allow: [ 127.0.0.1 ]   # private addresses are refused otherwise; the demo's partners live on one",
    '  spacing: 0s   # no pause between two requests to one partner; never do this to a real one',
    '',
    'defaults:   # a section or a source may say otherwise',
    '  every: 1h',
    '  show: excerpt   # the beginning and a link, unless the partner has said that all of it may be shown',
    '',
    'sections:',
    ...sections,
    '',
  ].join('\n');
}

function sourceLines(group: Group, partner: PartnerAddress): string[] {
  const isOneOfSeveral = group.feeds.length > 1;
  const settings = [
    `url: ${quote(partner.url)}`,
    `name: ${quote(partner.name)}`,
    ...(isOneOfSeveral ? [`partner: ${quote(group.name)}   # two feeds of one group never repost each other`] : []),
    ...(group.aliases === undefined
      ? []
      : [`aliases: [ ${group.aliases.map(quote).join(', ')} ]   # names met in “reposted from …”`]),
    `lang: ${partner.lang}`,
    ...(group.show === undefined ? [] : [`show: ${group.show}`]),
    ...(group.licence === undefined ? [] : [`licence: ${quote(group.licence)}`]),
    ...(group.credit === undefined ? [] : [`credit: ${quote(group.credit)}`]),
    ...(group.format === 'page'
      ? ['page: { item: article.news, title: h2, link: "h2 a", date: time, content: .text }']
      : []),
  ];
  return [
    `      # ${group.remark}`,
    ...settings.map((setting, place) => `      ${place === 0 ? '-' : ' '} ${setting}`),
  ];
}

/** A double-quoted YAML scalar; JSON's strings are a subset of it. */
function quote(text: string): string {
  return JSON.stringify(text);
}
