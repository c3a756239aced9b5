/** Where everything is kept, if that is not a file in the data folder: a PostgreSQL server. */
import type { Secret } from '../model.ts';
import { parseUrl } from '../text/url.ts';
import type { Fault } from './faults.ts';
import type { Kind } from './kinds.ts';
import { databaseName, expandSecrets, passwordsIn } from './secrets.ts';
import { text } from './shapes.ts';

const example = `postgres://relais:\${RELAIS_DB_PASSWORD}@db.example:5432/relais`;

const database: Kind = {
  expected: 'the address of a PostgreSQL database',
  example,
  pattern: /^(postgres(ql)?:\/\/\S+|\$\{[A-Za-z_][A-Za-z0-9_]{0,63}\})$/,
};

export const databaseSetting = text(
  database,
  `Keeps everything in PostgreSQL in the place of a file in the data folder, so that several machines can share the work; \${NAME} stands for a secret, and RELAIS_DATABASE_URL in the environment counts for more`,
).optional();

interface DatabaseRead {
  readonly database: string | undefined;
  /** The password in it, which no message may show. */
  readonly secrets: readonly Secret[];
  readonly faults: readonly Fault[];
}

/**
 * Problems: config/bad-url, config/missing (a secret that is not set)
 * @param value of the whole file
 */
export function readDatabase(value: unknown, secrets: (name: string) => string | undefined): DatabaseRead {
  const written = (value as { readonly database?: unknown } | null)?.database;
  const said = typeof written === 'string' ? written : undefined;
  const own = secrets(databaseName);
  if (own !== undefined) return judged(own, `what ${databaseName} holds`);
  if (said === undefined) return { database: undefined, secrets: [], faults: [] };
  const expanded = expandSecrets(said, secrets);
  if ('mistake' in expanded)
    return {
      ...nothing,
      faults: [{ code: 'config/missing', path: ['database'], at: 'value', text: `database: ${expanded.mistake}` }],
    };
  return judged(expanded.text, 'what stands here');
}

const nothing = { database: undefined, secrets: [], faults: [] } as const;

function judged(address: string, what: string): DatabaseRead {
  const read = addressIn(address);
  if ('mistake' in read) {
    const words = `database: ${what} ${read.mistake}`;
    return { ...nothing, faults: [{ code: 'config/bad-url', path: ['database'], at: 'value', text: words }] };
  }
  return { database: read.address, secrets: read.secrets, faults: [] };
}

/** @returns the address with the password in it; or what is wrong, as the end of a sentence, without a word of what is written */
export type AddressRead =
  | { readonly address: string; readonly secrets: readonly Secret[] }
  | { readonly mistake: string };

/** An address as it is typed, with `${NAME}` for secrets. */
export function readAddress(written: string, secrets: (name: string) => string | undefined): AddressRead {
  const expanded = expandSecrets(written, secrets);
  return 'mistake' in expanded ? expanded : addressIn(expanded.text);
}

function addressIn(address: string): AddressRead {
  const url = parseUrl(address);
  const isMeant = url !== undefined && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
  if (!isMeant) return { mistake: `is not the address of a PostgreSQL database, such as  ${example}` };
  return { address, secrets: passwordsIn(url, databaseName) };
}
