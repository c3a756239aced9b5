/**
 * A server on loopback that speaks as much of S3 as Relais asks for: put, get, copy, delete and listings by pages. It believes nobody:
 * the signature (version 4) is computed anew from what came over the wire, by code that shares nothing with the client, and so are the
 * body's SHA-256 and MD5. Written by hand, since no package that tests could install checks these signatures on Node 20.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BucketSettings } from '../../src/model.ts';
import type { PublishedFile } from '../crash/site.ts';

interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** What was asked, without the bucket's name: `PUT site/index.html`, `LIST site/`. */
export type Asked = string;

type Trouble = { readonly status: number; readonly code: string } | 'hang up';

export interface BucketServer {
  readonly settings: BucketSettings;
  readonly objects: Map<string, StoredObject>;
  /** In the order in which they came, tries that were refused too. */
  readonly asked: Asked[];
  /** Decides before anything is done; undefined lets the request pass. */
  trouble: (asked: Asked) => Trouble | undefined;
  /** Keys in one page of a listing. */
  pageSize: number;
  /** Told at each request how many are under way. */
  onBusy: (count: number) => void;
  /** Before each answer. */
  slowMs: number;
  /** What of it is the site's, as a reader could meet it. */
  files(): PublishedFile[];
  close(): Promise<void>;
}

/** Requests that change something. */
export function writes(asked: readonly Asked[]): Asked[] {
  return asked.filter((one) => /^(PUT|COPY|DELETE) /.test(one));
}

const [id, secret, region, bucket] = ['AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'eu-test-1', 'news'];

export async function startBucket(prefix = 'site/'): Promise<BucketServer> {
  const objects = new Map<string, StoredObject>();
  const state: Pick<BucketServer, 'asked' | 'trouble' | 'pageSize' | 'onBusy' | 'slowMs'> = {
    asked: [],
    onBusy: () => undefined,
    slowMs: 0,
    trouble: () => undefined,
    pageSize: 1_000,
  };
  const answer = (request: IncomingMessage, body: Buffer): Reply | 'hang up' => {
    const url = new URL(request.url ?? '/', 'http://bucket.invalid');
    const [, name = '', ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const from = request.headers['x-amz-copy-source'];
    const isList = request.method === 'GET' && url.searchParams.get('list-type') === '2';
    const verb = isList ? 'LIST' : from !== undefined ? 'COPY' : (request.method ?? '');
    const asked = `${verb} ${isList ? (url.searchParams.get('prefix') ?? '') : key}`;
    state.asked.push(asked);
    const trouble = state.trouble(asked);
    if (trouble === 'hang up') return trouble;
    if (trouble !== undefined) return refusal(trouble.status, trouble.code);
    const doubt = doubtOf(request, url, body);
    if (doubt !== undefined) return refusal(...doubt);
    if (name !== bucket) return refusal(404, 'NoSuchBucket');
    switch (verb) {
      case 'LIST':
        return { status: 200, headers: xml, body: listing(url.searchParams) };
      case 'PUT': {
        const {
          'content-md5': md5,
          'content-type': contentType = '',
          'cache-control': cacheControl = '',
        } = request.headers;
        if (md5 !== createHash('md5').update(body).digest('base64')) return refusal(400, 'BadDigest');
        objects.set(key, { body, contentType, cacheControl });
        return { status: 200, headers: { ETag: etagOf(body) } };
      }
      case 'COPY': {
        const source = objects.get(decodeURIComponent(String(from)).replace(/^\/?news\//, ''));
        if (source === undefined) return refusal(404, 'NoSuchKey');
        objects.set(key, source);
        return {
          status: 200,
          headers: xml,
          body: `<CopyObjectResult><ETag>${etagOf(source.body)}</ETag></CopyObjectResult>`,
        };
      }
      case 'DELETE':
        objects.delete(key);
        return { status: 204, headers: {} };
      case 'GET': {
        const found = objects.get(key);
        if (found === undefined) return refusal(404, 'NoSuchKey');
        return {
          status: 200,
          headers: { ETag: etagOf(found.body), 'Content-Type': found.contentType },
          body: found.body,
        };
      }
      default:
        return refusal(501, 'NotImplemented');
    }
  };
  /** Keys in the order of their bytes; a token is the last key of the page before. */
  const listing = (query: URLSearchParams): string => {
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort();
    const page = keys.slice(0, state.pageSize);
    const contents = page.map((key) => {
      const { body } = objects.get(key) ?? { body: Buffer.alloc(0) };
      return `<Contents><Key>${key}</Key><ETag>${etagOf(body).replaceAll('"', '&quot;')}</ETag><Size>${body.length}</Size></Contents>`;
    });
    const more = keys.length > page.length;
    const token = more ? Buffer.from(page.at(-1) ?? '').toString('base64') : '';
    const next = more ? `<NextContinuationToken>${token}</NextContinuationToken>` : '';
    return `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  };
  let busy = 0;
  const server = createServer((request, response) => {
    busy += 1;
    state.onBusy(busy);
    response.on('close', () => {
      busy -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', async () => {
      if (state.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, state.slowMs));
      const reply = answer(request, Buffer.concat(chunks));
      if (reply === 'hang up') request.socket.destroy();
      else response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    objects,
    settings: {
      name: bucket,
      prefix,
      endpoint: `http://127.0.0.1:${port}`,
      region,
      keys: { id, secret, session: undefined },
    },
    files: () =>
      [...objects]
        .filter(([key]) => key.startsWith(prefix) && !key.slice(prefix.length).startsWith('.'))
        .map(([key, { body }]) => ({ path: key.slice(prefix.length), body: body.toString() }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const xml = { 'Content-Type': 'application/xml' };

/** Says more than it should, as a server in trouble may. */
function refusal(status: number, code: string): Reply {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${secret} is not it</Message></Error>`;
  return { status, headers: xml, body };
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

// ── signatures ───────────────────────────────────────────────────────────────────────────────────

/** What is wrong with who asks, or with how it is signed (the protocol's "Signature Version 4", in headers). */
function doubtOf(request: IncomingMessage, url: URL, body: Buffer): [number, string] | undefined {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (said === null) return [403, 'AccessDenied'];
  const [, keyId, day = '', inRegion, signed = '', signature = ''] = said;
  if (keyId !== id) return [403, 'InvalidAccessKeyId'];
  if (inRegion !== region) return [400, 'AuthorizationHeaderMalformed'];
  const names = signed.split(';');
  const mustBeSigned = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (mustBeSigned.some((name) => !names.includes(name))) return [403, 'AccessDenied'];
  const hash = String(request.headers['x-amz-content-sha256']);
  if (hash !== createHash('sha256').update(body).digest('hex')) return [400, 'XAmzContentSHA256Mismatch'];
  const at = String(request.headers['x-amz-date']);
  if (!at.startsWith(day)) return [403, 'SignatureDoesNotMatch'];
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort();
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}\n`);
  const canonical = [request.method, url.pathname, query.join('&'), headers.join(''), signed, hash].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', at, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(sign, `AWS4${secret}`);
  return timingSafeEqual(sign(key, text), Buffer.from(signature, 'hex')) ? undefined : [403, 'SignatureDoesNotMatch'];
}

function sign(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
