/** What sources.yaml says of the bucket in which the site is to be, with the keys that the environment holds. */
import type { BucketSettings } from '../model.ts';
import type { Addresses } from './addresses.ts';
import type { Fault } from './faults.ts';
import { type Kind, kinds } from './kinds.ts';
import { bucketKeyNames } from './secrets.ts';
import { group, text } from './shapes.ts';

const place: Kind = {
  expected: 'the address of a bucket',
  example: 's3://news/site',
  pattern: /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9_][A-Za-z0-9._-]*)*\/?$/,
  guess: (written) => {
    const [, name] = /^(?:s3:\/*)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/i.exec(written) ?? [];
    return name === undefined ? undefined : `s3://${name.toLowerCase()}`;
  },
};
const endpoint: Kind = { ...kinds.address, example: 'https://s3.example.org' };
const region: Kind = {
  expected: 'the name of a region',
  example: 'eu-central-1',
  pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
  guess: (written) => written.toLowerCase(),
};

export const bucket = group(
  {
    url: text(place, 'The bucket, and the folder in it that the site is to have for itself'),
    endpoint: text(
      endpoint,
      'Where the storage is reached; may be a private address. Amazon’s own when nothing is said, which needs  region',
    ).optional(),
    region: text(region, 'Its region; us-east-1 when nothing is said and there is an  endpoint').optional(),
  },
  'url: s3://news/site',
).meta({
  description:
    'Puts the site into object storage that speaks S3, in place of the folder data/site; its keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment',
});

/** What many servers that are not Amazon's take, whatever they call their own. */
const usualRegion = 'us-east-1';

/**
 * The bucket as the settings want it, with its keys.
 * Problems: config/missing (a key, or a region that Amazon needs)
 * @param value of the whole file
 */
export function readBucket(
  value: unknown,
  addresses: Addresses,
  secrets: (name: string) => string | undefined,
): { readonly bucket: BucketSettings | undefined; readonly faults: readonly Fault[] } {
  const written = (value as { readonly site?: { readonly bucket?: Written } | null } | null)?.site?.bucket;
  if (typeof written !== 'object' || written === null || typeof written.url !== 'string')
    return { bucket: undefined, faults: [] };
  const missing = (what: string): Fault => ({
    code: 'config/missing',
    path: ['site', 'bucket', 'url'],
    at: 'value',
    text: `bucket: ${what}`,
  });
  const { id: idName, secret: secretName, session: sessionName } = bucketKeyNames;
  const faults = [idName, secretName]
    .filter((name) => secrets(name) === undefined)
    .map((name) => {
      const how = `Set it in the environment, or ${name}_FILE to the name of a file that holds it.`;
      return missing(`${name} is not set. ${how}`);
    });
  const isElsewhere = typeof written.endpoint === 'string';
  if (!isElsewhere && typeof written.region !== 'string')
    faults.push(missing('Amazon wants to know its region. Write it beside  url,  for example  region: eu-central-1'));
  const [id, secret] = [secrets(idName), secrets(secretName)];
  if (faults.length > 0 || id === undefined || secret === undefined) return { bucket: undefined, faults };
  const [name = '', ...folders] = written.url.replace(/^s3:\/\//, '').split('/');
  const prefix = folders
    .filter((folder) => folder !== '')
    .map((folder) => `${folder}/`)
    .join('');
  const regionOf = typeof written.region === 'string' ? written.region : usualRegion;
  const keys = { id, secret, session: secrets(sessionName) };
  return {
    bucket: { name, prefix, endpoint: addresses.get('site.bucket.endpoint'), region: regionOf, keys },
    faults: [],
  };
}

interface Written {
  readonly url?: unknown;
  readonly endpoint?: unknown;
  readonly region?: unknown;
}
