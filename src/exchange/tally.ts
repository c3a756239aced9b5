/** Settings that many sources have and Relais has no place for: told once for all of them, and not a hundred times. */

export class Tally {
  private readonly counts = new Map<string, number>();

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** A sentence, or none where nothing was left behind. */
  sentence(): string | undefined {
    if (this.counts.size === 0) return undefined;
    const shown = [...this.counts].slice(0, 12).map(([name, count]) => `${name} (${count})`);
    const more = this.counts.size > shown.length ? ` and ${this.counts.size - shown.length} others` : '';
    return `not taken, since Relais has no place for it: ${shown.join(', ')}${more}`;
  }
}
