/** Addresses with `${NAME}` in them → the address to ask, or the sentence that says which secret is not there. */
import type { Secret } from '../model.ts';

/** Names the mail server of digests: an address with a password in it has no place in sources.yaml. */
export const mailServerName = 'RELAIS_SMTP_URL';

/** Names the database; counts for more than what sources.yaml says: the same file serves a test and the real relay. */
export const databaseName = 'RELAIS_DATABASE_URL';

/** By these names every program knows the keys of object storage, the last one for keys that hold for some hours: they have no place there either. */
export const bucketKeyNames = {
  id: 'AWS_ACCESS_KEY_ID',
  secret: 'AWS_SECRET_ACCESS_KEY',
  session: 'AWS_SESSION_TOKEN',
} as const;

const reference = /\$\{([^}]*)\}/g;
const namePattern = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Looks secrets up and notes which were used. `noted` gives them longest first: a short one may be part of a long one. */
export function noteSecrets(secrets: (name: string) => string | undefined): {
  readonly secrets: (name: string) => string | undefined;
  readonly noted: () => readonly Secret[];
} {
  const used = new Map<string, string>();
  return {
    secrets: (name) => {
      const value = secrets(name);
      if (value !== undefined) used.set(name, value);
      return value;
    },
    noted: () => longestFirst(used),
  };
}

function longestFirst(values: ReadonlyMap<string, string>): readonly Secret[] {
  const secrets = [...values].map(([name, value]) => ({ name, value }));
  return secrets.toSorted((one, other) => other.value.length - one.value.length);
}

/**
 * An address that somebody else has written, as it may stand in the settings: what looks like one of our references would be filled in when
 * they are read, and sent to whoever wrote it.
 */
export function withoutReferences(url: string): string {
  return url.replaceAll('${', '%24{');
}

type Expanded = { readonly text: string; readonly secrets: readonly Secret[] } | { readonly mistake: string };

/**
 * @param secrets the value of a name, undefined where nobody has set it
 * @returns the address with the secrets that are in it, longest first
 */
export function expandSecrets(written: string, secrets: (name: string) => string | undefined): Expanded {
  for (const [whole, name = ''] of written.matchAll(reference)) {
    if (!namePattern.test(name))
      return { mistake: `${whole} is no name of a secret: letters, digits and _ only, as in \${MEMBERS_KEY}.` };
    if (secrets(name) === undefined) {
      return {
        mistake: `${whole} is not set. Set ${name} in the environment, or ${name}_FILE to the name of a file that holds it.`,
      };
    }
  }
  const used = new Map<string, string>();
  const text = written.replace(reference, (_, name: string) => {
    const value = secrets(name) ?? '';
    used.set(name, value);
    return value;
  });
  return { text, secrets: longestFirst(used) };
}

/** Shorter ones stand in other words by chance. */
const leastPassword = 5;

/** The password of an address, as it is written there and as it is, so that no message shows either. */
export function passwordsIn({ password }: Pick<URL, 'password'>, name: string): readonly Secret[] {
  const forms = new Set([password, decoded(password)].filter((form) => form.length >= leastPassword));
  return [...forms].map((value) => ({ name, value }));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
