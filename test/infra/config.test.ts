import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settingsFor } from '../../infra/config/config.ts';
import { findIdle } from '../../infra/config/variables.ts';

describe('settings', () => {
  test('a stage that is not listed takes the defaults', () => {
    const { stage, onDelete, retentionDays } = settingsFor('review-7');
    assert.deepEqual(
      { stage, onDelete, retentionDays },
      { stage: 'review-7', onDelete: 'delete', retentionDays: 7 },
    );
  });

  test('production keeps its data', () => {
    assert.equal(settingsFor('production').onDelete, 'retain');
    assert.equal(settingsFor('production').emptyBucketOnDelete, false);
  });

  test('stages of the same first word are set up alike, and have names of their own', () => {
    const { stage, ...settings } = settingsFor('production-2');
    const { stage: _, ...production } = settingsFor('production');
    assert.equal(stage, 'production-2');
    assert.deepEqual(settings, production);
  });

  test('TLS is left out on emulators only', () => {
    assert.deepEqual(
      ['dev', 'production', 'local'].map((stage) => settingsFor(stage).enforceTls),
      [true, true, false],
    );
  });

  test('the environment overrides', () => {
    const settings = settingsFor('dev', {
      PUBLIC_BASE_URL: 'https://example.org/processes/',
      EGRESS_ALLOW_HOSTS: ' 127.0.0.1:8080, [::1]:9000 ,',
      SERVICE_TITLE: 'Ours',
      PROVIDER_NAME: 'Maps',
      CONTACT_EMAIL: 'maps@example.org',
      RETENTION_DAYS: '3',
      COMPRESSION: 'off',
    });
    assert.equal(settings.publicBaseUrl, 'https://example.org/processes');
    assert.deepEqual(settings.egressAllowHosts, ['127.0.0.1:8080', '[::1]:9000']);
    assert.equal(settings.serviceTitle, 'Ours');
    assert.deepEqual(settings.provider, { name: 'Maps', email: 'maps@example.org' });
    assert.equal(settingsFor('dev').provider, undefined);
    assert.equal(settings.retentionDays, 3);
    assert.equal(settings.compression, false);
    assert.equal(settingsFor('dev', { COMPRESSION: 'on' }).compression, true);
  });

  test('the default is to reach no private host', () => {
    for (const stage of ['dev', 'production', 'local'])
      assert.deepEqual(settingsFor(stage, {}).egressAllowHosts, []);
  });

  const wrong: [string, Record<string, string>, RegExp][] = [
    ['a switch that is neither on nor off', { COMPRESSION: 'yes' }, /use on or off/],
    ['a host without a port', { EGRESS_ALLOW_HOSTS: 'localhost' }, /use host:port/],
    ['a URL instead of a host', { EGRESS_ALLOW_HOSTS: 'http://localhost:80' }, /use host:port/],
    ['a secret in clear text', { SIGNING_SECRET: 'secret' }, /docs\/operate\/security/],
    ['no retention', { RETENTION_DAYS: '0' }, /1 to 3650/],
    [
      'a retention within which a job may still wait',
      { RETENTION_DAYS: '1' },
      /retentionDays is 1: .* 27 h.*at least 2/,
    ],
    [
      'a retention within which a task may still run',
      { RETENTION_DAYS: '2', LARGE: 'on', LARGE_HOURS: '24' },
      /retentionDays is 2: .*at least 3/,
    ],
    ['more executions than are counted', { QUOTAS: 'executionsPerDay=10000000' }, /use up to 100000/],
    ['the address of credentials', { EGRESS_ALLOW_HOSTS: '169.254.169.254:80' }, /a link-local address/],
    [
      'the address of credentials in IPv6',
      { EGRESS_ALLOW_HOSTS: '[fd00:ec2::254]:80' },
      /a link-local address/,
    ],
    ['a retention that is no number', { RETENTION_DAYS: 'a week' }, /1 to 3650/],
  ];
  for (const [name, environment, message] of wrong) {
    test(`${name} is refused with what would be right`, () => {
      assert.throws(() => settingsFor('dev', environment), message);
    });
  }

  test('limits can be overridden one by one, or turned off', () => {
    const { workers, quotas, budget } = settingsFor('dev', {
      WORKER_MEMORY: 'raster=6144',
      WORKER_CONCURRENCY: 'light=5, raster=2',
      QUOTAS: 'runningJobs=7',
      BUDGET_USD: '120',
      BUDGET_MAIL: 'ops@example.org',
    });
    assert.equal(workers.raster.memory, 6144);
    assert.equal(workers.vector.memory, 3008);
    assert.deepEqual(
      [workers.light, workers.vector, workers.raster].map((worker) => worker.reservedConcurrency),
      [5, 20, 2],
    );
    assert.equal(quotas.runningJobs, 7);
    assert.equal(quotas.executionsPerDay, settingsFor('dev').quotas.executionsPerDay);
    assert.deepEqual(budget, { amount: 120, mail: 'ops@example.org' });
    assert.deepEqual(settingsFor('dev', { QUOTAS: 'off' }).quotas, {});
    assert.deepEqual(settingsFor('local').quotas, {});
  });

  const wrongLimits: [string, Record<string, string>, RegExp][] = [
    ['a class that is none', { WORKER_MEMORY: 'huge=6144' }, /light, vector, raster/],
    ['memory that no function has', { WORKER_MEMORY: 'raster=20000' }, /128 to 10240/],
    ['no concurrency at all', { WORKER_CONCURRENCY: 'raster=0' }, /from 1/],
    ['a quota that is none', { QUOTAS: 'jobs=1' }, /runningJobs/],
    ['a quota of nothing', { QUOTAS: 'runningJobs=0' }, /from 1/],
    ['a budget that nobody hears of', { BUDGET_USD: '5' }, /go together/],
    ['a budget of nothing', { BUDGET_USD: '0', BUDGET_MAIL: 'a@b.c' }, /US dollars/],
    ['a budget that is told to no address', { BUDGET_USD: '5', BUDGET_MAIL: 'me' }, /use an e-mail address/],
  ];
  for (const [name, environment, message] of wrongLimits) {
    test(`${name} is refused with what would be right`, () => {
      assert.throws(() => settingsFor('dev', environment), message);
    });
  }

  test('a stage that cannot be part of a stack name is refused', () => {
    for (const stage of ['', 'Dev', '1st', 'a_b', 'x'.repeat(21)])
      assert.throws(() => settingsFor(stage), /Stage/);
  });
});

test('tiles of maps come from one https origin', () => {
  const template = 'https://tiles.example.org/world/{z}/{x}/{y}.png';
  const { mapTiles } = settingsFor('dev', { MAP_TILES: template, MAP_ATTRIBUTION: '© Somebody' });
  assert.deepEqual(mapTiles, { template, attribution: '© Somebody' });
  for (const wrong of [
    'http://a.example/{z}/{x}/{y}',
    'https://{a-c}.example.org/{z}/{x}/{y}',
    'https://a.example/1.png',
    'https://a.example/{z};x',
    'https://a.example:99999/{z}/{x}/{y}',
  ])
    assert.throws(() => settingsFor('dev', { MAP_TILES: wrong }), /MAP_TILES/);
});

test('a job is kept for a day where none waits', () => {
  assert.equal(settingsFor('dev', { RETENTION_DAYS: '1', WAITING_LINE: 'off' }).retentionDays, 1);
});

test('a name has no case', () => {
  const zone = { HOSTED_ZONE_ID: 'Z0123456789', HOSTED_ZONE_NAME: 'Example.org' };
  const { frontDoor, publicBaseUrl } = settingsFor('dev', { DOMAIN_NAME: 'Processes.example.ORG', ...zone });
  assert.deepEqual(
    [frontDoor.domain?.name, publicBaseUrl],
    ['processes.example.org', 'https://processes.example.org'],
  );
});

test('a variable in lower case is told of, however short it is', () => {
  const environment = { quotas: 'off', Large: 'on', path: '/bin' };
  assert.deepEqual(findIdle(environment, settingsFor('dev', environment)), [
    'quotas is not a setting. Did you mean QUOTAS?',
    'Large is not a setting. Did you mean LARGE?',
  ]);
});
