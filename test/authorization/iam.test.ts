import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Credentials, Headers } from '../support/credentials.ts';
import { makeJob, tryEveryOperation } from '../support/every-operation.ts';
import { tryAttacks } from './support/attacks.ts';
import { fromEnvironment, service, tryLists } from './support/deployed.ts';
import { ask } from './support/identities.ts';

/*
 * The emulator finds out whose key it is that a request names, and does neither verify the signature nor evaluate the policies
 * of the caller: what is tried here is who owns what. AWS does both before a function is asked.
 */
const endpoint = fromEnvironment('AWS_ENDPOINT_URL');

const signedWith = (key: string): Headers => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
});

async function user(name: string): Promise<Headers> {
  await ask(endpoint, 'iam', { Action: 'CreateUser', UserName: name }, 'UserName');
  return signedWith(await ask(endpoint, 'iam', { Action: 'CreateAccessKey', UserName: name }, 'AccessKeyId'));
}

async function session(roleArn: string, name: string): Promise<Headers> {
  const parameters = { Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: name };
  return signedWith(await ask(endpoint, 'sts', parameters, 'AccessKeyId'));
}

const credentials: Credentials = {
  mode: 'iam',
  anna: await user('anna'),
  bram: await user('bram'),
  admin: await user('operator'),
  bad: { 'no signature': {}, 'a key that nobody has': signedWith('AKIAIOSFODNN7EXAMPLE') },
  challenge: /^AWS4-HMAC-SHA256/,
  missing: () => /never/,
};

describe('authorization by iam, deployed', { concurrency: 1 }, () => {
  tryEveryOperation(service, credentials);
  tryLists(credentials);
  tryAttacks(credentials);

  test('a role is one owner, whatever its sessions are called', async () => {
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    });
    const role = async (name: string) =>
      ask(
        endpoint,
        'iam',
        { Action: 'CreateRole', RoleName: name, Path: '/maps/', AssumeRolePolicyDocument: trust },
        'Arn',
      );
    const analyst = await role('analyst');
    const jobID = await makeJob(service, await session(analyst, 'anna-monday'));
    const statusFor = async (headers: Headers) => (await service.get(`/jobs/${jobID}`, headers)).status;
    assert.equal(await statusFor(await session(analyst, 'anna-tuesday')), 200);
    assert.equal(await statusFor(await session(await role('visitor'), 'anna-monday')), 404);
  });
});
