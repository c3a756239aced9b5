/** What a bucket answers, or does not, into a problem for a person: which bucket it is, what happened, what is to be done. */
import type { BucketSettings } from '../../model.ts';
import { type Problem, type ProblemCode, problem } from '../../problems.ts';

/** What servers call it → what it means; the keys are shown to nobody, so the sentence of the server is not either. */
const denials: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'it does not know the key in AWS_ACCESS_KEY_ID',
  SignatureDoesNotMatch: 'AWS_SECRET_ACCESS_KEY does not belong to the key in AWS_ACCESS_KEY_ID',
  ExpiredToken: 'the session in AWS_SESSION_TOKEN is over',
  InvalidToken: 'it does not know the session in AWS_SESSION_TOKEN',
  RequestTimeTooSkewed: 'the clock of this machine is wrong by more than it allows',
  AccessDenied: 'the key may not do this',
};

const misplaced: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no bucket of that name',
  PermanentRedirect: 'the bucket is in another region',
  AuthorizationHeaderMalformed: 'the region is not that of the bucket',
};

/** Of the way there. */
const network: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ETIMEDOUT: 'no answer came in time',
  TimeoutError: 'no answer came in time',
};

interface Refused {
  readonly name: string;
  readonly code: string;
  readonly status: number | undefined;
}

/** @returns undefined for what is neither the bucket's nor the network's doing: a bug of ours */
export function refusalOf(error: unknown, { name, prefix, endpoint, region }: BucketSettings): Problem | undefined {
  const judged = judge(error);
  if (judged === undefined) return undefined;
  const [code, why] = judged;
  const where = endpoint === undefined ? `Amazon, region ${region}` : new URL(endpoint).host;
  return problem(code, {}, `s3://${name}/${prefix} at ${where}: ${why}`);
}

/** True for an answer that says that there is no such file. */
export function isNotThere(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes(read(error).name);
}

function judge(error: unknown): readonly [ProblemCode, string] | undefined {
  const { name, code, status } = read(error);
  const way =
    network[code] ?? network[name] ?? (/CERT|TLS|SSL/.test(code) ? `its certificate is refused (${code})` : undefined);
  if (way !== undefined) return ['publish/bucket-unreachable', way];
  if (status === undefined) return undefined;
  const said = `${status}${/^[A-Za-z0-9.]{1,60}$/.test(name) ? ` ${name}` : ''}`;
  const denial = denials[name];
  if (denial !== undefined) return ['publish/bucket-denied', denial];
  const place = misplaced[name];
  if (place !== undefined) return ['publish/bucket-not-found', place];
  if (status === 401 || status === 403) return ['publish/bucket-denied', `it answers ${said}`];
  if (status >= 300 && status < 400) return ['publish/bucket-not-found', `it answers ${said}`];
  if (status === 429 || (status >= 500 && status !== 507)) return ['publish/bucket-unreachable', `it answers ${said}`];
  return ['publish/bucket-refused', `it answers ${said}`];
}

function read(error: unknown): Refused {
  if (!(error instanceof Error)) return { name: '', code: '', status: undefined };
  const { name } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const metadata = '$metadata' in error ? (error.$metadata as { readonly httpStatusCode?: number }) : undefined;
  return { name, code, status: metadata?.httpStatusCode };
}
