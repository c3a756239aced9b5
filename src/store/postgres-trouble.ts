/** What a server, or the way to it, does to our work becomes a Halt with words for a person. */
import { Halt, type ProblemCode, problem } from '../problems.ts';
import { nameOf, type Place } from './postgres-session.ts';

/** By SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html) or by the system's word for the network. */
const troubles: readonly { readonly code: RegExp; readonly problem: ProblemCode }[] = [
  { code: /^(28|42501|3D000|0LP)/, problem: 'store/refused' },
  { code: /^(25006)/, problem: 'store/standby' },
  { code: /^(53100|53200)/, problem: 'store/server-full' },
  { code: /^(XX001|XX002)/, problem: 'store/damaged' },
  { code: /^(08|57P|53|55P03|40)/, problem: 'store/unreachable' },
  {
    code: /^(ECONN\w+|E?TIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST\w+|ENET\w+|EPIPE|ENOENT|EACCES|lost)$/,
    problem: 'store/unreachable',
  },
];

/** What pg says of a connection without a code. */
const lostWords = /terminated|timeout|not queryable|transaction is lost|server has undone|Connection ended|closed/i;

/**
 * Runs `work`; what the server or the network did to it becomes a Halt. Other errors are our bugs and pass.
 */
export async function haltOnServerTrouble<T>(place: Place, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    const trouble = troubles.find((one) => one.code.test(code))?.problem;
    if (trouble === undefined || !(error instanceof Error)) throw error;
    const why = error.message === '' ? code : error.message;
    throw new Halt(problem(trouble, {}, `${nameOf(place)} (${why})`), { cause: error });
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return lostWords.test(error.message) ? 'lost' : '';
}
