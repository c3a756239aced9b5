/**
 * How much of a text another has, as people are told it. How many passages that is changes with every footer that is learned, and says
 * nothing to anybody: a page that named them would be another one each time.
 * @param quote of evidence by passages: `shared/all`
 * @returns per cent, in tens; 10 at least where anything is shared
 */
export function shareOf(quote: string): number {
  const [shared = 0, all = 0] = quote.split('/').map(Number);
  if (!(shared > 0 && all > 0)) return 0;
  return Math.max(10, Math.round((10 * shared) / all) * 10);
}
