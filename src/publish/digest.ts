/** A closed week of a section as page, plain text and mail-ready file: one view, three writers. */
import type { Section, SiteDocument } from '../model.ts';
import { mailHeader } from '../text/safe.ts';
import { buildDigestMail } from './digest-mail.ts';
import { renderDigestText } from './digest-text.ts';
import { renderDigest, renderDigestMail } from './pages/digest-page.tsx';
import type { DigestView, SiteView, StoryView } from './views.ts';
import { digestPath, type Week } from './week.ts';
import { wordsFor } from './words.ts';

/** @param told of the week: its stories in any order, at least one, what has become of earlier ones, and what comes up after it */
export async function digestDocuments(
  site: SiteView,
  section: Section,
  week: Week,
  told: Pick<DigestView, 'stories' | 'comingUp' | 'corrected' | 'takenBack'>,
): Promise<SiteDocument[]> {
  const path = digestPath(section, week);
  const view: DigestView = {
    section,
    week: week.name,
    path,
    start: week.start,
    end: week.end,
    stories: inOrder(told.stories),
    comingUp: told.comingUp,
    corrected: told.corrected,
    takenBack: told.takenBack,
  };
  const text = renderDigestText(site, view);
  const host = site.site.url === undefined ? 'relais.invalid' : new URL(site.site.url).hostname;
  const title = `${section.title}: ${wordsFor(section.lang).weeklyDigest(week.name)}`;
  const mail = await buildDigestMail({
    subject: mailHeader(title),
    from: fromAddress(site.site.contact, site.site.title, host),
    to: section.digest?.to ?? [],
    text,
    html: renderDigestMail(site, view),
    messageId: `<${section.id}.${week.name.toLowerCase()}@${host}>`,
    date: week.end,
    listId: `${section.id}.${host}`,
    archivedAt: site.site.url === undefined ? undefined : new URL(path, site.site.url).href,
  });
  return [
    { path: `${path}digest.txt`, body: text },
    { path: `${path}digest.eml`, body: mail },
    { path: `${path}index.html`, body: renderDigest(site, view) },
  ];
}

/** What several groups carried comes first, then the newest: the rule is printed on the page. */
function inOrder(stories: readonly StoryView[]): StoryView[] {
  return [...stories].sort(
    (a, b) => b.reposts.length - a.reposts.length || b.published - a.published || (a.uid < b.uid ? -1 : 1),
  );
}

function fromAddress(contact: string | undefined, title: string, host: string): string {
  const address = contact !== undefined && /^[^\s@<>"]+@[^\s@<>"]+$/.test(contact) ? contact : `relais@${host}`;
  return `"${mailHeader(title).replace(/["\\]/g, '')}" <${address}>`;
}
