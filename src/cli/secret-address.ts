/** An address with `${NAME}` in it, as a person types it → the address to ask, and how what is found there is written down. */
import { insertSources } from '../config/insertion.ts';
import { keyOf } from '../config/listings.ts';
import { withoutReferences } from '../config/secrets.ts';
import type { Config, Secret } from '../model.ts';
import { redactor } from '../text/redact.ts';
import { canonicalUrl } from '../text/url.ts';
import { type CommonOptions, loadChangedSettings } from './settings.ts';

type SecretAddress =
  | {
      /** To be asked; nobody is to see it. */
      readonly address: string;
      readonly secrets: readonly Secret[];
      /** An address as it may stand in the file; undefined where a secret is in it that cannot be taken out. */
      readonly write: (url: string) => string | undefined;
    }
  | { readonly mistake: string };

/** Fills in the secrets of an address, from where those of sources.yaml come from; an address without any stays as it is. */
export async function withSecrets(typed: string, config: Config, options: CommonOptions): Promise<SecretAddress> {
  const text = typed.trim();
  if (!text.includes('${')) return { address: typed, secrets: config.secrets, write: withoutReferences };
  const section = config.sections[0]?.id ?? 'news';
  const known = config.sources.find(({ key }) => key === keyOf(text));
  if (known !== undefined) return { address: known.url, secrets: config.secrets, write: () => text };
  let refusal: string | undefined;
  const read = await loadChangedSettings(options, (before) => {
    const made = insertSources(before, { id: section }, [{ url: text }]);
    if (made.kind === 'inserted') return made.text;
    refusal = made.why;
    return before;
  });
  if (refusal !== undefined) return { mistake: refusal };
  if (read.kind === 'problems')
    return { mistake: (read.problems[0]?.happened ?? '').replace(/^[a-z-]+: (?=\$\{)/, '') };
  const source = read.config.sources.find(({ key }) => key === keyOf(text));
  if (source === undefined) return { mistake: 'This address cannot be asked.' };
  const { secrets } = source;
  const hide = redactor(secrets);
  const write = (url: string): string | undefined => {
    if (canonicalUrl(url) === canonicalUrl(source.url)) return text;
    const hidden = hide(withoutReferences(url));
    return secrets.some(({ value }) => hidden.includes(value)) ? undefined : hidden;
  };
  return { address: source.url, secrets: read.config.secrets, write };
}
