/** An answer's status and headers become the name of the protection against robots that gave it in the site's place. */
import { type Headers, headerText } from './hints.ts';

interface Sign {
  readonly name: string;
  readonly header: string;
  readonly value: RegExp;
  /** Undefined where the header alone says it. */
  readonly statuses?: readonly number[];
}

/** 429 is no sign: those who answer it want less, not a person. */
const refusals = [401, 403, 503];
const signs: readonly Sign[] = [
  // What the makers document as the mark of a challenge.
  { name: 'Cloudflare', header: 'cf-mitigated', value: /^challenge$/i },
  { name: 'Vercel', header: 'x-vercel-mitigated', value: /^challenge$/i },
  { name: 'AWS WAF', header: 'x-amzn-waf-action', value: /^(challenge|captcha)$/i },
  // What their answers have in common: with a refusal, it is theirs more often than the site's.
  { name: 'DDoS-Guard', header: 'server', value: /^ddos-guard/i, statuses: refusals },
  { name: 'Qrator', header: 'server', value: /^qrator/i, statuses: refusals },
  { name: 'Sucuri', header: 'x-sucuri-block', value: /./, statuses: refusals },
  { name: 'Sucuri', header: 'server', value: /^sucuri/i, statuses: refusals },
  { name: 'Imperva', header: 'x-iinfo', value: /./, statuses: refusals },
  { name: 'DataDome', header: 'x-datadome', value: /./, statuses: refusals },
  { name: 'Anubis', header: 'set-cookie', value: /(^|[,;\s])[^=;,]*anubis/i, statuses: refusals },
];

/** @returns undefined where it looks like the site's own answer */
export function challenger(status: number, headers: Headers): string | undefined {
  const sign = signs.find(
    ({ header, value, statuses }) =>
      (statuses?.includes(status) ?? true) && value.test(headerText(headers, header) ?? ''),
  );
  return sign?.name ?? (isCloudflareWall(status, headers) ? 'Cloudflare' : undefined);
}

/** Cloudflare passes on a site's own 503 too, but those who write one say when to come back, and it does not. */
function isCloudflareWall(status: number, headers: Headers): boolean {
  const isItself = headerText(headers, 'server') === 'cloudflare' && headers['cf-ray'] !== undefined;
  return isItself && (status === 403 || (status === 503 && headers['retry-after'] === undefined));
}
