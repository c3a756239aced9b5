/** Names that nobody else has: a name or alias that two sources share would credit the wrong one (config/listings.ts). */
import { foldedName } from '../config/listings.ts';
import { hostOf } from '../text/url.ts';

interface Owner {
  readonly key: string;
  readonly partner: unknown;
}

type Settings = Readonly<Record<string, unknown>>;

export class Names {
  private readonly owners = new Map<string, Owner>();

  /** @param key of the source that has them */
  note(key: string, names: readonly string[], partner: unknown): void {
    for (const name of names)
      if (!this.owners.has(foldedName(name))) this.owners.set(foldedName(name), { key, partner });
  }

  /**
   * A name that is taken gets its host in brackets, and an alias that is taken is left out.
   * @returns the settings as they may stand, and a sentence for each change
   */
  settle(key: string, url: string, settings: Settings): { readonly settings: Settings; readonly remarks: string[] } {
    const remarks: string[] = [];
    const { name, aliases, partner } = settings;
    const free = typeof name === 'string' ? this.freeName(name, key, url, partner) : undefined;
    if (free !== name)
      remarks.push(
        `another source is called ${JSON.stringify(name)} already, so this one is called ${JSON.stringify(free)}`,
      );
    const listed = (Array.isArray(aliases) ? aliases : [aliases]).filter((one) => typeof one === 'string');
    const kept = listed.filter((alias) => this.isFree(alias, key, partner));
    for (const alias of listed)
      if (!kept.includes(alias))
        remarks.push(`its alias ${JSON.stringify(alias)} is not taken: another source is called so`);
    this.note(key, [...(free === undefined ? [] : [free]), ...kept], partner);
    const asBefore = kept.length === listed.length ? aliases : kept.length === 0 ? undefined : kept;
    return { settings: { ...settings, name: free, aliases: asBefore }, remarks };
  }

  private isFree(name: string, key: string, partner: unknown): boolean {
    const owner = this.owners.get(foldedName(name));
    return owner === undefined || owner.key === key || (partner !== undefined && partner === owner.partner);
  }

  private freeName(name: string, key: string, url: string, partner: unknown): string {
    if (this.isFree(name, key, partner)) return name;
    const host = hostOf(url) ?? 'feed';
    let free = `${name} (${host})`;
    for (let count = 2; !this.isFree(free, key, partner); count++) free = `${name} (${host} ${count})`;
    return free;
  }
}
