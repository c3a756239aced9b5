/** What it means that no whole answer came: errors of sockets, name servers, TLS, HTTP parser and zlib become Problems. */
import { type Problem, type ProblemCode, problem } from '../problems.ts';

/** How far an exchange had come: a reset means another thing in the middle of a body than before it. */
export type Phase =
  | 'proxying' // on the way to the proxy
  | 'tunnelling' // the proxy is on its way to the host
  | 'connecting'
  | 'waiting'
  | 'reading';

/** Carries a Problem up to the end of the exchange it happened in; never leaves the room. */
class Stopped extends Error {
  readonly problem: Problem;
  constructor(stopping: Problem) {
    super(stopping.happened);
    this.name = 'Stopped';
    this.problem = stopping;
  }
}

/** A Stopped with a Problem from the table, ready to be thrown. */
export function stopped(code: ProblemCode, detail: string): Stopped {
  return new Stopped(problem(code, {}, detail));
}

type Row = readonly [code: ProblemCode, words: string];

/** Error codes of Node, libuv and OpenSSL, while there is no answer yet. */
const rows: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['ENOTFOUND', ['fetch/unreachable', 'name not found']],
  ['ENODATA', ['fetch/unreachable', 'name not found']],
  ['EAI_AGAIN', ['fetch/unreachable', 'the name server does not answer']],
  ['EAI_FAIL', ['fetch/unreachable', 'the name server does not answer']],
  ['ECONNREFUSED', ['fetch/unreachable', 'connection refused']],
  ['ECONNRESET', ['fetch/unreachable', 'connection closed without an answer']],
  ['EPIPE', ['fetch/unreachable', 'connection closed without an answer']],
  ['EHOSTUNREACH', ['fetch/unreachable', 'no way there']],
  ['ENETUNREACH', ['fetch/unreachable', 'no way there']],
  ['ENETDOWN', ['fetch/unreachable', 'no network']],
  ['EADDRNOTAVAIL', ['fetch/unreachable', 'no way there']],
  ['EMFILE', ['fetch/unreachable', 'too many open files on this machine']],
  ['ENFILE', ['fetch/unreachable', 'too many open files on this machine']],
  ['ETIMEDOUT', ['fetch/timeout', 'no connection']],
  ['ERR_SOCKET_CONNECTION_TIMEOUT', ['fetch/timeout', 'no connection']],
  ['CERT_HAS_EXPIRED', ['fetch/tls', 'it has expired']],
  ['CERT_NOT_YET_VALID', ['fetch/tls', 'it is not valid yet']],
  ['CERT_REVOKED', ['fetch/tls', 'it has been revoked']],
  ['CERT_SIGNATURE_FAILURE', ['fetch/tls', 'its signature is wrong']],
  ['ERR_TLS_CERT_ALTNAME_INVALID', ['fetch/tls', 'it is made out to another name']],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', ['fetch/tls', 'it is self-signed']],
  ['SELF_SIGNED_CERT_IN_CHAIN', ['fetch/tls', 'its issuer is not a known one']],
  ['UNABLE_TO_GET_ISSUER_CERT', ['fetch/tls', 'its issuer is not a known one']],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ['fetch/tls', 'its issuer is not a known one']],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', ['fetch/tls', 'the server leaves out its issuer']],
  ['CERT_UNTRUSTED', ['fetch/tls', 'its issuer is not a known one']],
  ['HPE_HEADER_OVERFLOW', ['fetch/bad-answer', 'more than 16 KiB of headers']],
  ['HPE_INVALID_CONSTANT', ['fetch/bad-answer', 'no status line']],
  ['HPE_INVALID_CONTENT_LENGTH', ['fetch/bad-answer', 'a Content-Length that is no number']],
]);

/** Families of codes, tried in order where the table has no row. */
const families: readonly (readonly [beginning: string, row: Row])[] = [
  ['HPE_', ['fetch/bad-answer', 'malformed HTTP']],
  ['ERR_SSL_', ['fetch/bad-answer', 'no encrypted connection comes about']],
  ['ERR_TLS_', ['fetch/bad-answer', 'no encrypted connection comes about']],
  ['EPROTO', ['fetch/bad-answer', 'no encrypted connection comes about']],
  ['EAI_', ['fetch/unreachable', 'name not found']],
];

const cutOff: Row = ['fetch/cut-off', 'the connection broke'];
/** Once a body is on its way. zlib calls a stream that ends too soon Z_BUF_ERROR. */
const readingRows: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['ECONNRESET', cutOff],
  ['EPIPE', cutOff],
  ['ETIMEDOUT', cutOff],
  ['ERR_STREAM_PREMATURE_CLOSE', cutOff],
  ['Z_BUF_ERROR', ['fetch/cut-off', 'its compressed text is not whole']],
  ['HPE_INVALID_EOF_STATE', cutOff],
  ['HPE_CLOSED_CONNECTION', cutOff],
]);

/**
 * The Problem that an error of an exchange stands for.
 * @param host the asked host, or the proxy while it is in the way, for the wording
 */
export function failureOf(error: unknown, phase: Phase, host: string): Problem {
  if (error instanceof Stopped) return error.problem;
  const code = codeOf(error);
  const row = (phase === 'reading' ? readingRows.get(code) : undefined) ?? rows.get(code) ?? familyOf(code);
  if (phase === 'proxying' || phase === 'tunnelling')
    return problem('fetch/proxy', {}, `${row?.[1] ?? said(error)} (${host})`);
  if (row !== undefined) return problem(row[0], {}, `${row[1]} (${host})`);
  if (phase === 'reading' && /^(Z_|ERR_)/.test(code)) {
    return problem('fetch/bad-answer', {}, `its compressed text is damaged, or more follows it (${host})`);
  }
  return problem(phase === 'reading' ? 'fetch/cut-off' : 'fetch/unreachable', {}, `${said(error)} (${host})`);
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function familyOf(code: string): Row | undefined {
  return families.find(([beginning]) => code.startsWith(beginning))?.[1];
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
