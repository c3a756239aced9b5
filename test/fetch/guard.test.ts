import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeGuard, readAllowEntry } from '../../src/fetch/guard.ts';

const closed = makeGuard([]);

/** First and last address of each range that stays closed, and what lies just outside it where that is public. */
const refused = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
  ['::', '::1'],
  ['::7f00:1', '::ffff:ffff'], // compatible
  ['::ffff:7f00:1', '::ffff:127.0.0.1'], // mapped
  ['::ffff:8.8.8.8', '::ffff:0:808:808'], // mapped and translated forms of a public address
  ['64:ff9b::7f00:1', '64:ff9b::808:808'], // NAT64
  ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::', '100::ffff'], // discard
  ['2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'], // Teredo, ORCHID, benchmarking
  ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2002::', '2002:7f00:1::'], // 6to4
  ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['4000::', '5f00::1'],
  ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::1', 'fe80::1%eth0'],
  ['fec0::1', 'ff02::1'],
  ['169.254.169.254', 'fd00:ec2::254'],
  ['168.63.129.16', '100.100.100.200'],
].flat();

const open = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.0.3.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '203.0.114.0',
  '223.255.255.255',
  '2000::1',
  '2001:200::1',
  '2001:db7:ffff::1',
  '2001:db9::1',
  '2003::1',
  '2606:4700::1111',
  '3ffe:ffff::1',
  '3fff:1000::1',
];

describe('without an allow list', () => {
  test.each(refused)('%s is refused', (address) => {
    expect(closed.judge(address, 443).refusal).toContain(address);
  });

  test.each(open)('%s is open', (address) => {
    expect(closed.judge(address, 443).refusal).toBeUndefined();
  });

  test.each(['', 'localhost', '1.2.3.4.5', '[::1]', '1.2.3.4:80', '127.1', '0177.0.0.1', '1.1.1.1\0'])(
    'what is no address is refused: %j',
    (text) => {
      expect(closed.judge(text, 80).refusal).toBeDefined();
    },
  );

  /** As URLs write them: whatever the WHATWG parser makes of a disguise is still this machine. */
  test.each([
    'http://0x7f.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://①②⑦.0.0.1/',
    'http://127.0.0.1./',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:7f00:0001]/',
    'http://[::127.0.0.1]/',
    'http://0/',
  ])('%s is this machine', (url) => {
    expect(closed.judge(new URL(url).hostname.replace(/^\[|\]$/g, ''), 80).refusal).toBeDefined();
  });

  test.each([80, 443, 8080, 8443])('port %i is open', (port) => {
    expect(closed.judge('1.1.1.1', port).refusal).toBeUndefined();
  });

  test.each([0, 1, 22, 25, 81, 3306, 5432, 6379, 8000, 9200, 65_535])('port %i is refused', (port) => {
    expect(closed.judge('1.1.1.1', port).refusal).toContain(String(port));
  });

  test.each([
    [9000, [9000], true],
    [1024, [1024], true],
    [9001, [9000], false],
    [25, [25, 1023], false],
    [1023, [25, 1023], false],
    [443, [9000], true],
  ])('port %i, with %j open for all: %s', (port, ports, isOpen) => {
    expect(makeGuard([], ports).judge('1.1.1.1', port).refusal === undefined).toBe(isOpen);
    expect(makeGuard([], ports).portRefusal(port) === undefined).toBe(isOpen);
    expect(makeGuard([], ports).judge('10.0.0.1', port).refusal).toContain('private');
  });

  test.each([
    ['1.1.1.1', '1.1.1.1'],
    ['2606:4700::1111', '2606:4700::1111'],
    ['127.0.0.1', '127.0.0.1:8080'],
    ['10.0.0.1', '10.0.0.1:8080'],
  ])('%s shares a limit by %s', (address, limit) => {
    expect(makeGuard(['0.0.0.0/0', '::/0']).judge(address, 8080)).toEqual({ refusal: undefined, limit });
  });

  test('no IPv4 address opens by being written as IPv6', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.tuple(octet, octet, octet, octet),
        fc.constantFrom('::ffff:', '::', '64:ff9b::'),
        (octets, prefix) => {
          expect(closed.judge(prefix + octets.join('.'), 80).refusal).toBeDefined();
        },
      ),
    );
  });
});

describe('allow list', () => {
  test.each([
    // entry, address, port, is it open?
    ['127.0.0.1', '127.0.0.1', 80, true],
    ['127.0.0.1', '127.0.0.1', 40_123, true],
    ['127.0.0.1', '127.0.0.2', 80, false],
    ['127.0.0.1', '::ffff:127.0.0.1', 80, false],
    ['127.0.0.1', '::1', 80, false],
    ['127.0.0.1:8099', '127.0.0.1', 8099, true],
    ['127.0.0.1:8099', '127.0.0.1', 80, false],
    ['10.1.2.0/24', '10.1.2.0', 5000, true],
    ['10.1.2.0/24', '10.1.2.255', 80, true],
    ['10.1.2.0/24', '10.1.3.0', 80, false],
    ['10.1.2.0/24:8099', '10.1.2.7', 8099, true],
    ['10.1.2.0/24:8099', '10.1.2.7', 8098, false],
    ['::1', '::1', 3000, true],
    ['::1', '127.0.0.1', 3000, false],
    ['[::1]', '::1', 3000, true],
    ['[::1]:8080', '::1', 8080, true],
    ['[::1]:8080', '::1', 80, false],
    ['fd12:3456::/32', 'fd12:3456:1::9', 80, true],
    ['fd12:3456::/32', 'fd12:3457::9', 80, false],
    ['8.8.8.8:9000', '8.8.8.8', 9000, true],
    ['8.8.8.8:9000', '8.8.8.8', 443, true],
    ['8.8.8.8:9000', '8.8.4.4', 9000, false],
    // where a cloud machine keeps its keys: only by its own name
    ['169.254.0.0/16', '169.254.1.1', 80, true],
    ['169.254.0.0/16', '169.254.169.254', 80, false],
    ['0.0.0.0/0', '169.254.169.254', 80, false],
    ['0.0.0.0/0', '10.0.0.1', 22, true],
    ['fd00::/8', 'fd00:ec2::254', 80, false],
    ['fd00::/8', 'fd00:ec2::254%eth0', 80, false],
    ['169.254.169.254', '169.254.169.254', 80, true],
    ['169.254.169.254/32', '169.254.169.254', 80, true],
  ] as const)('%s, asked for %s port %i: %s', (entry, address, port, isOpen) => {
    expect(makeGuard([entry]).judge(address, port).refusal === undefined).toBe(isOpen);
  });

  test('one entry does not take away what another opens', () => {
    const guard = makeGuard(['127.0.0.1:8099', '127.0.0.1:8100']);
    expect([8099, 8100, 8101].map((port) => guard.judge('127.0.0.1', port).refusal === undefined)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    '',
    'localhost',
    'example.org:80',
    '127.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '2130706433',
    '127.0.0.1:0',
    '127.0.0.1:65536',
    '127.0.0.1:',
    '127.0.0.1:http',
    '10.0.0.0/33',
    '10.0.0/8',
    '::1/129',
    '[::1',
    '[127.0.0.1]:80',
    '[::1]:',
    '*',
  ])('%j opens nothing', (entry) => {
    expect(readAllowEntry(entry)).toBeUndefined();
    expect(makeGuard([entry]).judge('127.0.0.1', 80).refusal).toBeDefined();
    expect(makeGuard([entry]).judge('::1', 80).refusal).toBeDefined();
  });
});
