import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Settings, settingsFor } from '../../infra/config/config.ts';
import { findIdle, variableNames } from '../../infra/config/variables.ts';
import { verifyLimits } from '../../infra/config/verify-limits.ts';
import { verifySettings } from '../../infra/config/verify-settings.ts';

type Environment = Readonly<Record<string, string>>;

const jwt = {
  AUTHORIZATION: 'jwt',
  JWT_ISSUER: 'https://login.example.org/realms/maps',
  JWT_AUDIENCE: 'https://processes.example.org',
};
const cognito = { AUTHORIZATION: 'cognito', COGNITO_CALLBACK_URLS: 'https://processes.example.org/' };
const iam = { AUTHORIZATION: 'iam', AUTHORIZATION_ADMINS: 'arn:aws:iam::123456789012:role/operator' };
const apiKey = { AUTHORIZATION: 'apiKey', API_KEYS: 'anna,bram' };
const domain = {
  DOMAIN_NAME: 'processes.example.org',
  HOSTED_ZONE_ID: 'Z0123456789ABCDEFGHIJ',
  HOSTED_ZONE_NAME: 'example.org',
};
const tiles = { MAP_TILES: 'https://tiles.example.org/{z}/{x}/{y}.png', MAP_ATTRIBUTION: '© Somebody' };
const budget = { BUDGET_USD: '120', BUDGET_MAIL: 'ops@example.org' };
const large = { LARGE: 'on' };
const switches = ['yes', 'true', '1', 'ON', ' on', 'on off'];
const RIGHT_TO_LEFT = '\u202e';
const ZERO_WIDTH_SPACE = '\u200b';

interface Case {
  /** Surroundings in which it has an effect. */
  readonly beside?: Environment;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  /** Surroundings in which it has none. */
  readonly idle?: Environment;
}

const none = {};
const onOff: Case = { right: ['on', 'off'], wrong: switches };

/** Each variable with what it may be and with nonsense, and where it has no effect. */
const cases: Readonly<Record<string, Case>> = {
  PUBLIC_BASE_URL: {
    right: [
      'https://processes.example.org',
      'http://127.0.0.1:4566/_aws/execute-api/ogcapi/v1',
      'https://a.example/x/',
    ],
    wrong: [
      'processes.example.org',
      'ftp://a.example',
      'https://a.example?x=1',
      'https://u:p@a.example',
      'https://a b',
    ],
  },
  STORAGE_ENDPOINT: { right: ['https://s3.example.org'], wrong: ['s3', '127.0.0.1:4566', 'file:///tmp'] },
  EGRESS_ALLOW_HOSTS: {
    right: ['127.0.0.1:8080', ' 127.0.0.1:8080, [::1]:9000 ,'],
    wrong: [
      'localhost',
      'http://localhost:80',
      'a.example:0',
      'a.example:70000',
      'u@a.example:80',
      '::1:80',
      '*',
      '*:80',
      'a..example:80',
      'a,b:80',
      'exa mple:80',
      '[::zz]:80',
      '*.com:80',
      '*.example.org:443',
      '.example:80',
      'example.:80',
      'example:',
      'example:0x50',
      'example:080',
      'example:65536',
      '-a.example:80',
      'a-.example:80',
      `${'a'.repeat(64)}.example:80`,
      `${'a.'.repeat(130)}example:80`,
      '0.0.0.0:80',
      '[::]:80',
      '255.255.255.255:80',
      '224.0.0.1:80',
      '127.1:80',
      '0x7f000001:80',
      '[0:0:0:0:0:0:0:1]:80',
      '169.254.169.254:80',
      '[::ffff:a9fe:a9fe]:80',
      '[64:ff9b::a9fe:a9fe]:80',
      '[fe80::1]:80',
      '[fd00:ec2::254]:80',
    ],
  },
  SERVICE_TITLE: {
    right: ['Ours', 'Überflutung – 洪水'],
    wrong: ['  ', 'a\nb', `a${RIGHT_TO_LEFT}b`, 'x'.repeat(201), ZERO_WIDTH_SPACE],
  },
  PROVIDER_NAME: {
    right: ['Maps & Co', '地図'],
    wrong: [' ', 'a\nb', `a${RIGHT_TO_LEFT}b`, 'x'.repeat(201)],
  },
  PROVIDER_URL: {
    right: ['https://maps.example.org', 'http://maps.example.org/about'],
    wrong: [
      'maps.example.org',
      'javascript:alert(1)',
      'https://a@b.example',
      'https://a.example/?b',
      'mailto:a@b.c',
    ],
  },
  CONTACT_EMAIL: { right: ['maps@example.org'], wrong: ['maps', 'a@b', 'a b@c.d', 'a@b.c,d@e.f'] },
  MAP_TILES: {
    beside: tiles,
    right: ['https://tiles.example.org/{z}/{x}/{y}.png'],
    wrong: [
      'http://a.example/{z}/{x}/{y}',
      'https://{a-c}.example.org/{z}/{x}/{y}',
      'https://a.example/{z}',
      'tiles',
    ],
  },
  MAP_ATTRIBUTION: {
    beside: tiles,
    right: ['© Somebody'],
    wrong: ['a\u0000', 'x'.repeat(301), RIGHT_TO_LEFT],
    idle: none,
  },
  RETENTION_DAYS: { right: ['2', '3650'], wrong: ['0', '3651', '-1', '1.5', '1e2', '0x10', 'a week', ' 7'] },
  QUERY_EXECUTION: onOff,
  LIGHT_IN_REQUEST: onOff,
  COMPRESSION: onOff,
  FAN_OUT: onOff,
  WAITING_LINE: onOff,
  WATCH: onOff,
  ALARM_EMAIL: {
    right: ['ops@example.org'],
    wrong: ['ops', 'a b@c.d', 'a@b', 'a@b.c,d@e.f'],
    idle: { WATCH: 'off' },
  },
  WORKER_MEMORY: {
    right: ['raster=6144', 'light=512, vector=3008'],
    wrong: [
      '6144',
      'huge=1',
      'raster=1',
      'raster=99999',
      'raster=6144,',
      'raster=1024,raster=2048',
      'raster=6GB',
    ],
  },
  WORKER_CONCURRENCY: {
    right: ['off', 'light=5,raster=2'],
    wrong: ['on', 'light=0', 'light=-1', 'light', 'gdal=1', '50', 'light=9999999'],
  },
  QUOTAS: {
    right: ['off', 'runningJobs=7'],
    wrong: ['none', 'jobs=1', 'runningJobs=0', 'runningJobs=', 'runningJobs=1,runningJobs=2'],
  },
  BUDGET_USD: {
    beside: budget,
    right: ['120', '99.50'],
    wrong: ['0', '-5', '120 USD', '1e3', 'NaN', '0x10'],
  },
  BUDGET_MAIL: { beside: budget, right: ['ops@example.org'], wrong: ['me', 'a@b', 'a@b.c, d@e.f'] },
  DOMAIN_NAME: {
    beside: domain,
    right: ['example.org', 'processes.example.org'],
    wrong: [
      'https://processes.example.org',
      'processes',
      'a.example.com',
      'x_y.example.org',
      '*.example.org',
    ],
  },
  HOSTED_ZONE_ID: {
    beside: domain,
    right: ['Z0123456789ABCDEFGHIJ'],
    wrong: ['/hostedzone/Z0', 'z012', 'example.org'],
    idle: none,
  },
  HOSTED_ZONE_NAME: {
    beside: domain,
    right: ['example.org'],
    wrong: ['org', 'example.org.', 'example.com'],
    idle: none,
  },
  WEB_ACL: {
    right: ['managed', 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/ours/0b0a'],
    wrong: ['on', 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/0b0a', 'arn:aws:waf::1:webacl/x'],
  },
  VPC_ENDPOINTS: { right: ['vpce-0123456789abcdef0'], wrong: ['vpc-0123', 'vpce-0123,', 'vpce-xyz', 'on'] },
  AUTHORIZATION: { right: ['none', 'iam'], wrong: ['NONE', 'oauth', 'off', 'jwt ', 'api-key'] },
  AUTHORIZATION_ADMINS: {
    beside: iam,
    right: ['arn:aws:iam::123456789012:role/operator'],
    wrong: [
      'operator',
      'arn:aws:sts::123456789012:assumed-role/operator/me',
      'arn:aws:iam::1:role/x',
      'arn:aws:iam::123456789012:root',
    ],
    idle: jwt,
  },
  JWT_ISSUER: {
    beside: jwt,
    right: ['https://login.example.org/', 'https://login.example.org/realms/maps'],
    wrong: [
      'login.example.org',
      'http://login.example.org',
      ' https://a.example',
      'https://a.example?x',
      'https://u@a.example',
    ],
    idle: none,
  },
  JWT_AUDIENCE: { beside: jwt, right: ['a,b', 'https://a.example'], wrong: [',', 'a b', 'ä'], idle: none },
  JWT_SCOPE_PREFIX: {
    beside: jwt,
    right: ['https://a.example/', 'maps:'],
    wrong: ['a b', '"', "'", '\\'],
    idle: none,
  },
  JWT_CLIENT_ID: {
    beside: jwt,
    right: ['maps-pages', '0oa1b2c3d4e5f6g7h8i9.apps.example.org'],
    wrong: ['my client', '<script>\n', 'ä', 'x'.repeat(256)],
    idle: iam,
  },
  JWT_SIGN_IN_ORIGINS: {
    beside: { ...jwt, JWT_CLIENT_ID: 'pages' },
    right: ['https://oauth2.example.org', 'https://a.example, https://b.example:8443'],
    wrong: [
      'https://oauth2.example.org/',
      'http://a.example',
      '*',
      "https://a.example; script-src 'unsafe-inline'",
    ],
    idle: jwt,
  },
  COGNITO_CALLBACK_URLS: {
    beside: cognito,
    right: ['https://a.example/', 'http://localhost:8080/'],
    wrong: [',', 'http://a.example/', 'a.example', 'https://a.example/#x', 'http://localhost.evil.example/'],
    idle: none,
  },
  COGNITO_DOMAIN_PREFIX: {
    beside: cognito,
    right: ['maps-of-ours'],
    wrong: ['Maps', '-maps', 'maps.example', 'my-cognito', 'aws-maps', 'x'.repeat(64)],
    idle: jwt,
  },
  COGNITO_ENDPOINT: { right: ['http://127.0.0.1:4566'], wrong: ['emulator', 'tcp://127.0.0.1'] },
  API_KEYS: {
    beside: apiKey,
    right: ['anna,bram'],
    wrong: [',', 'anna,anna', 'ann a', '1st', 'anna;bram'],
    idle: none,
  },
  LARGE: onOff,
  LARGE_SIZE: {
    beside: large,
    right: ['cpu=8,memory=60,disk=200', 'disk=30'],
    wrong: ['8', 'cpu=3', 'cpu=8,memory=1', 'disk=1', 'gpu=1', 'cpu=8,cpu=4', 'memory=0.5'],
    idle: none,
  },
  LARGE_HOURS: {
    beside: large,
    right: ['1', '24', '1.5'],
    wrong: ['0', '25', '-1', '4h', '1e1', '0x4', '0.01'],
    idle: none,
  },
  LARGE_LIMITS: {
    beside: large,
    right: ['raster=20'],
    wrong: ['20', 'raster=0', 'raster=101', 'all=2'],
    idle: none,
  },
  LARGE_IMAGE: {
    beside: large,
    right: [
      'node:24-slim',
      'public.ecr.aws/docker/library/node:24.11.1-slim',
      `node@sha256:${'a'.repeat(64)}`,
    ],
    wrong: [
      'node',
      'https://a.example/node:24',
      'node:24; rm',
      'Node:24',
      'node:',
      'public.ecr.aws/docker/library/node',
    ],
    idle: none,
  },
};

/** Constants of others are no variables. */
const withoutImports = (code: string): string => code.replaceAll(/^import [^;]*;$/gm, '');

describe('each variable that overrides a setting', () => {
  test('is in the table, in the documentation, and tried here', () => {
    assert.deepEqual(Object.keys(cases).sort(), [...variableNames].sort());
    const pages = ['settings', 'authorization']
      .map((page) => readFileSync(`docs/operate/${page}.md`, 'utf8'))
      .join();
    assert.deepEqual(
      variableNames.filter((name) => !pages.includes(`\`${name}\``)),
      [],
    );
    const directory = 'infra/config';
    const read = readdirSync(directory).flatMap((file) =>
      [
        ...withoutImports(readFileSync(join(directory, file), 'utf8')).matchAll(
          /(?:[{,] |\['|^ {4})([A-Z][A-Z_]{4,})(?=[,\s}']|(?: = ''))/gm,
        ),
      ].map(([, name]) => name!),
    );
    const known = new Set([...variableNames, 'SIGNING_SECRET', 'LONGEST', 'TELLING']);
    assert.deepEqual(
      [...new Set(read)].filter((name) => !known.has(name)),
      [],
    );
  });

  for (const [name, { beside = {}, right, wrong, idle }] of Object.entries(cases)) {
    test(`${name} is taken as it may be, refused as nonsense, and told of where it has no effect`, () => {
      for (const text of right) {
        const environment = { ...beside, [name]: text };
        const about = findIdle(environment, settingsFor('dev', environment)).filter((said) =>
          said.includes(name),
        );
        assert.deepEqual(about, [], text);
      }
      for (const text of wrong)
        assert.throws(
          () => settingsFor('dev', { ...beside, [name]: text }),
          ({ message }: Error) => {
            assert.match(
              message,
              /use |go together|is not in|needs|empty|twice/,
              `${name}=${text}: ${message}`,
            );
            assert.ok(message.length < 1000);
            return true;
          },
          `${name}=${text} was taken`,
        );
      if (!idle) return;
      const environment: Environment = { ...idle, [name]: right[0]! };
      const said = findIdle(environment, settingsFor('dev', environment));
      assert.ok(
        said.some((sentence) => sentence.startsWith(`${name} has no effect: `)),
        `${name}: ${said}`,
      );
    });
  }

  test('all that is wrong is said at once', () => {
    assert.throws(
      () => settingsFor('dev', { RETENTION_DAYS: 'a week', WATCH: 'yes', LARGE: 'maybe' }),
      ({ message }: Error) => message.split('\n').length === 3,
    );
  });

  test('that is misspelt is told of, and nothing else is', () => {
    const environment = {
      WORKER_CONCURENCY: 'off',
      JWT_CLIENTID: 'a',
      PATH: '/bin',
      HOME: '/root',
      AWS_REGION: 'x',
    };
    assert.deepEqual(findIdle(environment, settingsFor('dev', environment)), [
      'WORKER_CONCURENCY is not a setting. Did you mean WORKER_CONCURRENCY?',
      'JWT_CLIENTID is not a setting. Did you mean JWT_CLIENT_ID?',
    ]);
  });

  test('quotas of waiting jobs have no effect where no job waits', () => {
    const told = (stage: string, environment: Environment) =>
      findIdle(environment, settingsFor(stage, environment)).join();
    const waiting = { QUOTAS: 'waitingJobs=5,executionsPerDay=10' };
    const start = /^waitingJobs in QUOTAS has no effect: /;
    assert.match(told('dev', { ...waiting, WAITING_LINE: 'off' }), start);
    assert.match(told('dev', { ...waiting, WAITING_LINE: 'off' }), /no job waits/);
    assert.match(told('local', waiting), start);
    assert.match(told('local', waiting), /no quota of runningJobs/);
    assert.equal(told('dev', waiting), '');
    assert.equal(told('dev', { QUOTAS: 'runningJobs=5', WAITING_LINE: 'off' }), '');
  });

  test('hosts that may be reached are refused with the reason', () => {
    for (const [text, why] of [
      ['*:80', /wildcard/],
      ['*.com:443', /wildcard/],
      ['a..example:80', /empty label/],
      ['a.example:70000', /port beyond 65535/],
      ['a.example:080', /begins with 0/],
      ['a.example', /one host and one port/],
      ['a-.example:80', /the label "a-"/],
      ['127.1:80', /"127\.0\.0\.1", so that it would never match/],
      ['0.0.0.0:80', /not that of one host/],
      ['[::ffff:a9fe:a9fe]:80', /link-local/],
    ] as const) {
      const environment = { EGRESS_ALLOW_HOSTS: `ok.example:80,${text}` };
      assert.throws(
        () => settingsFor('dev', environment),
        ({ message }: Error) => {
          assert.match(message, why);
          assert.ok(
            message.includes(`; use host:port`) &&
              message.includes(`"${text}" has`) === !/one host and/.test(String(why)),
            message,
          );
          return true;
        },
      );
    }
  });

  test('hosts are compared in lower case, as links have them', () => {
    const { egressAllowHosts } = settingsFor('dev', { EGRESS_ALLOW_HOSTS: 'Files.Example.org:8080' });
    assert.deepEqual(egressAllowHosts, ['files.example.org:8080']);
  });
});

describe('each setting in the file', () => {
  const usual = settingsFor('production');
  const resources = { memory: 512, timeout: 29, ephemeralStorage: 512 };
  const wrong: { readonly [Name in keyof Settings]?: readonly unknown[] } = {
    serviceTitle: ['', ' ', `a${RIGHT_TO_LEFT}`],
    provider: [{ name: ' ' }, { url: 'maps' }, { email: 'me' }],
    mapTiles: [{ template: 'http://a.example/{z}/{x}/{y}', attribution: '' }],
    apiStage: ['', 'v 1', 'v/1', 'ü'],
    publicBaseUrl: ['a.example'],
    storageEndpoint: ['s3'],
    retentionDays: [0, 1.5, Number.NaN, 4000],
    logRetentionDays: [0, 2, 15, Number.NaN],
    onDelete: ['keep', ''],
    emptyBucketOnDelete: [true],
    customerManagedKey: ['on', 'false'],
    egressAllowHosts: [['a.example'], ['a.example:99999']],
    inlineResultBytes: [-1, 5e6, 0.5, Number.NaN],
    syncSeconds: [0, 28, Number.NaN],
    throttle: [
      { rate: 0, burst: 1 },
      { rate: 1, burst: Number.NaN },
    ],
    executionThrottle: [{ rate: 1.5, burst: 1 }],
    quotas: [{ runningJobs: 0 }, { storedBytesPerDay: -1 }],
    budget: [
      { amount: 0, mail: 'a@b.c' },
      { amount: 1, mail: 'me' },
    ],
    watch: [
      { ...usual.watch, concurrency: 0 },
      { ...usual.watch, email: 'me' },
    ],
    fanOut: [
      { ...usual.fanOut, pixels: 0.5 },
      { ...usual.fanOut, maxConcurrency: 0 },
    ],
    large: [{ ...usual.large, image: 'node' }],
    workers: [
      { ...usual.workers, light: { ...usual.workers.light, timeout: 901 } },
      { ...usual.workers, raster: { ...usual.workers.raster, ephemeralStorage: 511 } },
      { ...usual.workers, vector: { ...usual.workers.vector, reservedConcurrency: 0 } },
    ],
    api: [
      { ...resources, timeout: 30 },
      { ...resources, memory: 64 },
    ],
    tasks: [{ ...resources, timeout: 1000 }],
    apiTags: [{ '': 'a' }, { a: 'x'.repeat(257) }],
  };
  /** Of true and false alone, or verified by those who read it from the environment. */
  const besides = [
    'stage',
    'authorization',
    'frontDoor',
    'enforceTls',
    'queryExecution',
    'lightInRequest',
    'compression',
    'apiGatewayLogRole',
    'waitingLine',
  ];

  test('is tried here', () => {
    const optional = ['provider', 'mapTiles', 'publicBaseUrl', 'storageEndpoint', 'budget'];
    assert.deepEqual(
      [...Object.keys(wrong), ...besides].sort(),
      [...new Set([...Object.keys(usual), ...optional])].sort(),
    );
  });

  for (const [name, values] of Object.entries(wrong))
    test(`${name} is refused as nonsense`, () => {
      for (const value of values) {
        const settings = { ...usual, [name]: value } as Settings;
        const verify = () => {
          verifySettings(settings);
          verifyLimits(settings);
        };
        assert.throws(verify, /use /, `${name}: ${JSON.stringify(value)}`);
      }
    });
});
