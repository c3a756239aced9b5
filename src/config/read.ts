/**
 * The text of sources.yaml → Config, or everything that is wrong with it, each with its line and column. Mistakes in
 * the YAML itself come alone: what follows from them would only be noise.
 */
import type { Config, SourceKey } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import type { Locate, Path, Place } from '../yaml/places.ts';
import { readYaml } from '../yaml/read.ts';
import { strangeFault } from '../yaml/strange.ts';
import { linesOf } from '../yaml/syntax.ts';
import { readAddresses, readMailServer } from './addresses.ts';
import { readBucket } from './bucket.ts';
import { buildConfig } from './build.ts';
import { readDatabase } from './database.ts';
import { readDesk } from './desk.ts';
import { explainIssues } from './explain.ts';
import type { Fault } from './faults.ts';
import { bySource, conflicts, definingListing, readListings } from './listings.ts';
import { type PlainSecret, plainSecrets } from './plain-secrets.ts';
import { checkSettings } from './schema.ts';
import { noteSecrets } from './secrets.ts';

export type ConfigRead =
  | {
      readonly kind: 'config';
      readonly config: Config;
      /** Where a setting of a source stands, or the source where it says none; undefined of settings that were kept. */
      readonly placeOf?: (source: SourceKey, setting: Path) => Place;
      /** Where any setting stands, by its path from the top of the file. */
      readonly placeAt?: (path: Path) => Place;
      /** Where a source stands in the list of a section. */
      readonly placeIn?: (source: SourceKey, section: string) => Place;
      /** What should not stand in the file. */
      readonly plainSecrets?: () => readonly PlainSecret[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads and checks the configuration.
 * Problems: config/syntax, unknown-setting, wrong-type, missing, duplicate, contradiction, bad-url.
 * @param file as the maintainer gave it, for messages
 * @param secrets what `${NAME}` in an address stands for
 */
export function readConfig(text: string, file: string, secrets: (name: string) => string | undefined): ConfigRead {
  const read = readWhole(text, file, secrets);
  const strange = read.kind === 'problems' ? strangeFault(linesOf(text.replace(/^\ufeff/, ''))) : undefined;
  if (strange === undefined) return read;
  const { line, column, text: happened } = strange;
  return { kind: 'problems', problems: [problem('config/syntax', { file, line, column }, happened)] };
}

function readWhole(text: string, file: string, secrets: (name: string) => string | undefined): ConfigRead {
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
  const used = noteSecrets(secrets);
  const { listings, faults: listingFaults } = readListings(value, used.secrets);
  const { addresses, faults: addressFaults } = readAddresses(value, used.secrets);
  const mailServer = readMailServer(value, used.secrets);
  const { desk, faults: deskFaults } = readDesk(value, used.secrets);
  const database = readDatabase(value, used.secrets);
  const { bucket, faults: bucketFaults } = readBucket(value, addresses, used.secrets);
  const schemaFaults = 'issues' in checked ? explainIssues(checked.issues, value) : [];
  const isSaid = new Set(schemaFaults.map((fault) => JSON.stringify(fault.path)));
  const faults = [
    ...schemaFaults,
    ...listingFaults,
    ...conflicts(listings, locate),
    ...mailServer.faults,
    ...[...addressFaults, ...deskFaults, ...bucketFaults, ...database.faults].filter(
      (fault) => !isSaid.has(JSON.stringify(fault.path)),
    ),
  ];
  if ('issues' in checked || faults.length > 0) return failed(faults, file, locate);
  return {
    kind: 'config',
    config: buildConfig(file, checked.settings, {
      listings,
      addresses,
      smtp: mailServer.smtp,
      desk,
      bucket,
      database: database.database,
      secrets: [...used.noted(), ...mailServer.secrets, ...database.secrets].toSorted(
        (a, b) => b.value.length - a.value.length,
      ),
    }),
    placeAt: (path) => locate(path, 'value'),
    placeIn(source, section) {
      const listing = listings.find((one) => one.key === source && one.section === section);
      return locate(listing?.path ?? [], 'value');
    },
    plainSecrets: () => plainSecrets(value),
    placeOf(source, setting) {
      const own = bySource(listings).get(source);
      return locate(own === undefined ? [] : [...definingListing(own).path, ...setting], 'value');
    },
  };
}

const emptyFile =
  'the file is empty. To be asked for what belongs in it:  relais init  . Or write it: three lines are enough:  sections:  and below it  calais:  and below that  - https://example.org/feed';
const notSettings =
  'the file should begin with the name of a setting and a colon, such as  sections:  (a colon needs a space or a new line after it).';

function failed(faults: readonly Fault[], file: string, locate: Locate): ConfigRead {
  const problems = faults
    .map((fault) => problem(fault.code, { file, ...locate(fault.path, fault.at) }, fault.text))
    .toSorted(
      (one, other) =>
        (one.subject.line ?? 0) - (other.subject.line ?? 0) || (one.subject.column ?? 0) - (other.subject.column ?? 0),
    );
  return { kind: 'problems', problems };
}
