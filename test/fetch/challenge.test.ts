import { describe, expect, test } from 'vitest';
import { judge } from '../../src/fetch/answer.ts';
import { challenger } from '../../src/fetch/challenge.ts';
import type { Headers } from '../../src/fetch/hints.ts';

const asked = { isConditional: false, waitMs: undefined, isForGood: true, host: 'news.example.org' };

describe('tests for people', () => {
  test.each<readonly [number, Headers, string]>([
    [403, { 'cf-mitigated': 'challenge', server: 'cloudflare' }, 'Cloudflare'],
    [503, { 'cf-mitigated': 'challenge' }, 'Cloudflare'],
    [429, { 'cf-mitigated': 'challenge' }, 'Cloudflare'],
    [200, { 'cf-mitigated': 'challenge' }, 'Cloudflare'],
    [403, { server: 'cloudflare', 'cf-ray': '8a1b-CDG' }, 'Cloudflare'],
    [503, { server: 'cloudflare', 'cf-ray': '8a1b-CDG' }, 'Cloudflare'],
    [429, { 'x-vercel-mitigated': 'challenge' }, 'Vercel'],
    [202, { 'x-amzn-waf-action': 'challenge' }, 'AWS WAF'],
    [405, { 'x-amzn-waf-action': 'captcha' }, 'AWS WAF'],
    [403, { server: 'ddos-guard' }, 'DDoS-Guard'],
    [401, { server: 'QRATOR' }, 'Qrator'],
    [403, { server: 'Sucuri/Cloudproxy' }, 'Sucuri'],
    [403, { 'x-sucuri-id': '18012', 'x-sucuri-block': 'BOT' }, 'Sucuri'],
    [403, { 'x-iinfo': '1-2-3 NNNN' }, 'Imperva'],
    [403, { 'x-datadome': 'protected' }, 'DataDome'],
    [403, { 'set-cookie': ['a=b', 'techaro.lol-anubis-auth-cookie=x; Path=/'] }, 'Anubis'],
  ])('%i %j is one of %s', (status, headers, name) => {
    expect(challenger(status, headers)).toBe(name);
    expect(judge(status, headers, asked)).toMatchObject({
      kind: 'failed',
      problem: { code: 'fetch/challenge', happened: expect.stringContaining(`${name} (news.example.org)`) },
      silencesHost: status === 429,
    });
  });

  test.each<readonly [number, Headers]>([
    [403, {}],
    [403, { server: 'nginx' }],
    [403, { server: 'cloudflare' }], // somebody who says so
    [404, { server: 'cloudflare', 'cf-ray': '8a1b-CDG' }],
    [429, { server: 'cloudflare', 'cf-ray': '8a1b-CDG' }],
    [522, { server: 'cloudflare', 'cf-ray': '8a1b-CDG' }],
    [503, { server: 'cloudflare', 'cf-ray': '8a1b-CDG', 'retry-after': '60' }],
    [200, { server: 'cloudflare', 'cf-ray': '8a1b-CDG', 'x-iinfo': '1', 'x-datadome': 'protected' }],
    [200, { server: 'ddos-guard' }],
    [403, { 'set-cookie': ['session=anubis; Path=/'] }],
    [403, { 'cf-mitigated': 'no' }],
  ])('%i %j is the site’s own answer', (status, headers) => {
    expect(challenger(status, headers)).toBeUndefined();
  });

  test('a redirect and a 304 are what they are', () => {
    const headers = { 'cf-mitigated': 'challenge', location: '/b' };
    expect(judge(302, headers, asked).kind).toBe('redirect');
    expect(judge(304, headers, { ...asked, isConditional: true }).kind).toBe('not-modified');
  });
});
