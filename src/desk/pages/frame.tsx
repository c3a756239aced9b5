/** The frame of the desk's pages: where one is, the outcome of what was done last, and the way out. */
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { plainLine } from '../../text/safe.ts';
import { linkRel } from '../../text/safe-html.ts';
import { linkUrl } from '../../text/url.ts';
import type { Session, Told } from '../sessions.ts';

/** Path of the desk below the server's root. */
export const deskPath = '/desk';

/** What every page of somebody who is at the desk knows. */
export interface Sitting {
  readonly siteTitle: string;
  readonly session: Session;
  /** What was done last, if it has not been told yet. */
  readonly told: Told | undefined;
  /** Undefined of one who came by the socket, and has nothing to log out of. */
  readonly canLeave: boolean;
}

interface FrameProperties {
  readonly title: string;
  readonly sitting: Sitting | undefined;
  /** Path of the entry of the menu that this is. */
  readonly current?: string | undefined;
  readonly children?: Child;
}

const menu = [
  ['', 'Board'],
  ['held', 'Held'],
  ['stories', 'Stories'],
  ['log', 'Log'],
] as const;

/** A whole document. */
export function renderPage(body: JSX.Element): string {
  return `<!doctype html>${String(body)}`;
}

export function Frame({ title, sitting, current, children }: FrameProperties): JSX.Element {
  const told = sitting?.told;
  const outcome = told === undefined ? '' : told.isRefused ? 'Not done: ' : 'Done: '; // the title is what is read aloud first
  return (
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <title>{plainLine(`${outcome}${title} – desk of ${sitting?.siteTitle ?? 'Relais'}`, 300)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={`${deskPath}/style.css`} />
      </head>
      <body>
        <a class="skip" href="#content">
          To the content
        </a>
        {sitting === undefined ? null : <Plate sitting={sitting} current={current} />}
        <main id="content">
          <h1>
            <Foreign text={title} />
          </h1>
          {sitting === undefined || told === undefined ? null : <Outcome sitting={sitting} told={told} />}
          {children}
        </main>
      </body>
    </html>
  );
}

function Plate({ sitting, current }: { readonly sitting: Sitting; readonly current: string | undefined }): JSX.Element {
  return (
    <header class="plate">
      <p>
        <a href="/">{sitting.siteTitle}</a>
      </p>
      <nav aria-label="Desk">
        <ul>
          {menu.map(([path, label]) => (
            <li>
              <a href={hrefOf(path)} aria-current={path === current ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {sitting.canLeave ? (
        <Act sitting={sitting} to="logout" fields={{}}>
          <button type="submit">Log out</button>
        </Act>
      ) : null}
    </header>
  );
}

/** Told once, where the page begins, and read aloud as what has changed. */
function Outcome({ sitting, told }: { readonly sitting: Sitting; readonly told: Told }): JSX.Element {
  const { lines, isRefused, undo } = told;
  return (
    <div class={isRefused ? 'told refused' : 'told'} role="status">
      {lines.map((line) => (
        <p dir="auto">{plainLine(line, 2_000)}</p>
      ))}
      {undo === undefined ? null : (
        <Act sitting={sitting} to={undo.to} fields={undo.fields}>
          <button type="submit">{undo.label}</button>
        </Act>
      )}
    </div>
  );
}

interface ActProperties {
  readonly sitting: Sitting;
  /** Path below the desk. */
  readonly to: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly children?: Child;
}

/** A form that changes something: it holds the token of its session. */
export function Act({ sitting, to, fields, children }: ActProperties): JSX.Element {
  return (
    <form method="post" action={hrefOf(to)} autocomplete="off">
      <input type="hidden" name="token" value={sitting.session.token} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

export function hrefOf(path: string): string {
  return path === '' ? deskPath : `${deskPath}/${path}`;
}

interface ForeignProperties {
  readonly text: string;
  readonly most?: number;
}

/** What somebody else wrote, as a line of plain text in its own direction. */
export function Foreign({ text, most = 300 }: ForeignProperties): JSX.Element {
  return <bdi dir="auto">{plainLine(text, most)}</bdi>;
}

/** An address that somebody else wrote: linked where it is one of the web, and shown in any case. */
export function Address({ to }: { readonly to: string }): JSX.Element {
  const href = linkUrl(to);
  if (href === undefined) return <Foreign text={to} />;
  return (
    <a href={href} rel={linkRel}>
      <Foreign text={to} />
    </a>
  );
}

interface UnseenProperties {
  readonly before: string;
  readonly text: string;
}

/** For whoever hears the page: what a button or a link that is called like others is about. */
export function Unseen({ before, text }: UnseenProperties): JSX.Element {
  return (
    <span class="unseen">
      {before}
      <Foreign text={text} most={120} />
    </span>
  );
}

/** A paragraph of one line in which somebody else's words may stand. */
export function Line({ text }: { readonly text: string }): JSX.Element {
  return <p dir="auto">{plainLine(text, 2_000)}</p>;
}
