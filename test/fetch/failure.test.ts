import { describe, expect, test } from 'vitest';
import { failureOf, type Phase, stopped } from '../../src/fetch/failure.ts';

const withCode = (code: string): Error => Object.assign(new Error(`raw words of ${code}`), { code });

describe('an error becomes a Problem in plain words', () => {
  test.each<readonly [string, Phase, string, string]>([
    ['ENOTFOUND', 'connecting', 'fetch/unreachable', 'name not found'],
    ['EAI_AGAIN', 'connecting', 'fetch/unreachable', 'name server'],
    ['EAI_NONAME', 'connecting', 'fetch/unreachable', 'name not found'],
    ['ECONNREFUSED', 'connecting', 'fetch/unreachable', 'connection refused'],
    ['EHOSTUNREACH', 'connecting', 'fetch/unreachable', 'no way there'],
    ['ETIMEDOUT', 'connecting', 'fetch/timeout', 'no connection'],
    ['ECONNRESET', 'waiting', 'fetch/unreachable', 'without an answer'],
    ['ECONNRESET', 'reading', 'fetch/cut-off', 'broke'],
    ['ETIMEDOUT', 'reading', 'fetch/cut-off', 'broke'],
    ['Z_BUF_ERROR', 'reading', 'fetch/cut-off', 'not whole'],
    ['Z_DATA_ERROR', 'reading', 'fetch/bad-answer', 'damaged'],
    ['ERR_PADDING_1', 'reading', 'fetch/bad-answer', 'damaged'],
    ['HPE_HEADER_OVERFLOW', 'waiting', 'fetch/bad-answer', '16 KiB'],
    ['HPE_INVALID_CHUNK_SIZE', 'reading', 'fetch/bad-answer', 'malformed'],
    ['CERT_HAS_EXPIRED', 'connecting', 'fetch/tls', 'expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'connecting', 'fetch/tls', 'another name'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connecting', 'fetch/tls', 'issuer'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'connecting', 'fetch/tls', 'issuer'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'connecting', 'fetch/bad-answer', 'encrypted'],
    ['EPROTO', 'connecting', 'fetch/bad-answer', 'encrypted'],
  ])('%s while %s: %s', (code, phase, problemCode, words) => {
    const { code: found, happened } = failureOf(withCode(code), phase, 'news.example.org');
    expect(found).toBe(problemCode);
    expect(happened).toContain(words);
    expect(happened).toContain('(news.example.org)');
    expect(happened).not.toContain('raw words');
  });

  test('all addresses of a name failed: the first reason stands', () => {
    const both = Object.assign(new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]), {
      code: 'ECONNREFUSED',
    });
    expect(failureOf(both, 'connecting', 'x').happened).toContain('connection refused');
  });

  test('what nobody has met yet keeps its own words', () => {
    expect(failureOf(withCode('ESOMETHING'), 'connecting', 'x')).toMatchObject({
      code: 'fetch/unreachable',
      happened: expect.stringContaining('raw words of ESOMETHING'),
    });
    expect(failureOf('a string', 'reading', 'x').code).toBe('fetch/cut-off');
  });

  test('a Problem on its way up arrives as it was', () => {
    const why = stopped('fetch/too-large', 'more than we take');
    expect(failureOf(why, 'reading', 'x')).toBe(why.problem);
  });
});
