/** A picture that has been made anew is called by its bytes, wherever it is kept: once there, always the same. */
import { createHash } from 'node:crypto';

const named = /^[0-9a-f]{32}\.(jpg|png)$/;

export function pictureName(bytes: Uint8Array, type: 'jpg' | 'png'): string {
  return `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.${type}`;
}

/** What else lies beside pictures is not ours, or not whole. */
export function isPictureName(name: string): boolean {
  return named.test(name);
}
