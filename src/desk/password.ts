/** The password of the web desk → its hash, and whether one that is typed is right. Costs a tenth of a second and 32 MiB, beside this thread. */
import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { hashBytes, readPasswordHash, usualCost, writePasswordHash } from '../text/password-hash.ts';

/** Shorter ones are refused: two guesses a minute for a year are a million. */
export const leastCharacters = 12;
/** A longer one is not even looked at. */
export const mostCharacters = 200;

/** @param salt chance of 128 bits or more. @returns what stands in sources.yaml */
export async function hashPassword(password: string, salt: string): Promise<string> {
  const bytes = Buffer.from(salt, 'base64url');
  const hash = await derive(password, bytes, usualCost);
  return writePasswordHash({ ...usualCost, salt: bytes, hash });
}

/** @param written as it stands in sources.yaml. Takes as long for a wrong password as for the right one */
export async function isPassword(password: string, written: string): Promise<boolean> {
  const kept = readPasswordHash(written);
  if (kept === undefined || password.length > mostCharacters) return false;
  return timingSafeEqual(await derive(password, kept.salt, kept), kept.hash);
}

/** One letter may be typed as one sign or as two, which depends on the keyboard: NFKC makes them one. */
async function derive(
  password: string,
  salt: Buffer,
  { cost, blockSize, parallel }: { readonly cost: number; readonly blockSize: number; readonly parallel: number },
): Promise<Buffer> {
  const N = 2 ** cost;
  const options: ScryptOptions = { N, r: blockSize, p: parallel, maxmem: 256 * N * blockSize };
  return await new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
