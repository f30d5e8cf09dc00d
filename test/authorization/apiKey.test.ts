import { describe } from 'node:test';
import type { Credentials, Headers } from '../support/credentials.ts';
import { tryEveryOperation } from '../support/every-operation.ts';
import { ApiKeys } from './support/api-keys.ts';
import { tryAttacks } from './support/attacks.ts';
import { fromEnvironment, service, tryLists } from './support/deployed.ts';

/*
 * The gateway of the emulator looks for the key in the usage plan, and tells the functions whose it is. Keys have no end: one that
 * should not do any more is deleted, or disabled, which the emulator does not heed.
 */
const keys = new ApiKeys(fromEnvironment('AWS_ENDPOINT_URL'));
const withKey = (value: string): Headers => ({ 'X-Api-Key': value });

const anna = await keys.named('anna');
const deleted = await keys.make('carla');
await keys.addToPlan(deleted);
await keys.remove(deleted);
const added = await keys.make('bram');
await keys.addToPlan(added);

const credentials: Credentials = {
  mode: 'apiKey',
  anna: withKey(anna.value),
  bram: withKey(added.value),
  admin: withKey((await keys.named('operator')).value),
  bad: {
    'no key': {},
    'an empty key': withKey(''),
    'a key that nobody has': withKey('0123456789abcdef0123456789abcdef'),
    'the id of a key instead of its value': withKey(anna.id),
    'a key in the header of tokens': { Authorization: `Bearer ${anna.value}` },
    'a key of which the end is missing': withKey(anna.value.slice(0, -1)),
    'two keys': withKey(`${anna.value}, ${added.value}`),
    'a key that is in no usage plan': withKey((await keys.make('dora')).value),
    'a key that was deleted': withKey(deleted.value),
  },
  challenge: /^ApiKey header="X-Api-Key"$/,
  missing: () => /never/,
};

describe('authorization by apiKey, deployed', { concurrency: 1 }, () => {
  tryEveryOperation(service, credentials);
  tryLists(credentials);
  tryAttacks(credentials);
});
