/**
 * How the password of the web desk stands in sources.yaml: `scrypt.15.8.3.SALT.HASH`, with the cost (as a power of two), block size
 * and parallelism it was hashed with (RFC 7914), and both byte strings in base64url. No letter of it means anything to YAML or a shell.
 */

export interface PasswordHash {
  /** N is two to the power of this. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** OWASP Password Storage Cheat Sheet: scrypt with N=2^15, r=8, p=3, which takes 32 MiB. */
export const usualCost = { cost: 15, blockSize: 8, parallel: 3 } as const;
/** Bytes of a hash. */
export const hashBytes = 32;

/** As it is written, for the JSON Schema too. */
export const passwordHashPattern = /^scrypt\.\d{2}\.\d{1,2}\.\d{1,2}\.[A-Za-z0-9_-]{22,128}\.[A-Za-z0-9_-]{43}$/;

export function writePasswordHash({ cost, blockSize, parallel, salt, hash }: PasswordHash): string {
  return `scrypt.${cost}.${blockSize}.${parallel}.${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

/** @returns undefined where it is none, or one so cheap that it protects nothing, or so dear that nobody could log in */
export function readPasswordHash(written: string): PasswordHash | undefined {
  if (!passwordHashPattern.test(written)) return undefined;
  const [, cost = '', blockSize = '', parallel = '', salt = '', hash = ''] = written.split('.');
  const read = {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallel: Number(parallel),
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
  const isBounded =
    read.cost >= 14 && read.cost <= 17 && read.blockSize === 8 && read.parallel >= 1 && read.parallel <= 8;
  return isBounded && read.hash.length === hashBytes ? read : undefined;
}
