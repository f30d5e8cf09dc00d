import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { GuardedEgress } from '../../../functions/egress/egress.ts';
import { getFollowing, send, UrlRefused } from '../../../functions/egress/follow-redirects.ts';
import { AddressRefused, guardLookup, type Resolve } from '../../../functions/egress/lookup.ts';

/*
 * URLs that lead, or may lead, somewhere else than the public internet: asked for directly, by a redirect, and in ranges. Names are
 * resolved by the test itself. Nothing may be connected to.
 */

const spellings = (address: string): string[] => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const hex = (value: number) => `0x${value.toString(16)}`;
  const octal = (value: number) => `0${value.toString(8)}`;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  return [
    address,
    `${address}.`,
    String(whole),
    hex(whole),
    octal(whole),
    [a, b, c, d].map(hex).join('.'),
    [a, b, c, d].map(octal).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${hex(a)}.${b}.${octal(c)}.${d}`,
    [...address]
      .map((digit) => (/\d/.test(digit) ? String.fromCodePoint(0xff10 + Number(digit)) : digit))
      .join(''),
    address.replaceAll('.', '\u3002'),
    [...address].map((digit) => `%${digit.charCodeAt(0).toString(16)}`).join(''),
  ];
};

const addresses = [
  '127.0.0.1',
  '169.254.169.254',
  '10.0.0.1',
  '192.168.1.1',
  '172.16.5.4',
  '100.64.0.1',
  '0.0.0.0',
]
  .flatMap(spellings)
  .map((host) => `http://${host}/latest/meta-data/`);

const addresses6 = [
  '::1',
  '::',
  '0:0:0:0:0:0:0:1',
  '0000:0000:0000:0000:0000:0000:0000:0001',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::FFFF:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:10.0.0.1',
  '::127.0.0.1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '2001:0:7f00:1::',
  '2001:db8::1',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '3fff::1',
  '5f00::1',
  '100::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::a9fe:a9fe',
  'fec0::1',
  'ff02::1',
].map((address) => `http://[${address}]/`);

const names = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'LocalHost.',
  'api.localhost',
  'localhost.localdomain',
  'ip6-localhost',
  'metadata',
  'metadata.google.internal',
  'METADATA.GOOGLE.INTERNAL.',
  'instance-data',
  'instance-data.ec2.internal',
  'ip-10-0-0-1.eu-west-1.compute.internal',
  'host.docker.internal',
  'kubernetes.default.svc.cluster.local',
  'printer.local',
  'router.lan',
  'intranet',
  'wiki.corp',
  'nas.home',
  'nas.home.arpa',
  'db.private',
  'files.intranet',
  '1.0.0.127.in-addr.arpa',
  '\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3',
].map((host) => `https://${host}/`);

const schemes = [
  'file:///etc/passwd',
  'file://localhost/proc/self/environ',
  'FILE:///etc/passwd',
  'ftp://example.org/data.geojson',
  'gopher://127.0.0.1:6379/_INFO',
  'dict://127.0.0.1:11211/stats',
  'ldap://127.0.0.1/',
  'data:application/json,{}',
  'javascript:alert(1)',
  'blob:https://example.org/1',
  'ws://example.org/',
  'wss://example.org/',
  'jar:https://example.org!/a',
  's3://bucket/key',
  'unix:/var/run/docker.sock',
  'tftp://example.org/a',
  'sftp://example.org/a',
  'ssh://example.org/',
  'telnet://example.org/',
  'about:blank',
  '/vsicurl/http://127.0.0.1/',
];

const users = [
  'http://user@example.org/',
  'http://user:password@example.org/',
  'http://:password@example.org/',
  'http://example.org@127.0.0.1/',
  'http://example.org:80@127.0.0.1/',
  'http://example.org%40127.0.0.1/',
  'http://127.0.0.1\\@example.org/',
  'http://127.0.0.1#@example.org/',
  'http://127.0.0.1?@example.org/',
  'http:\\\\127.0.0.1/',
  'http:127.0.0.1/',
  'http:/127.0.0.1/',
  'http:////127.0.0.1/',
  'http://127.0.0.1\t/',
  'ht\ntp://127.0.0.1/',
  ' http://127.0.0.1/ ',
];

const ports = [
  0, 1, 7, 19, 21, 22, 23, 25, 53, 79, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 873, 993, 1023,
]
  .flatMap((port) => [`http://example.org:${port}/`])
  .concat(['http://example.org:65536/', 'http://example.org:-1/', 'http://example.org:22x/']);

const noUrls = [
  '',
  'http://',
  'http:///',
  '//127.0.0.1/',
  'http://[::1/',
  'http://exa mple.org/',
  'http://%00/',
  'nonsense',
  '\u0000',
];

/** What names of the attacker resolve to: one answer each time that they are asked for. */
const zones: Record<string, readonly (readonly string[])[]> = {
  'loopback.example.org': [['127.0.0.1']],
  'metadata.example.org': [['169.254.169.254']],
  'ten.example.org': [['10.1.2.3']],
  'carrier.example.org': [['100.100.100.200']],
  'zero.example.org': [['0.0.0.0']],
  'broadcast.example.org': [['255.255.255.255']],
  'multicast.example.org': [['224.0.0.251']],
  'six.example.org': [['::1']],
  'mapped.example.org': [['::ffff:127.0.0.1']],
  'translated.example.org': [['64:ff9b::7f00:1']],
  'tunnel.example.org': [['2002:7f00:1::']],
  'unique.example.org': [['fd00:ec2::254']],
  'link.example.org': [['fe80::1%eth0']],
  'first-good.example.org': [['93.184.216.34', '127.0.0.1']],
  'last-good.example.org': [['127.0.0.1', '93.184.216.34']],
  'mixed-families.example.org': [['93.184.216.34', '::1']],
  'many.example.org': [[...Array.from({ length: 50 }, (_, index) => `93.184.216.${index}`), '10.0.0.1']],
  'nothing.example.org': [[]],
  '127.0.0.1.nip.example.org': [['127.0.0.1']],
  'xn--n3h.example.org': [['192.168.0.1']],
};
const resolved = Object.keys(zones).map((name) => `http://${name}:8080/`);

const hostile = [
  ...addresses,
  ...addresses6,
  ...names,
  ...schemes,
  ...users,
  ...ports,
  ...noUrls,
  ...resolved,
];

let counts: Record<string, number> = {};
const resolve: Resolve = (hostname, _options, callback) => {
  const answers = zones[hostname];
  const count = (counts[hostname] ?? 0) + 1;
  counts[hostname] = count;
  const answer = answers?.[Math.min(count, answers.length) - 1];
  if (!answer) return callback(Object.assign(new Error(`ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []);
  callback(
    null,
    answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );
};
const lookup = guardLookup(resolve);

let server: Server;
let allowed: string;
const seen: string[] = [];
/** Where `/to` redirects. */
let target = '';

before(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    if (request.url?.startsWith('/to')) response.writeHead(302, { Location: encodeLocation(target) }).end();
    else response.writeHead(200).end('secret');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  allowed = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

/** Headers take Latin-1 without control characters. */
const encodeLocation = (href: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is replaced
  href.replace(/[\u0000-\u001f\u0100-\uffff]/g, encodeURIComponent);

const exchange = () => ({
  method: 'GET' as const,
  headers: {},
  signal: AbortSignal.timeout(5000),
  allowHosts: [allowed],
  lookup,
});

const isRefused = (error: unknown): boolean => error instanceof UrlRefused || error instanceof AddressRefused;

test('the corpus has at least 150 URLs, each another one', () => {
  assert.ok(new Set(hostile).size >= 150, String(new Set(hostile).size));
  assert.equal(new Set(hostile).size, hostile.length);
});

for (const href of hostile) {
  test(`${JSON.stringify(href)} is refused, and nothing is connected to`, async () => {
    seen.length = 0;
    await assert.rejects(send(href, exchange()), isRefused);
    assert.deepEqual(seen, []);
  });
}

describe('a redirect of a server that may be asked', () => {
  // What is no URL by itself is one relative to the server that redirects.
  const absolute = hostile.filter((href) => /^[a-z]+:/i.test(href.trim()) && !/^https?:(?!\/\/)/.test(href));
  for (const href of absolute) {
    test(`to ${JSON.stringify(href)} is not followed`, async () => {
      seen.length = 0;
      target = href;
      await assert.rejects(getFollowing(`http://${allowed}/to`, exchange()), isRefused);
      assert.deepEqual(seen, ['/to']);
    });
  }

  test('is not followed for ranges either', async () => {
    const egress = new GuardedEgress([allowed]);
    const known = [...addresses, ...addresses6, ...names, ...schemes, ...ports.slice(0, 20)];
    for (const href of known.filter((each) => absolute.includes(each))) {
      seen.length = 0;
      target = href;
      await assert.rejects(
        async () => {
          const source = await egress.open(`http://${allowed}/to?${encodeURIComponent(href)}`, {
            pointer: '/inputs/features',
          });
          await source.read(0, 10);
        },
        (error) => error instanceof InvalidInput,
        href,
      );
      assert.ok(
        seen.every((url) => url.startsWith('/to')),
        href,
      );
    }
  });

  test('is followed five times at most', async () => {
    seen.length = 0;
    target = `http://${allowed}/to`;
    await assert.rejects(getFollowing(target, exchange()), UrlRefused);
    assert.equal(seen.length, 6);
  });
});

describe('a name that resolves to something else the second time', () => {
  const port = () => (server.address() as AddressInfo).port;

  test('is looked up for each connection, and the address that was checked is the one that is used', async () => {
    counts = {};
    zones['rebind.example.org'] = [['93.184.216.34'], ['127.0.0.1']];
    const connect = () =>
      new Promise((done, fail) =>
        lookup('rebind.example.org', {}, (error, address) => (error ? fail(error) : done(address))),
      );
    assert.equal(await connect(), '93.184.216.34');
    await assert.rejects(connect(), AddressRefused);
  });

  test('never reaches the server of this test, in whatever order it answers', async () => {
    seen.length = 0;
    for (const answers of [[['127.0.0.1']], [['127.0.0.1'], ['93.184.216.34']], [['::ffff:127.0.0.1']]]) {
      counts = {};
      zones['rebind.example.org'] = answers;
      await assert.rejects(send(`http://rebind.example.org:${port()}/`, exchange()), AddressRefused);
    }
    assert.deepEqual(seen, []);
  });

  test('does not borrow the permission of a host that may be asked', async () => {
    zones['sibling.example.org'] = [['127.0.0.1']];
    seen.length = 0;
    await assert.rejects(send(`http://sibling.example.org:${port()}/`, exchange()), AddressRefused);
    await assert.rejects(send(`http://127.0.0.1:${port() - 1}/`, exchange()), UrlRefused);
    assert.deepEqual(seen, []);
    (await send(`http://${allowed}/`, exchange())).destroy();
    assert.deepEqual(seen, ['/']);
  });
});
