/**
 * What is asked of a bucket, by the one library that speaks its protocol (S3). Keys go in and come out without the folder in
 * the bucket that is ours, and none leads out of it. What may pass (a server that is busy or slow, a lost connection) is tried up to
 * five times; what remains becomes a problem in words.
 */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { BucketSettings } from '../../model.ts';
import { Halt } from '../../problems.ts';
import { isNotThere, refusalOf } from './refusals.ts';

/** A file in the bucket, as a listing tells of it. */
export interface Stored {
  readonly size: number;
  /** MD5 of its bytes in hexadecimal, unless the bucket is encrypted with keys of its owner: then anything. */
  readonly etag: string;
}

/** A file as it is to be. */
export interface Upload {
  readonly body: Uint8Array;
  /** MD5 of the body in hexadecimal: the server refuses what came otherwise. */
  readonly md5: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Each of them throws Halt with `publish/bucket-…`; an Error for a key that leads out of the folder, which is a bug of ours. */
export interface BucketRequests {
  /** All files whose keys begin with `under`: one request for a thousand. */
  list(under: string): Promise<Map<string, Stored>>;
  /** @returns undefined where there is no such file */
  read(key: string): Promise<string | undefined>;
  /** There, whole, when it resolves; until then what was there before. */
  put(key: string, upload: Upload): Promise<void>;
  /** Inside the bucket: no byte of it comes this way. Content type and caching come along. */
  copy(from: string, to: string): Promise<void>;
  /** A file that is not there is no failure. */
  remove(key: string): Promise<void>;
}

/** Tries in all; between them the library waits longer and longer, and longest for a server that says it is overloaded. */
const tries = 5;
const connectMs = 10_000;
/** Without a byte. */
const silentMs = 60_000;

/** Opens nothing yet: the first request does. */
export function openRequests(settings: BucketSettings): BucketRequests {
  const { name, prefix, endpoint, region, keys } = settings;
  const client = new S3Client({
    region,
    credentials: {
      accessKeyId: keys.id,
      secretAccessKey: keys.secret,
      ...(keys.session !== undefined && { sessionToken: keys.session }),
    },
    // Not every server has a name for each of its buckets; every one knows them by path.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    maxAttempts: tries,
    requestHandler: { connectionTimeout: connectMs, requestTimeout: silentMs, throwOnRequestTimeout: true },
    // Newer sums, which Amazon asks of nobody and other servers refuse; the MD5 that we send each of them checks.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const asking = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const refusal = refusalOf(error, settings);
      if (refusal === undefined) throw error;
      throw new Halt(refusal, { cause: error });
    }
  };
  const keyOf = (key: string): string => {
    if (!isKey(key)) throw new Error(`no key for a file: ${JSON.stringify(key)}`);
    return `${prefix}${key}`;
  };
  return {
    list: (under) =>
      asking(async () => {
        const found = new Map<string, Stored>();
        const Prefix = `${prefix}${under}`;
        let next: string | undefined;
        do {
          const page = await client.send(
            new ListObjectsV2Command({ Bucket: name, Prefix, ...(next !== undefined && { ContinuationToken: next }) }),
          );
          for (const { Key = '', Size = 0, ETag = '' } of page.Contents ?? [])
            if (Key.startsWith(Prefix))
              found.set(Key.slice(prefix.length), { size: Size, etag: ETag.replaceAll('"', '') });
          next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
        } while (next !== undefined);
        return found;
      }),
    read: (key) =>
      asking(async () => {
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: keyOf(key) }));
          return await Body?.transformToString();
        } catch (error) {
          if (isNotThere(error)) return undefined;
          throw error;
        }
      }),
    put: (key, { body, md5, contentType, cacheControl }) =>
      asking(async () => {
        const ContentMD5 = Buffer.from(md5, 'hex').toString('base64');
        const how = { ContentMD5, ContentType: contentType, CacheControl: cacheControl };
        await client.send(new PutObjectCommand({ Bucket: name, Key: keyOf(key), Body: body, ...how }));
      }),
    copy: (from, to) =>
      asking(async () => {
        const CopySource = `${name}/${keyOf(from)}`;
        await client.send(new CopyObjectCommand({ Bucket: name, Key: keyOf(to), CopySource }));
      }),
    remove: (key) =>
      asking(async () => {
        try {
          await client.send(new DeleteObjectCommand({ Bucket: name, Key: keyOf(key) }));
        } catch (error) {
          if (!isNotThere(error)) throw error; // some servers say so, Amazon's does not
        }
      }),
  };
}

/** Hidden names are for what no reader is led to; none goes up. */
function isKey(key: string): boolean {
  return key.split('/').every((name) => /^\.?[a-z0-9][a-z0-9.-]{0,199}$/.test(name));
}
