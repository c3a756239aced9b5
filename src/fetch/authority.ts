/** A PEM file of the maintainer's becomes authorities that are believed beside the system's; none is ever taken away. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SecureContext } from 'node:tls';
import { stopped } from './failure.ts';

/** What connections of one request believe; made when the first of them needs it. @throws Stopped with fetch/authority */
export type Context = () => Promise<SecureContext>;

/**
 * Opens the memory of contexts already made: making one takes as long as some requests, and with own authorities a
 * hundred.
 * @returns the context for a file, read anew each time; for undefined, that of the system's authorities alone
 */
export function openAuthorities(): (file: string | undefined) => Context {
  const contexts = new Map<string, SecureContext>();
  return (file) => async () => {
    const pem = file === undefined ? '' : await certificatesIn(file);
    const known = contexts.get(pem);
    if (known !== undefined) return known;
    const { createSecureContext, rootCertificates } = await import('node:tls');
    const context = createSecureContext(pem === '' ? {} : { ca: [...rootCertificates, pem] });
    contexts.set(pem, context);
    return context;
  };
}

/** @throws Stopped with fetch/authority */
async function certificatesIn(file: string): Promise<string> {
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    throw stopped('fetch/authority', `${file}: ${reasonOf(error)}`);
  });
  // OpenSSL passes over what it cannot read, and the partner would be blamed for it.
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw stopped('fetch/authority', `${file}: there is no certificate in it`);
  if (!blocks.every(isCertificate)) throw stopped('fetch/authority', `${file}: a certificate in it is damaged`);
  return blocks.join('\n');
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'Relais may not read it';
  return error instanceof Error ? error.message : String(error);
}
