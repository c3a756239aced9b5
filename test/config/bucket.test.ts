/** The bucket of a site, from sources.yaml and the environment. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/model.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-bucket-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 's3cret/key' };
const sections = 'sections: { calais: [ "https://a.example/feed" ] }\n';

async function read(site: string, env: Readonly<Record<string, string>> = keys): Promise<Config | string[]> {
  const file = join(folder, 'sources.yaml');
  writeFileSync(file, `${site === '' ? '' : `site:\n${site}\n`}${sections}`);
  const result = await loadConfig(file, env);
  if (result.kind === 'config') return result.config;
  return result.problems.map(({ code, subject, happened }) => `${code} ${subject.line}: ${happened}`);
}

const bucket = (settings: string): string => `  bucket: { ${settings} }`;

test('a bucket, the folder in it, where it is, and its keys', async () => {
  const config = await read(bucket('url: s3://news/a/site, endpoint: "http://10.0.0.9:9000"'));
  expect(config).toMatchObject({
    bucket: {
      name: 'news',
      prefix: 'a/site/',
      endpoint: 'http://10.0.0.9:9000',
      region: 'us-east-1',
      keys: { id: 'AKIDEXAMPLE', secret: 's3cret/key', session: undefined },
    },
    secrets: [{ value: 'AKIDEXAMPLE' }, { value: 's3cret/key' }],
  });
  expect(await read(bucket('url: s3://news/, region: eu-west-3'))).toMatchObject({
    bucket: { name: 'news', prefix: '', endpoint: undefined, region: 'eu-west-3' },
  });
});

test('its keys may be in files, and may hold for a session', async () => {
  writeFileSync(join(folder, 'key'), 'from-a-file\n');
  const env = {
    AWS_ACCESS_KEY_ID: 'A',
    AWS_SECRET_ACCESS_KEY_FILE: join(folder, 'key'),
    AWS_SESSION_TOKEN: 'for-now',
  };
  expect(await read(bucket('url: s3://news, region: eu-west-3'), env)).toMatchObject({
    bucket: { keys: { id: 'A', secret: 'from-a-file', session: 'for-now' } },
  });
});

test('without a bucket the environment of other programs is nobody’s business', async () => {
  expect(await read('  title: News')).toMatchObject({ secrets: [] });
  expect(await read('  title: News')).not.toHaveProperty('bucket');
});

test('another bucket is published anew, other keys are not', async () => {
  const hash = async (settings: string, env = keys): Promise<string> => {
    const config = await read(settings, env);
    if (Array.isArray(config)) throw new Error(config.join());
    return config.hash;
  };
  const here = bucket('url: s3://news/site, region: eu-west-3');
  const other = { ...keys, AWS_SECRET_ACCESS_KEY: 'another' };
  expect(await hash(here, other)).toBe(await hash(here));
  const hashes = [here, bucket('url: s3://news, region: eu-west-3'), '  title: Relais', ''];
  const made = [];
  for (const one of hashes) made.push(await hash(one));
  expect(new Set(made).size).toBe(3); // the last two say the same
});

test.each([
  [
    bucket('url: s3://news/site, region: eu-west-3'),
    {},
    [
      'config/missing 2: bucket: AWS_ACCESS_KEY_ID is not set. Set it in the environment, or AWS_ACCESS_KEY_ID_FILE to the name of a file that holds it.',
      'config/missing 2: bucket: AWS_SECRET_ACCESS_KEY is not set. Set it in the environment, or AWS_SECRET_ACCESS_KEY_FILE to the name of a file that holds it.',
    ],
  ],
  [
    bucket('url: s3://news'),
    keys,
    [
      'config/missing 2: bucket: Amazon wants to know its region. Write it beside  url,  for example  region: eu-central-1',
    ],
  ],
  [
    bucket('url: news, region: eu-west-3'),
    keys,
    ['config/wrong-type 2: url: "news" is not the address of a bucket. Write s3://news.'],
  ],
  [
    bucket('url: "s3://news/../old", region: eu-west-3'),
    keys,
    ['config/wrong-type 2: url: "s3://news/../old" is not the address of a bucket. Write for example s3://news/site.'],
  ],
  [
    bucket('url: s3://news, endpoint: s3.example.org'),
    keys,
    ['config/bad-url 2: endpoint: "s3.example.org" is not a web address. Write https://s3.example.org.'],
  ],
  [
    bucket('url: s3://news, region: eu-west-3, key: abc'),
    keys,
    ['config/unknown-setting 2: unknown setting "key". Here you can write url, endpoint, region.'],
  ],
  [
    '  bucket: s3://news',
    keys,
    [expect.stringMatching(/config\/wrong-type 2: bucket: "s3:\/\/news" is not a group of settings/)],
  ],
])('%s', async (site, env, expected) => {
  expect(await read(site, env)).toEqual(expected);
});
