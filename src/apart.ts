/** What a process beside the main one does whatever its work is: it lives as long as that one, takes bodies, and tells. */
import { once } from 'node:events';

/** Ctrl-C and `systemctl stop` reach every process of the group: the one that asks decides when we end. */
export function standBeside(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit());
}

/** Resolves when it has gone out: what waits to go is in memory too. */
export function tell(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

/** The next bytes of standard input. */
export async function takeBody(bytes: number): Promise<Uint8Array> {
  const body = Buffer.allocUnsafe(bytes);
  let length = 0;
  while (length < bytes) {
    const piece: Buffer | null = process.stdin.read();
    if (piece === null) await once(process.stdin, 'readable');
    else length += piece.copy(body, length);
  }
  return body;
}

/** An error of ours, for whoever asked. */
export function defectOf(error: unknown): { readonly kind: 'defect'; readonly message: string } {
  return { kind: 'defect', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}
