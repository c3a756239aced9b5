/** A self-signed certificate for a test server, made on the spot: X.509 (RFC 5280) in its smallest form. */
import { generateKeyPairSync, sign } from 'node:crypto';

interface SelfSigned {
  /** Both in PEM. */
  readonly key: string;
  readonly cert: string;
}

interface Made {
  readonly years?: readonly [from: number, to: number];
  /** Host name it is made out to. */
  readonly name?: string;
  /** IPv4 address it is made out to. */
  readonly address?: string;
  /** Organisation of its issuer, which is itself. */
  readonly organisation?: string;
}

/** Makes one, valid for ten years around `now` unless said otherwise. */
export function selfSigned(now: Date, { years: [from, to] = [-5, 5], ...made }: Made = {}): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const year = (offset: number): Buffer =>
    der(0x17, Buffer.from(`${String(now.getUTCFullYear() + offset).slice(2)}0101000000Z`));
  const ecdsaWithSha256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'));
  const commonName = sequence(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('a test partner')));
  const organisation = sequence(Buffer.from('060355040a', 'hex'), der(0x0c, Buffer.from(made.organisation ?? '')));
  const name = sequence(...(made.organisation === undefined ? [] : [der(0x31, organisation)]), der(0x31, commonName));
  const names = [
    ...(made.name === undefined ? [] : [der(0x82, Buffer.from(made.name))]),
    ...(made.address === undefined ? [] : [der(0x87, Buffer.from(made.address.split('.').map(Number)))]),
  ];
  const madeOutTo = sequence(Buffer.from('0603551d11', 'hex'), der(0x04, sequence(...names)));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, Buffer.from([1])), // serial number
    ecdsaWithSha256,
    name,
    sequence(year(from), year(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(names.length === 0 ? [] : [der(0xa3, sequence(madeOutTo))]),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const base64 = sequence(body, ecdsaWithSha256, signature).toString('base64');
  const text = base64.match(/.{1,64}/g)?.join('\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
  };
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
