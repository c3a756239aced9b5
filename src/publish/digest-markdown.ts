/** A digest as Markdown (CommonMark): to paste into a list, a forum, a pad or a page of one's own. */

import { between } from '../text/between.ts';
import { markdownLink, markdownText } from '../text/markdown.ts';
import { alsoIn } from './digest-also.ts';
import { digestName } from './digest-name.ts';
import { countIn } from './digest-order.ts';
import { orderIn } from './digest-words.ts';
import { contactLink, outsideLink, publishedAt } from './pages/address.ts';
import { doorOf } from './pages/doors.ts';
import { type Page, pageAt } from './pages/page.ts';
import { whenInWords } from './pages/when.ts';
import type { DigestView, SiteView, StoryEvent, StoryView } from './views.ts';
import { colon } from './words/grammar.ts';
import { takenBackWords } from './words.ts';

export function renderDigestMarkdown(site: SiteView, digest: DigestView): string {
  const page = pageAt(site, digest.path, digest.section.lang);
  const { words, moments } = page;
  const lastDay = moments.day(digest.end - 1);
  const address = publishedAt(site.site, digest.path);
  const period = `${moments.day(digest.start)} – ${lastDay}${between(lastDay)}${words.stories(countIn(digest))}`;
  const hasParts = digest.parts.length > 1;
  let number = 0;
  const blocks = [
    `# ${markdownText(digest.section.title)}${colon(page.lang)} ${markdownText(digestName(digest.name, page.lang, page.site.site))}`,
    `${markdownText(period)}  \n${markdownText(site.site.title)}`,
    ...digest.parts.flatMap(({ kind, stories }) => [
      ...(hasParts ? [`## ${markdownText(words.digestParts[kind])}`] : []),
      ...stories.flatMap((story) => storyBlocks(page, story, ++number, hasParts ? '###' : '##')),
    ]),
    ...(digest.more.length === 0 ? [] : [linked(words.andMore(digest.more.length), address)]),
    ...(digest.comingUp.length === 0
      ? []
      : [`## ${markdownText(words.comingUp)}`, digest.comingUp.map((one) => eventLine(page, one)).join('\n')]),
    ...sinceLastBlocks(page, digest),
    '---',
    ...(address === undefined ? [] : [markdownLink(words.onTheWeb, address)]),
    `${markdownText(orderIn(digest.section, page))} ${markdownText(words.promise)}`,
    ...contactBlock(page),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function linked(text: string, href: string | undefined): string {
  return href === undefined ? markdownText(text) : markdownLink(text, href);
}

function storyBlocks(page: Page, story: StoryView, number: number, mark: string): string[] {
  const { words } = page;
  const door = doorOf(story, words);
  const also = alsoIn(story, door, words);
  const ours = publishedAt(page.site.site, story.path);
  const licence = outsideLink(story.licence);
  const ways = [
    ...(door === undefined ? [] : [markdownLink(door.label, door.href)]),
    ...(ours === undefined ? [] : [markdownLink(words.howWeKnow, ours)]),
    ...(story.licence === undefined
      ? []
      : [`${markdownText(words.licence)}${colon(page.lang)} ${linked(story.licence, licence)}`]),
  ];
  return [
    `${mark} ${number}\\. ${linked(story.heading, door?.href ?? ours)}`,
    markdownText(story.credit),
    ...(story.excerpt === '' ? [] : [`> ${markdownText(story.excerpt)}`]),
    ...(also === undefined
      ? []
      : [
          `${markdownText(also.label)}${colon(page.lang)} ${also.groups.map(({ name, href }) => linked(name, href)).join(', ')}`,
        ]),
    ...(ways.length === 0 ? [] : [ways.join(' · ')]),
  ];
}

function eventLine(page: Page, { event, story }: StoryEvent): string {
  const ours = publishedAt(page.site.site, story.path) ?? outsideLink(event.url ?? story.url);
  const parts = [
    markdownText(whenInWords(event, page.moments)),
    linked(event.title, ours),
    ...(event.place === undefined ? [] : [markdownText(event.place)]),
    ...(event.isCancelled ? [`**${markdownText(page.words.cancelled)}**`] : []),
    markdownText(story.credit),
  ];
  return `- ${parts.join(' · ')}`;
}

function sinceLastBlocks(page: Page, { corrected, takenBack }: DigestView): string[] {
  const { words, moments } = page;
  if (corrected.length + takenBack.length === 0) return [];
  const told = corrected.map(({ story, at }) => {
    const title = linked(story.heading, publishedAt(page.site.site, story.path));
    return `- ${title} · ${markdownText(story.original.group.name)} · ${markdownText(words.corrected(moments.day(at)))}`;
  });
  const gone = takenBack.map(({ name, at }) => `- ${markdownText(takenBackWords(words, name, moments.day(at)))}`);
  return [`## ${markdownText(words.corrections.sinceLastDigest)}`, [...told, ...gone].join('\n')];
}

function contactBlock(page: Page): string[] {
  const { contact } = page.site.site;
  const href = contactLink(contact);
  return contact === undefined || href === undefined
    ? []
    : [`${markdownText(page.words.writeTo)} ${markdownLink(contact, href)}`];
}
