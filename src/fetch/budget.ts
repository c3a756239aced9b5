/**
 * Bodies in memory share a budget of bytes, from the first piece until they have been read: whose turn to grow it is not
 * waits. One of them at a time may be of any size, so that half-read bodies cannot wait for each other for ever.
 */
/** What one body has of it. */
export interface Share {
  /**
   * Makes room for so many bytes in all, and never gives any back.
   * @returns undefined where there is room now
   */
  need(bytes: number): Promise<void> | undefined;
  /** The body is whole and has so many bytes; 0 when it is no longer needed, which ends the share. */
  settle(bytes: number): void;
}

export interface Budget {
  open(): Share;
}

interface Claim {
  bytes: number;
  /** It is the one that may be of any size; its bytes are not counted. */
  isUnbounded: boolean;
  hasEnded: boolean;
}

interface Waiting {
  readonly claim: Claim;
  readonly bytes: number;
  readonly resolve: () => void;
}

/** Feeds of ordinary groups. */
export const smallBytes = 262_144;
/** What those that do not outgrow it may have together: as many as the reader has to do for seconds. */
const smallTotal = 8 * 1_048_576;
/** What all others but one may have together. */
const largeTotal = 16 * 1_048_576;

export function openBudget(): Budget {
  const small = { used: 0, total: smallTotal };
  const large = { used: 0, total: largeTotal };
  const poolOf = (bytes: number): typeof small => (bytes <= smallBytes ? small : large);
  let unbounded: Claim | undefined;
  let waiting: Waiting[] = [];

  function take(claim: Claim, bytes: number): void {
    poolOf(claim.bytes).used -= claim.bytes;
    poolOf(bytes).used += bytes;
    claim.bytes = bytes;
  }

  function hasGot(claim: Claim, bytes: number): boolean {
    if (claim.isUnbounded) return true;
    const pool = poolOf(bytes);
    const own = pool === poolOf(claim.bytes) ? claim.bytes : 0;
    if (pool.used + bytes - own > pool.total) return false;
    take(claim, bytes);
    return true;
  }

  /** Whoever has waited longest comes first, for room and for the right to be of any size. */
  function serve(): void {
    waiting = waiting.filter(({ claim, bytes, resolve }) => {
      if (unbounded === undefined && !hasGot(claim, bytes)) {
        take(claim, 0);
        claim.isUnbounded = true;
        unbounded = claim;
      }
      if (!hasGot(claim, bytes)) return true;
      resolve();
      return false;
    });
  }

  function open(): Share {
    const claim: Claim = { bytes: 0, isUnbounded: false, hasEnded: false };
    return {
      need(bytes) {
        if (claim.hasEnded || bytes <= claim.bytes || hasGot(claim, bytes)) return undefined;
        return new Promise((resolve) => {
          waiting.push({ claim, bytes, resolve });
          serve();
        });
      },
      settle(bytes) {
        if (claim.hasEnded) return;
        waiting = waiting.filter((one) => one.claim !== claim);
        const pool = poolOf(bytes);
        if (claim.isUnbounded && (bytes === 0 || pool.used + bytes <= pool.total)) {
          claim.isUnbounded = false;
          unbounded = undefined;
        }
        if (!claim.isUnbounded) take(claim, bytes);
        claim.hasEnded = bytes === 0;
        serve();
      },
    };
  }

  return { open };
}
