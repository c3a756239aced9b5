/**
 * Who is at the web desk. A session is kept in memory alone, under the hash of its id, so that neither a copy of the database nor one of the
 * memory opens the desk; it ends with the process, by logging out, with what opened it, after two idle hours, and after twelve in any case.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, Tokens } from '../edges.ts';
import type { Instant } from '../model.ts';

/** What an act came to: told once, on the next page. */
export interface Told {
  readonly isRefused: boolean;
  readonly lines: readonly string[];
  readonly undo: UndoForm | undefined;
}

/** A button that takes an act back. */
export interface UndoForm {
  readonly label: string;
  /** Path below the desk. */
  readonly to: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Session {
  /** Stands in every form of this session, and nowhere else. */
  readonly token: string;
  /** By what it was opened: with another password in force it is none. */
  readonly openedBy: string;
  readonly begun: Instant;
  used: Instant;
  told: Told | undefined;
}

const idleMs = 2 * 3_600_000;
const wholeMs = 12 * 3_600_000;
/** Whoever opens more ends the one that was idle for longest: memory has an end. */
const most = 100;

export interface Sessions {
  /** @param openedBy hash of the password, or the socket. @returns the id for the cookie, which nobody has known before */
  open(openedBy: string): { readonly id: string; readonly session: Session };
  /** Undefined where there is none that still counts. A look counts as use. */
  find(id: string | undefined, openedBy: string): Session | undefined;
  end(id: string | undefined): void;
  /** Ends all that were opened by anything else. @param openedBy undefined ends all */
  keepOnly(openedBy: string | undefined): void;
}

export function openSessions({ clock, tokens }: { readonly clock: Clock; readonly tokens: Tokens }): Sessions {
  const sessions = new Map<string, Session>();
  return {
    open(openedBy) {
      const id = tokens.next();
      const now = clock.now();
      const session: Session = { token: tokens.next(), openedBy, begun: now, used: now, told: undefined };
      sessions.set(nameOf(id), session);
      for (const [name] of [...sessions].sort(([, a], [, b]) => b.used - a.used).slice(most)) sessions.delete(name);
      return { id, session };
    },
    find(id, openedBy) {
      const name = id === undefined ? '' : nameOf(id);
      const session = sessions.get(name);
      if (session === undefined) return undefined;
      const now = clock.now();
      const isOver = now - session.begun >= wholeMs || now - session.used >= idleMs || now < session.begun;
      if (isOver) sessions.delete(name);
      if (isOver || session.openedBy !== openedBy) return undefined;
      session.used = now;
      return session;
    },
    end(id) {
      if (id !== undefined) sessions.delete(nameOf(id));
    },
    keepOnly(openedBy) {
      for (const [name, session] of sessions) if (session.openedBy !== openedBy) sessions.delete(name);
    },
  };
}

function nameOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

/** True for the token of this session, in a time that tells nothing. */
export function isTokenOf(session: Session, token: string): boolean {
  const [a, b] = [nameOf(session.token), nameOf(token)].map((name) => Buffer.from(name));
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
