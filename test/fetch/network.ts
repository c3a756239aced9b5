/** A network for tests: small limits, loopback allowed, a clock that stands still. */
import type { Clock } from '../../src/edges.ts';
import type { FetchRequest, NetworkLimits } from '../../src/model.ts';

export const limits: NetworkLimits = {
  allow: ['127.0.0.1'],
  ports: [],
  proxy: undefined,
  spacingMs: 0,
  parallel: 8,
  totalMs: 5_000,
  wireBytes: 64 * 1_024,
  unpackedBytes: 256 * 1_024,
};

export const now = Date.UTC(2025, 2, 1, 3, 0, 0);
export const stillClock: Clock = { now: () => now, wait: () => Promise.resolve() };
export const userAgent = 'relais/0 (+https://host.example/)';

/** A request without memory of an earlier one, but for what is given. */
export function ask(url: string, part: Partial<Omit<FetchRequest, 'url'>> = {}): FetchRequest {
  return { url, validators: { etag: undefined, lastModified: undefined }, bodyHash: undefined, ...part };
}
