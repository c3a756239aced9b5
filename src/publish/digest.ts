/** A closed digest as page, plain text, Markdown and mail: one view, four writers. */
import type { DigestSettings, Section, SiteDocument } from '../model.ts';
import { excerptOf } from '../text/excerpt.ts';
import { mailHeader } from '../text/safe.ts';
import { buildDigestMail, mailAddressIn } from './digest-mail.ts';
import { renderDigestMarkdown } from './digest-markdown.ts';
import { digestName } from './digest-name.ts';
import { cutTo, inOrder, shownIn } from './digest-order.ts';
import { renderDigestText } from './digest-text.ts';
import { renderDigest, renderDigestMail } from './pages/digest-page.tsx';
import { digestPath, type Period } from './period.ts';
import type { DigestView, SiteView, StoryView } from './views.ts';
import { colon } from './words/grammar.ts';

/** Words of each text: it is read at one sitting. */
const excerptWords = 60;
/** Gmail clips what is longer than about 100 kB; the rest is for what is written above it on its way. */
const mostMailBytes = 95_000;

/** @param told its stories in any order, what has become of earlier ones, and what comes up after it */
export function digestView(
  section: Section,
  settings: Pick<DigestSettings, 'first' | 'max'>,
  period: Period,
  told: Pick<DigestView, 'comingUp' | 'corrected' | 'takenBack'> & { readonly stories: readonly StoryView[] },
): DigestView {
  const { stories, comingUp, corrected, takenBack } = told;
  const { name, start, end } = period;
  return {
    section,
    name,
    path: digestPath(section, period),
    start,
    end,
    ...inOrder(stories.map(shortened), settings),
    comingUp,
    corrected,
    takenBack,
  };
}

function shortened(story: StoryView): StoryView {
  return { ...story, excerpt: excerptOf(story.excerpt, story.lang, excerptWords).text };
}

/** All its files, in its folder. The mail is made out to nobody: the file is public. */
export async function digestDocuments(site: SiteView, view: DigestView): Promise<SiteDocument[]> {
  return [
    { path: `${view.path}digest.txt`, body: renderDigestText(site, view) },
    { path: `${view.path}digest.md`, body: renderDigestMarkdown(site, view) },
    { path: `${view.path}digest.eml`, body: await digestMail(site, view) },
    { path: `${view.path}index.html`, body: renderDigest(site, view) },
  ];
}

/** With fewer stories where a mail of all would be too long: the page has the others. */
async function digestMail(site: SiteView, view: DigestView): Promise<string> {
  const { section, path, name, end } = view;
  const { url, contact, title } = site.site;
  const host = url === undefined ? 'relais.invalid' : new URL(url).hostname;
  for (let fitting = view; ; ) {
    const mail = await buildDigestMail({
      subject: mailHeader(`${section.title}${colon(section.lang)} ${digestName(name, section.lang, site.site)}`),
      from: fromAddress(section.digest?.from ?? contact, title, host),
      to: [],
      text: renderDigestText(site, fitting),
      html: renderDigestMail(site, fitting),
      messageId: `${section.id}.${name.toLowerCase()}@${host}`,
      date: end,
      listId: `${section.id}.${host}`,
      archivedAt: url === undefined ? undefined : new URL(path, url).href,
    });
    const stories = shownIn(fitting).length;
    if (mail.length <= mostMailBytes || stories <= 1) return mail; // it is ASCII: a letter is a byte
    const fewer = Math.min(stories - 1, Math.floor((stories * mostMailBytes) / mail.length));
    fitting = cutTo(fitting, Math.max(1, fewer));
  }
}

function fromAddress(contact: string | undefined, title: string, host: string): string {
  const address = mailAddressIn(contact) ?? `relais@${host}`;
  return `"${mailHeader(title).replace(/["\\]/g, '')}" <${address}>`;
}
