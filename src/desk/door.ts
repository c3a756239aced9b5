/**
 * The door of the desk: logging in, staying in, and logging out. Cookies are HttpOnly and SameSite=Strict; where the site is encrypted they
 * bear the prefix `__Host-`, so that no neighbouring host and no unencrypted page can set them (RFC 6265bis §4.1.3).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { goTo, page } from './answers.ts';
import { hrefOf } from './pages/frame.tsx';
import { renderLogin } from './pages/login-page.tsx';
import { isPassword } from './password.ts';
import { cookieOf, type Form, type Here, isEncrypted } from './requests.ts';
import { openSessions, type Session, type Sessions } from './sessions.ts';
import { openThrottle } from './throttle.ts';
import type { DeskEdges, Way } from './web-desk.ts';

/** Somebody who asks for something. */
export interface Guest {
  readonly request: Request;
  /** Undefined where they only look. */
  readonly form: Form | undefined;
  readonly way: Way;
  /** What opens the desk by this way: the hash of the password, or the name of the socket. */
  readonly key: string;
  readonly here: Here;
}

type Cookies = readonly (readonly [string, string])[];

export interface Door {
  login(guest: Guest): Promise<Response>;
  /** With the cookies that have to be set; undefined where nobody is at the desk. By the socket somebody always is. */
  sessionOf(guest: Guest): { readonly session: Session; readonly cookies: Cookies } | undefined;
  logout(session: Session, way: Way): Response;
  /** Ends what was opened by anything that opens the desk no more: by way, as the settings have it. */
  settle(keys: Readonly<Record<Way, string | undefined>>): void;
}

const endedQuestion = '?ended';
/** Where whoever has sent a form too late is let in again. */
export const endedPath = `login${endedQuestion}`;
const ended = 'Your login had ended, so nothing was done. Log in, and do it once more.';
/** One each: a browser may be at the same desk by both ways under one name, `localhost`, and cookies know no ports. */
const sessionNames: Readonly<Record<Way, string>> = { web: 'relais-desk', socket: 'relais-desk-socket' };
/** Says that somebody has logged in from this browser; it opens nothing. */
const deviceName = 'relais-desk-known';
/** What a browser keeps of pages to go back to, it keeps in spite of `no-store` (https://www.w3.org/TR/clear-site-data/). */
const forgetting = ['Clear-Site-Data', '"cache"'] as const;
const deviceSeconds = 180 * 86_400;

export function openDoor(edges: Pick<DeskEdges, 'clock' | 'tokens'>): Door {
  /** Apart: by the socket everybody who comes without a cookie opens one, which must put nobody out who has logged in. */
  const sessions: Readonly<Record<Way, Sessions>> = { web: openSessions(edges), socket: openSessions(edges) };
  const throttle = openThrottle(edges.clock);
  const ids = new WeakMap<Session, { readonly id: string; readonly isSafe: boolean }>();
  const open = ({ request, key, here, way }: Guest): { readonly session: Session; readonly cookies: Cookies } => {
    sessions[way].end(idOf(request, way, here)); // whatever id was brought along is not the one that comes out
    const isSafe = isEncrypted(request.headers.get('host'), here);
    const { id, session } = sessions[way].open(key);
    ids.set(session, { id, isSafe });
    return { session, cookies: [cookie(sessionNames[way], id, isSafe)] };
  };
  return {
    async login(guest) {
      const { request, form, way, key, here } = guest;
      if (way === 'socket') return goTo(hrefOf(''));
      if (form === undefined)
        return sessions[way].find(idOf(request, way, here), key) === undefined
          ? page(200, renderLogin({ why: new URL(request.url).search === endedQuestion ? ended : undefined }))
          : goTo(hrefOf(''));
      const isSafe = isEncrypted(request.headers.get('host'), here);
      const device = knownDevice(cookieOf(request.headers, named(deviceName, isSafe)), key);
      const tried = await throttle.attempt(device, () => isPassword(form.get('password') ?? '', key));
      if (tried.kind === 'wait') {
        const seconds = Math.ceil(tried.ms / 1_000);
        const why = `Too many wrong tries, by whomever: this one was not looked at. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
        return page(429, renderLogin({ why }), [['Retry-After', String(seconds)]]);
      }
      if (tried.kind === 'wrong') return page(403, renderLogin({ why: 'That is not the password.' }));
      const { cookies } = open(guest);
      const known = signed(edges.tokens.next(), key);
      return goTo(hrefOf(''), [...cookies, cookie(deviceName, known, isSafe, deviceSeconds)]);
    },
    sessionOf(guest) {
      const { request, way, key, here } = guest;
      const session = sessions[way].find(idOf(request, way, here), key);
      if (session !== undefined) return { session, cookies: [] };
      return way === 'socket' && guest.form === undefined ? open(guest) : undefined;
    },
    logout(session, way) {
      const { id, isSafe } = ids.get(session) ?? { id: undefined, isSafe: false };
      sessions[way].end(id);
      return goTo(hrefOf('login'), [cookie(sessionNames[way], '', isSafe, 0), forgetting]);
    },
    settle({ web, socket }) {
      sessions.web.keepOnly(web);
      sessions.socket.keepOnly(socket);
    },
  };
}

function idOf(request: Request, way: Way, here: Here): string | undefined {
  return cookieOf(request.headers, named(sessionNames[way], isEncrypted(request.headers.get('host'), here)));
}

function named(name: string, isSafe: boolean): string {
  return isSafe ? `__Host-${name}` : name;
}

/** @param seconds undefined for as long as the browser is open */
function cookie(name: string, value: string, isSafe: boolean, seconds?: number): readonly [string, string] {
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
  const place = isSafe ? 'Path=/; Secure' : `Path=${hrefOf('')}`;
  return ['Set-Cookie', `${named(name, isSafe)}=${value}; ${place}; HttpOnly; SameSite=Strict${age}`];
}

/** Made with the hash of the password, which nobody else knows: a new password makes strangers of all browsers. */
function signed(name: string, key: string): string {
  return `${name}.${signatureOf(name, key)}`;
}

function signatureOf(name: string, key: string): string {
  const secret = createHash('sha256').update(`known browsers of the desk ${key}`).digest();
  return createHmac('sha256', secret).update(name).digest('base64url');
}

function knownDevice(value: string | undefined, key: string): string | undefined {
  const [name = '', signature = ''] = (value ?? '').split('.');
  const [given, wanted] = [Buffer.from(signature), Buffer.from(signatureOf(name, key))];
  return name !== '' && given.length === wanted.length && timingSafeEqual(given, wanted) ? name : undefined;
}
