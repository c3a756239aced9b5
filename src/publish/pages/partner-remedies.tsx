/** Part of the page of a source: how its group corrects, withdraws or stops, with what to copy. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { wishNamespace } from '../../text/wishes.ts';
import { tombstoneNamespace } from '../feeds/tombstones.ts';
import type { PartnerView } from '../partner-view.ts';
import { colon } from '../words/grammar.ts';
import type { PartnerWords } from '../words.ts';
import { ContactLink } from './outside.tsx';
import type { Page } from './page.ts';

interface PartProperties {
  readonly page: Page;
  readonly says: PartnerWords;
  readonly view: PartnerView;
}

/** Ready to be copied: what stands here is what docs/partners.md says, for this very source. */
export function Yours({ page, says, view: { stopFile } }: PartProperties): JSX.Element {
  return (
    <section aria-labelledby="yours">
      <h2 id="yours">{says.yours}</h2>
      <h3>{says.correct.what}</h3>
      <p>{says.correct.mend}</p>
      <h3>{says.withdraw.what}</h3>
      <p>{says.withdraw.mend}</p>
      <Snippet page={page} label={says.inFeedToWithdraw} text={deletedEntry} />
      <h3>{says.stop.what}</h3>
      <p>{says.stop.mend}</p>
      {stopFile === undefined ? null : (
        <Snippet page={page} label={says.inFile} address={stopFile.address} text={stopFile.text} />
      )}
      <Snippet
        page={page}
        label={says.inFeed}
        text={`<relais:republish xmlns:relais="${wishNamespace}">none</relais:republish>`}
      />
      <Snippet page={page} label={says.inJsonFeed} text={'"_relais": { "republish": "none" }'} />
      <Contact page={page} says={says} />
    </section>
  );
}

const deletedEntry = `<at:deleted-entry xmlns:at="${tombstoneNamespace}" ref="guid" when="2026-01-31T12:00:00Z"/>`;

interface SnippetProperties {
  readonly page: Page;
  readonly label: string;
  readonly address?: string;
  readonly text: string;
}

function Snippet({ page, label, address, text }: SnippetProperties): JSX.Element {
  return (
    <>
      <p class="label">
        {label}
        {address === undefined ? null : (
          <>
            {' '}
            <bdi dir="ltr" class="address">
              {address}
            </bdi>
          </>
        )}
        {colon(page.lang)}
      </p>
      <pre dir="ltr" lang="en">
        <code>{text}</code>
      </pre>
    </>
  );
}

/** How to reach whoever runs the site. */
export function Contact({ page, says }: Pick<PartProperties, 'page' | 'says'>): JSX.Element {
  const { contact } = page.site.site;
  if (contact === undefined) return <p>{says.noContact}</p>;
  return (
    <p>
      {says.write} <ContactLink contact={contact} />
    </p>
  );
}
