import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SecretVersions } from '../../../functions/aws/secrets.ts';

/** A secret with versions, and what was asked of it. */
function secretWith(versions: Record<string, string | Error>) {
  const asked: string[] = [];
  const read = async (stage: string) => {
    asked.push(stage);
    const version = versions[stage];
    if (version instanceof Error) throw version;
    return version;
  };
  return { read, asked };
}

test('the current key signs, and the one before it is still good', async () => {
  const { read } = secretWith({ AWSCURRENT: 'new', AWSPREVIOUS: 'old' });
  assert.deepEqual(await new SecretVersions(read).signingKeys(), {
    current: 'new',
    previous: 'old',
  });
});

test('before the first rotation there is one key', async () => {
  const { read } = secretWith({ AWSCURRENT: 'new' });
  assert.deepEqual(await new SecretVersions(read).signingKeys(), { current: 'new' });
});

test('keys are kept for five minutes, however many ask', async () => {
  const versions = { AWSCURRENT: 'one' };
  const { read, asked } = secretWith(versions);
  let now = 0;
  const secrets = new SecretVersions(read, () => now);
  await Promise.all(Array.from({ length: 20 }, () => secrets.signingKeys()));
  now = 5 * 60_000 - 1;
  await secrets.signingKeys();
  assert.equal(asked.length, 2);
  versions.AWSCURRENT = 'two';
  now = 5 * 60_000;
  assert.equal((await secrets.signingKeys()).current, 'two');
});

test('what failed is asked again, and nothing is signed with an empty key', async () => {
  const versions: Record<string, string | Error> = { AWSCURRENT: new Error('throttled') };
  const { read } = secretWith(versions);
  const secrets = new SecretVersions(read);
  await assert.rejects(secrets.signingKeys(), /throttled/);
  versions['AWSCURRENT'] = 'key';
  assert.deepEqual(await secrets.signingKeys(), { current: 'key' });
  const { read: empty } = secretWith({ AWSCURRENT: '' });
  await assert.rejects(new SecretVersions(empty).signingKeys(), /no current version/);
});

test('a key that is not known makes them be read again, once in half a minute', async () => {
  const versions: Record<string, string> = { AWSCURRENT: 'one' };
  const { read, asked } = secretWith(versions);
  let now = 0;
  const secrets = new SecretVersions(read, () => now);
  await secrets.signingKeys();
  Object.assign(versions, { AWSCURRENT: 'two', AWSPREVIOUS: 'one' });
  for (let made = 0; made < 10; made++)
    assert.equal((await secrets.signingKeys({ anew: true })).current, 'one');
  now = 30_000;
  assert.equal((await secrets.signingKeys()).current, 'one');
  for (let made = 0; made < 10; made++)
    assert.deepEqual(await secrets.signingKeys({ anew: true }), { current: 'two', previous: 'one' });
  assert.deepEqual(await secrets.signingKeys(), { current: 'two', previous: 'one' });
  assert.equal(asked.length, 4);
});

test('keys that are known are used on while they cannot be read', async () => {
  const versions: Record<string, string | Error> = { AWSCURRENT: 'one' };
  const { read } = secretWith(versions);
  let now = 0;
  const secrets = new SecretVersions(read, () => now);
  await secrets.signingKeys();
  versions['AWSCURRENT'] = new Error('throttled');
  now = 5 * 60_000;
  assert.equal((await secrets.signingKeys()).current, 'one');
  Object.assign(versions, { AWSCURRENT: 'two', AWSPREVIOUS: 'one' });
  now += 5 * 60_000;
  assert.equal((await secrets.signingKeys()).current, 'two');
});
