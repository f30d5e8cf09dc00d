import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Settings, settingsFor } from '../../infra/config/config.ts';
import { verifyTogether } from '../../infra/config/contradictions.ts';
import { findIdle } from '../../infra/config/variables.ts';

type Environment = Readonly<Record<string, string>>;

const domain = {
  DOMAIN_NAME: 'Processes.example.org',
  HOSTED_ZONE_ID: 'Z0123456789ABCDEFGHIJ',
  HOSTED_ZONE_NAME: 'example.org',
};
const cognito = { AUTHORIZATION: 'cognito', COGNITO_CALLBACK_URLS: 'https://processes.example.org/' };
const usual = settingsFor('production');

describe('settings that contradict each other', () => {
  const refused: [name: string, environment: Environment, says: RegExp][] = [
    [
      'another base URL than that of the domain',
      { ...domain, PUBLIC_BASE_URL: 'https://maps.example.org' },
      /PUBLIC_BASE_URL.*maps\.example\.org.*DOMAIN_NAME.*processes\.example\.org.*Remove PUBLIC_BASE_URL/,
    ],
    [
      'a path below the domain',
      { ...domain, PUBLIC_BASE_URL: 'https://processes.example.org/v1' },
      /Remove PUBLIC_BASE_URL/,
    ],
    [
      'the domain without TLS',
      { ...domain, PUBLIC_BASE_URL: 'http://processes.example.org' },
      /Remove PUBLIC_BASE_URL/,
    ],
    [
      'a storage without TLS, whose bucket wants it',
      { STORAGE_ENDPOINT: 'http://127.0.0.1:4566' },
      /STORAGE_ENDPOINT.*enforceTls.*Remove STORAGE_ENDPOINT/,
    ],
    [
      'keys of tokens without TLS',
      { ...cognito, COGNITO_ENDPOINT: 'http://keys.example.org' },
      /COGNITO_ENDPOINT.*Remove COGNITO_ENDPOINT/,
    ],
  ];
  for (const [name, environment, says] of refused)
    test(`${name}: refused, with what to remove`, () => {
      assert.throws(() => settingsFor('production', environment), says);
    });

  test('what says the same twice is none', () => {
    for (const PUBLIC_BASE_URL of ['https://processes.example.org', 'https://PROCESSES.example.org/']) {
      const { publicBaseUrl } = settingsFor('production', { ...domain, PUBLIC_BASE_URL });
      assert.match(publicBaseUrl ?? '', /processes\.example\.org$/i);
    }
    assert.equal(settingsFor('production', domain).publicBaseUrl, 'https://processes.example.org');
  });

  test('an emulator is reached without TLS', () => {
    const environment = {
      ...cognito,
      STORAGE_ENDPOINT: 'http://127.0.0.1:4566',
      COGNITO_ENDPOINT: 'http://127.0.0.1:4566',
    };
    assert.doesNotThrow(() => settingsFor('local-1', environment));
  });

  const inFile: [name: string, settings: Partial<Settings>, says: RegExp][] = [
    [
      'a throttle of executions above that of all',
      { executionThrottle: { rate: 300, burst: 10 } },
      /lower the first/,
    ],
    [
      'a burst of executions above that of all',
      { executionThrottle: { rate: 10, burst: 500 } },
      /lower the first/,
    ],
    [
      'a worker that stops before a synchronous execution may',
      { workers: { ...usual.workers, light: { ...usual.workers.light, timeout: 26 } } },
      /workers\.light stops after 26 s.*at least 27/,
    ],
  ];
  for (const [name, settings, says] of inFile)
    test(`${name}: refused`, () => {
      assert.throws(() => verifyTogether({ ...usual, ...settings }), says);
    });

  test('no stage has any', () => {
    for (const stage of ['dev', 'production', 'local']) assert.doesNotThrow(() => settingsFor(stage));
  });
});

test('a user pool that does not let people back to the pages is told of', () => {
  const told = (environment: Environment) => findIdle(environment, settingsFor('production', environment));
  const elsewhere = { ...cognito, COGNITO_CALLBACK_URLS: 'https://processes.example.org' };
  assert.match(told({ ...elsewhere, ...domain }).join(), /"https:\/\/processes\.example\.org\/".*sign in/);
  assert.deepEqual(told({ ...cognito, ...domain }), []);
  // Where the base URL is that of each request, nobody knows it beforehand.
  assert.deepEqual(told(elsewhere), []);
});
