/**
 * The text of sources.yaml → Config, or everything that is wrong with it, each with its line and column. Mistakes in
 * the YAML itself come alone: what follows from them would only be noise.
 */
import type { Config } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { canonicalUrl } from '../text/url.ts';
import { buildConfig } from './build.ts';
import { explainIssues } from './explain.ts';
import type { Fault, Locate } from './faults.ts';
import { addressPattern } from './kinds.ts';
import { conflicts, readListings } from './listings.ts';
import { checkSettings } from './schema.ts';
import { expandSecrets } from './secrets.ts';
import { emptyFile, notSettings } from './syntax.ts';
import { readYaml } from './yaml.ts';

export type ConfigRead =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads and checks the configuration.
 * Problems: config/syntax, unknown-setting, wrong-type, missing, duplicate, contradiction, bad-url.
 * @param file as the maintainer gave it, for messages
 * @param secrets what `${NAME}` in an address stands for
 */
export function readConfig(text: string, file: string, secrets: (name: string) => string | undefined): ConfigRead {
  const yaml = readYaml(text);
  if (yaml.kind === 'errors') {
    const problems = yaml.errors.map(({ line, column, text: happened }) =>
      problem('config/syntax', { file, line, column }, happened),
    );
    return { kind: 'problems', problems };
  }
  const { value, locate } = yaml;
  if (value === null) return failed([{ code: 'config/missing', path: [], at: 'value', text: emptyFile }], file, locate);
  if (typeof value !== 'object' || Array.isArray(value)) {
    return failed([{ code: 'config/wrong-type', path: [], at: 'value', text: notSettings }], file, locate);
  }
  const checked = checkSettings(value);
  const { listings, faults: addressFaults } = readListings(value, secrets);
  const siteUrl = readSiteUrl(value, secrets);
  const faults = [
    ...('issues' in checked ? explainIssues(checked.issues, value) : []),
    ...addressFaults,
    ...conflicts(listings, locate),
    ...('fault' in siteUrl ? [siteUrl.fault] : []),
  ];
  if ('issues' in checked || 'fault' in siteUrl || faults.length > 0) return failed(faults, file, locate);
  return { kind: 'config', config: buildConfig(file, checked.settings, listings, siteUrl.url) };
}

function failed(faults: readonly Fault[], file: string, locate: Locate): ConfigRead {
  const problems = faults
    .map((fault) => problem(fault.code, { file, ...locate(fault.path, fault.at) }, fault.text))
    .toSorted(
      (one, other) =>
        (one.subject.line ?? 0) - (other.subject.line ?? 0) || (one.subject.column ?? 0) - (other.subject.column ?? 0),
    );
  return { kind: 'problems', problems };
}

/** `site.url` as a folder: with a slash at its end, without query and fragment. */
function readSiteUrl(
  value: object,
  secrets: (name: string) => string | undefined,
): { readonly url: string | undefined } | { readonly fault: Fault } {
  const written = (value as { readonly site?: { readonly url?: unknown } | null }).site?.url;
  if (typeof written !== 'string' || !addressPattern.test(written)) return { url: undefined }; // the schema has said so
  const path = ['site', 'url'];
  const expanded = expandSecrets(written, secrets);
  if ('mistake' in expanded)
    return { fault: { code: 'config/missing', path, at: 'value', text: `url: ${expanded.mistake}` } };
  const canonical = canonicalUrl(expanded.text);
  if (canonical === undefined) {
    const text = `url: ${JSON.stringify(written)} is not a web address. Write for example https://news.example.org/`;
    return { fault: { code: 'config/bad-url', path, at: 'value', text } };
  }
  const url = new URL(canonical);
  url.search = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return { url: url.href };
}
