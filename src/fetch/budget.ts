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

/** Feeds of ordinary groups; there is always room for a few dozen of these. */
export const smallBytes = 262_144;
/** What those that outgrow it may have together. */
const largeTotal = 16 * 1_048_576;
/** What all but one may have together. */
const total = 24 * 1_048_576;

export function openBudget(): Budget {
  let used = 0;
  let unbounded: Claim | undefined;
  let waiting: Waiting[] = [];

  function hasGot(claim: Claim, bytes: number): boolean {
    if (claim.isUnbounded) return true;
    const after = used + bytes - claim.bytes;
    if (after > (bytes <= smallBytes ? total : largeTotal)) return false;
    used = after;
    claim.bytes = bytes;
    return true;
  }

  /** Whoever has waited longest comes first, for room and for the right to be of any size. */
  function serve(): void {
    waiting = waiting.filter(({ claim, bytes, resolve }) => {
      if (unbounded === undefined && !hasGot(claim, bytes)) {
        used -= claim.bytes;
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
        if (claim.isUnbounded && (bytes === 0 || used + bytes <= largeTotal)) {
          claim.isUnbounded = false;
          claim.bytes = 0;
          unbounded = undefined;
        }
        if (!claim.isUnbounded) used += bytes - claim.bytes;
        claim.bytes = bytes;
        claim.hasEnded = bytes === 0;
        serve();
      },
    };
  }

  return { open };
}
