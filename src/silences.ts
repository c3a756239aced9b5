/** What hosts have asked of us while anything was asked of them: to be left alone for a while. */
import type { Network } from './edges.ts';
import type { Library } from './library.ts';
import type { Instant } from './model.ts';

/**
 * Hosts that have just asked us to wait are left alone by later runs too, whichever process does them.
 * @param kept those that the library knows, and afterwards these too
 */
export async function keepSilences(
  { network, library }: { readonly network: Pick<Network, 'silences'>; readonly library: Pick<Library, 'silence'> },
  kept: Map<string, Instant>,
): Promise<void> {
  for (const [host, until] of network.silences()) {
    if (kept.get(host) === until) continue;
    kept.set(host, until);
    await library.silence(host, until);
  }
}
