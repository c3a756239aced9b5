/** What sources.yaml says of the web desk: the hash of its password, and the socket by which it is reached without one. */
import * as z from 'zod';
import type { DeskSettings } from '../model.ts';
import { passwordHashPattern, readPasswordHash } from '../text/password-hash.ts';
import type { Fault } from './faults.ts';
import type { Kind } from './kinds.ts';
import { expandSecrets } from './secrets.ts';
import { group, text } from './shapes.ts';

const advice = 'Run  relais desk password  and paste the line that it prints';
/** The sentence shows nothing of what is written: it may be the password itself. */
const notAHash = `what stands here is not the hash of a password. Never write the password itself into this file. ${advice}`;

const socket: Kind = {
  expected: 'the name of a socket in the data folder, ending in .sock',
  example: 'desk.sock',
  pattern: /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,60}\.sock$/,
};

const example = 'password: scrypt.15.8.3…';
export const desk = group(
  {
    password: z
      .string({ error: notAHash })
      .regex(new RegExp(`${passwordHashPattern.source}|^\\$\\{[A-Za-z_][A-Za-z0-9_]{0,63}\\}$`), { error: notAHash })
      .meta({
        description: `Turns the web desk on at /desk of  relais start: the hash that  relais desk password  prints; \${NAME} stands for a secret`,
        examples: [`\${DESK_PASSWORD_HASH}`],
        patternErrorMessage: `Expected what  relais desk password  prints`,
      })
      .optional(),
    socket: text(
      socket,
      'Turns the web desk on at a Unix socket in the data folder, without a password: whoever may open the file may use it',
    ).optional(),
  },
  example,
)
  .refine(({ password, socket: name }) => password !== undefined || name !== undefined, {
    error: `there is neither a password nor a socket, so nobody could reach the desk. ${advice}, or write  socket: desk.sock`,
  })
  .meta({ description: 'A small web page for the maintainer, at /desk of  relais start. Off when nothing is said' });

/**
 * The desk as the settings want it, with the secret filled in.
 * Problems: config/missing (a secret that is not set), config/wrong-type (one that is no hash)
 * @param value of the whole file
 */
export function readDesk(
  value: unknown,
  secrets: (name: string) => string | undefined,
): { readonly desk: DeskSettings | undefined; readonly faults: readonly Fault[] } {
  const written = (value as { readonly desk?: { readonly password?: unknown; readonly socket?: unknown } } | null)
    ?.desk;
  if (typeof written !== 'object' || written === null) return { desk: undefined, faults: [] };
  const name = typeof written.socket === 'string' ? written.socket : undefined;
  if (typeof written.password !== 'string') return { desk: { password: undefined, socket: name }, faults: [] };
  const path = ['desk', 'password'];
  const expanded = expandSecrets(written.password, secrets);
  if ('mistake' in expanded)
    return {
      desk: undefined,
      faults: [{ code: 'config/missing', path, at: 'value', text: `password: ${expanded.mistake}` }],
    };
  if (readPasswordHash(expanded.text) === undefined)
    return {
      desk: undefined,
      faults: [
        {
          code: 'config/wrong-type',
          path,
          at: 'value',
          text: `password: ${namedIn(written.password)} is not the hash of a password. ${advice}`,
        },
      ],
    };
  return { desk: { password: expanded.text, socket: name }, faults: [] };
}

/** The name in place of the value: a hash with a slip in it is a hash to guess at all the same. */
function namedIn(written: string): string {
  return /^\$\{\w+\}$/.test(written) ? `what ${written} stands for` : 'what stands here';
}
