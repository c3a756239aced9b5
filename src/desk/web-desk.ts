/**
 * The web desk: what answers below `/desk` of `relais start`, and at its socket. Who is asked is settled in this order: is the desk on, is the
 * request for us and from here, is somebody at the desk; then a page is shown, or an act done. GET changes nothing.
 */
import type { Clock, Tokens } from '../edges.ts';
import type { Library } from '../library.ts';
import type { Config } from '../model.ts';
import { Halt, type Problem } from '../problems.ts';
import type { SearchLibrary } from '../search-library.ts';
import { acts, type Bench, who } from './acts.ts';
import { goTo, page, styleSheet } from './answers.ts';
import { endedPath, openDoor } from './door.ts';
import { deskPath, hrefOf, type Sitting } from './pages/frame.tsx';
import { renderRefusal } from './pages/login-page.tsx';
import { deskStyle } from './pages/style.ts';
import { type Form, formIn, isFromHere, isOurHost } from './requests.ts';
import { isTokenOf, type Session } from './sessions.ts';
import { show, withoutSecrets } from './views.ts';

export interface DeskEdges {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly library: Library;
  readonly search: SearchLibrary;
  /** Those in force. */
  readonly settings: () => Config;
  /** As the web server listens: an address or a name. */
  readonly listen: string;
  /** What was done is to be carried out and published, and nobody need be asked for it. */
  readonly follow: () => void;
}

/** By which way somebody comes: the web server, with the password, or the socket, without. */
export type Way = 'web' | 'socket';

export interface WebDesk {
  /** @returns undefined where the desk is off by this way, or elsewhere: then there is nothing at the address */
  answer(request: Request, way: Way): Promise<Response | undefined>;
  /** To be told of settings that have changed: whoever came in by what opens the desk no more is out, also if it is put back. */
  settle(): void;
}

export function openWebDesk(edges: DeskEdges): WebDesk {
  const door = openDoor(edges);
  return {
    async answer(request, way) {
      const config = edges.settings();
      const key = way === 'socket' ? config.desk?.socket : config.desk?.password;
      if (key === undefined) return undefined;
      const here = { site: config.site, listen: edges.listen };
      if (!isOurHost(request.headers.get('host'), here)) return refusal(421, 'Nothing here', wrongHost);
      const url = new URL(request.url);
      const path = pathBelow(url.pathname);
      if (path === undefined) return undefined;
      const isLook = request.method === 'GET' || request.method === 'HEAD';
      if (isLook && path === 'style.css') return styleSheet(deskStyle(config.site));
      if (!isLook && request.method !== 'POST')
        return page(405, renderRefusal('Not that way', wrongMethod), [['Allow', 'GET, HEAD, POST']]);
      if (!isLook && !isFromHere(request.headers, here)) return refusal(403, 'Not from here', notFromHere);
      const form = isLook ? undefined : await formIn(request);
      if (form === 'too-large') return refusal(413, 'Too much', tooLarge);
      if (form === 'no-form') return refusal(400, 'No form', notUnderstood);
      const guest = { request, form, way, key, here };
      if (path === 'login') return await door.login(guest);
      const found = door.sessionOf(guest);
      if (found === undefined) return isLook || path === 'logout' ? goTo(hrefOf('login')) : tooLate(way);
      const { session, cookies } = found;
      try {
        if (form !== undefined) return await act(path, form, { session, way, config });
        return await look(path, url.searchParams, { session, way, config, cookies });
      } catch (error) {
        if (!(error instanceof Halt)) throw error;
        return halted(error.problem, form !== undefined, config);
      }
    },
    settle() {
      const { desk } = edges.settings();
      door.settle({ web: desk?.password, socket: desk?.socket });
    },
  };

  async function act(
    path: string,
    form: Form,
    { session, way, config }: { session: Session; way: Way; config: Config },
  ): Promise<Response> {
    if (!isTokenOf(session, form.get('token') ?? '')) return refusal(403, 'Not done', staleToken);
    if (path === 'logout') return door.logout(session, way);
    const wanted = acts.get(path);
    if (wanted === undefined) return refusal(404, 'Nothing here', nothing);
    const bench: Bench = { config, library: edges.library, now: edges.clock.now(), who };
    const { to, told, isChanged } = await wanted(form, bench);
    const follows = isChanged ? ['The site follows within a minute, or when the run in hand has ended.'] : [];
    session.told = { ...told, lines: [...told.lines, ...follows] };
    if (isChanged) edges.follow();
    return goTo(hrefOf(to));
  }

  async function look(
    path: string,
    question: URLSearchParams,
    { session, way, config, cookies }: { session: Session; way: Way; config: Config; cookies: readonly Cookie[] },
  ): Promise<Response> {
    const { library, search, clock } = edges;
    const sitting: Sitting = { siteTitle: config.site.title, session, told: session.told, canLeave: way === 'web' };
    const shown = await show(path, question, { config, library, search, now: clock.now() }, sitting);
    if (shown === undefined) return page(404, renderRefusal('Nothing here', nothing), cookies);
    if ('to' in shown) return goTo(hrefOf(shown.to), cookies);
    session.told = undefined;
    return page(200, withoutSecrets(shown.html, config), cookies);
  }
}

/** Of a path as it was asked for; undefined of one that is not the desk’s. */
function pathBelow(pathname: string): string | undefined {
  if (pathname !== deskPath && !pathname.startsWith(`${deskPath}/`)) return undefined;
  return pathname.slice(deskPath.length).replace(/^\/|\/$/g, '');
}

type Cookie = readonly [string, string];

const nothing = 'There is nothing at this address.';
const wrongHost =
  'The desk is not called that. Open it by the address of the site, as  site: url  has it, or by the address that  relais start  listens at.';
const wrongMethod = 'The desk is asked with GET, and told with POST.';
const notFromHere =
  'This was sent by a page that is not the desk’s, so nothing was done. If you did send it, open the desk by the address that stands under  site: url.';
const staleToken = 'This page is older than your login, so nothing was done. Go back to the desk and do it once more.';
const tooLarge = 'That is more than any form of the desk sends. Nothing was done.';
const notUnderstood = 'That is no form of the desk. Nothing was done.';

/** What the disk or another program has kept us from: whoever is at the desk is the one who can mend it. */
function halted({ happened, did, todo }: Problem, isAct: boolean, config: Config): Response {
  const words = [happened, isAct ? did : '', todo]
    .filter((part) => part !== '')
    .map((part) => part.replace(/\.?$/, '.'));
  const further = isAct ? 'Then go back, and send it once more.' : 'Then open this page again.';
  const html = renderRefusal(isAct ? 'Not done' : 'Cannot be shown now', [...words, further].join(' '));
  return page(503, withoutSecrets(html, config));
}

/** Of a form that was open for longer than its login. By the socket there is no door to say it at. */
function tooLate(way: Way): Response {
  return way === 'socket' ? refusal(403, 'Not done', staleToken) : goTo(hrefOf(endedPath));
}

function refusal(status: number, title: string, why: string): Response {
  return page(status, renderRefusal(title, why));
}
