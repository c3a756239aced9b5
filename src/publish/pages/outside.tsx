/** The links that lead out of the site: the one place where an address from outside becomes a link, and what all of them say. */
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { linkRel } from '../../text/safe-html.ts';
import { contactLink, outsideLink } from './address.ts';
import type { Page } from './page.ts';

interface OutsideProperties {
  /** As a partner or the maintainer wrote it; what is no web address links nothing. */
  readonly to: string | undefined;
  /** Microformat classes. */
  readonly class?: string | undefined;
  /** For mail, where no style sheet is loaded. */
  readonly style?: string | undefined;
  /** What else the link is. */
  readonly rel?: 'license';
  readonly children?: Child;
}

/** Its children, linked where the address is one that may be. */
export function Outside({ to, class: name, style, rel, children }: OutsideProperties): JSX.Element {
  const href = outsideLink(to);
  if (href === undefined) return <>{children}</>;
  return (
    <a class={name} style={style} rel={rel === undefined ? linkRel : `${rel} ${linkRel}`} href={href}>
      {children}
    </a>
  );
}

interface ContactProperties {
  readonly page: Page;
  readonly style?: string | undefined;
}

/** Whom to write to where something is wrong; nothing where the maintainer has not said, or what is no address. */
export function Contact({ page, style }: ContactProperties): JSX.Element | null {
  const { contact } = page.site.site;
  if (contact === undefined || contactLink(contact) === undefined) return null;
  return (
    <p>
      {page.words.writeTo} <ContactLink contact={contact} style={style} />
    </p>
  );
}

interface LinkProperties {
  readonly contact: string;
  readonly style?: string | undefined;
}

/** How to reach the maintainer: by mail, or a page. */
export function ContactLink({ contact, style }: LinkProperties): JSX.Element {
  const href = contactLink(contact);
  const shown = <bdi>{contact.replace(/^mailto:/, '')}</bdi>;
  if (href?.startsWith('mailto:') !== true) {
    return (
      <Outside to={href} style={style}>
        {shown}
      </Outside>
    );
  }
  return (
    <a style={style} href={href}>
      {shown}
    </a>
  );
}
