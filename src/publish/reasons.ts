/** Why a source stands as it does → as much of it as is a reader's business: no address, no word of a server. */
import type { ProblemCode } from '../problems.ts';
import type { Standing } from '../source-status.ts';
import type { Reason } from './views.ts';

/** Problems without a row are told to the maintainer alone. */
const reasons: Readonly<Partial<Record<ProblemCode, Reason>>> = {
  'fetch/unreachable': 'unreachable',
  'fetch/refused-address': 'unreachable',
  'fetch/timeout': 'slow',
  'fetch/cut-off': 'slow',
  'fetch/tls': 'certificate',
  'fetch/not-allowed': 'refused',
  'fetch/robots': 'refused',
  'fetch/robots-unknown': 'trouble',
  'parse/challenge-page': 'refused',
  'parse/login-page': 'refused',
  'fetch/not-found': 'missing',
  'fetch/gone': 'missing',
  'fetch/address-gone': 'missing',
  'fetch/server-error': 'trouble',
  'fetch/bad-answer': 'trouble',
  'fetch/unexpected-status': 'trouble',
  'parse/maintenance-page': 'trouble',
  'fetch/too-many-redirects': 'astray',
  'fetch/bad-redirect': 'astray',
  'parse/parked-domain': 'parked',
  'parse/not-a-feed': 'no-feed',
  'parse/no-match': 'no-feed',
  'parse/empty': 'no-feed',
  'parse/broken-xml': 'broken',
  'parse/broken-json': 'broken',
  'fetch/too-large': 'too-large',
  'parse/too-slow': 'too-large',
  'parse/too-heavy': 'too-large',
  'fetch/told-to-wait': 'asked-to-wait',
  'fetch/kept-waiting': 'asked-to-wait',
  'run/defect': 'ours',
};

/** @returns undefined where nothing needs explaining, or nothing can be said that readers would understand */
export function reasonOf({ state, problem }: Standing): Reason | undefined {
  if (state === 'held') return 'changed';
  if (problem === undefined) return state === 'waiting' ? 'overdue' : undefined;
  if (state === 'ok') return undefined;
  const reason = reasons[problem.code];
  return reason === 'certificate' && problem.happened.includes('has expired') ? 'certificate-expired' : reason;
}
