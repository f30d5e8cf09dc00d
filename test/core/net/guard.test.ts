import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isPublicAddress } from '../../../core/net/address-guard.ts';
import { explainUrlRefusal, parseAllowHosts } from '../../../core/net/url-guard.ts';

describe('addresses', () => {
  const reserved = [
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '[::1]',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '2001::1',
    'not an address',
    '',
  ];
  for (const address of reserved) {
    test(`"${address}" is not public`, () => assert.equal(isPublicAddress(address), false));
  }

  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '2606:4700:4700::1111',
    '[2a00:1450:4001:81b::200e]',
    '64:ff9b::808:808',
  ]) {
    test(`"${address}" is public`, () => assert.equal(isPublicAddress(address), true));
  }

  test('no address of a private block is public, however it is written into IPv6', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.constantFrom([10], [127], [169, 254], [192, 168], [172, 20], [100, 70]),
        octet,
        octet,
        octet,
        (start, a, b, c) => {
          const text = [...start, a, b, c].slice(0, 4).join('.');
          assert.equal(isPublicAddress(text), false);
          assert.equal(isPublicAddress(`::ffff:${text}`), false);
        },
      ),
    );
  });
});

describe('URLs', () => {
  const refused = [
    'nonsense',
    '/relative',
    'file:///etc/passwd',
    'ftp://example.org/x',
    'gopher://example.org',
    'data:text/plain,x',
    'javascript:1',
    'http://localhost/',
    'http://localhost./',
    'http://x.localhost/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://metadata.google.internal/',
    'http://intranet/',
    'http://user:secret@example.org/',
    'http://example.org:22/',
    'http://example.org:25/',
    'http://printer.local/',
    'http://10.0.0.1:8080/',
  ];
  for (const href of refused) {
    test(`${href} is refused, with a reason`, () => assert.match(explainUrlRefusal(href, []) ?? '', /\w+/));
  }

  for (const href of [
    'https://example.org/x',
    'http://example.org:8080/x',
    'https://8.8.8.8/',
    'https://xn--bcher-kva.example/',
  ]) {
    test(`${href} is let through`, () => assert.equal(explainUrlRefusal(href, []), undefined));
  }

  test('a host that is allowed is let through with its port only', () => {
    const allowed = parseAllowHosts(' 127.0.0.1:8080 , Localhost:80,, ');
    assert.deepEqual(allowed, ['127.0.0.1:8080', 'localhost:80']);
    assert.equal(explainUrlRefusal('http://127.0.0.1:8080/x', allowed), undefined);
    assert.equal(explainUrlRefusal('http://localhost/x', allowed), undefined);
    assert.match(explainUrlRefusal('http://127.0.0.1:8081/x', allowed) ?? '', /public internet/);
    assert.match(explainUrlRefusal('ftp://127.0.0.1:8080/x', allowed) ?? '', /scheme/);
  });
});

describe('edges of the public internet', () => {
  for (const [address, expected] of [
    ['192.31.195.255', true],
    ['192.31.196.0', false],
    ['192.31.196.255', false],
    ['192.31.197.0', true],
    ['192.52.193.1', false],
    ['192.52.194.0', true],
    ['192.175.48.1', false],
    ['192.175.49.0', true],
    ['1fff::1', false],
    ['4000::1', false],
    ['[2606:4700:4700::1111%eth0]', true],
    // Behind NAT64: the address that counts is in the last four bytes.
    ['64:ff9b::c01f:c401', false],
    ['64:ff9b::101:101', true],
    ['::ffff:8.8.8.8', true],
  ] as const) {
    test(`${address}: ${expected ? 'public' : 'not public'}`, () =>
      assert.equal(isPublicAddress(address), expected));
  }
});

describe('why a URL is refused', () => {
  const reasons: readonly (readonly [string, string])[] = [
    ['nonsense', 'is not an absolute URL, for example https://example.org/data.geojson.'],
    ['ftp://example.org/x', 'has the scheme "ftp"; only https and http are fetched.'],
    ['https://user@example.org/', 'contains a user name or password, which the service does not send.'],
    ['https://:secret@example.org/', 'contains a user name or password, which the service does not send.'],
    [
      'http://example.org:22/',
      'has the port 22, which is not allowed: use 80, 443, or a port of at least 1024.',
    ],
    [
      'http://example.org:1023/',
      'has the port 1023, which is not allowed: use 80, 443, or a port of at least 1024.',
    ],
    ['http://10.0.0.1/', 'resolves to an address that is not on the public internet.'],
    ['http://[fe80::1]/', 'resolves to an address that is not on the public internet.'],
    ['http://LOCALHOST./', 'has a host that is not on the public internet.'],
    ['http://intranet/', 'has a host that is not on the public internet.'],
    ['http://mylocalhost/', 'has a host that is not on the public internet.'],
    ['http://1.0.0.127.in-addr.arpa/', 'has a host that is not on the public internet.'],
    ['http://nas.home.arpa./', 'has a host that is not on the public internet.'],
  ];
  for (const [href, reason] of reasons) test(href, () => assert.equal(explainUrlRefusal(href, []), reason));

  for (const href of [
    'http://example.org:1024/',
    'http://example.org:80/',
    'https://example.org:443/',
    'http://example.org:443/',
    'https://example.org:80/',
    'https://example.org./',
    'https://localhost.example.org/',
    'https://local.org/',
    'https://8.8.8.8./',
    'https://[2606:4700:4700::1111]/',
  ])
    test(`not ${href}`, () => assert.equal(explainUrlRefusal(href, []), undefined));

  test('the port of a host that is allowed is that of the scheme where none is named', () => {
    const secure = parseAllowHosts('127.0.0.1:443');
    assert.equal(explainUrlRefusal('https://127.0.0.1/', secure), undefined);
    assert.notEqual(explainUrlRefusal('http://127.0.0.1/', secure), undefined);
    const plain = parseAllowHosts('127.0.0.1:80');
    assert.equal(explainUrlRefusal('http://127.0.0.1/', plain), undefined);
    assert.notEqual(explainUrlRefusal('https://127.0.0.1/', plain), undefined);
  });
});
