import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redact, redactText } from '../../../functions/observe/redact.ts';

const jwt = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"sub":"me"}').toString('base64url')}.c2lnbmF0dXJl`;

describe('what the log does not say', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'signatures of presigned URLs',
      'GET https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=0f3c&X-Amz-Credential=AKIDX%2F2026 failed',
      'GET https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=***&X-Amz-Credential=*** failed',
    ],
    [
      'tokens in queries',
      'https://data.example/a?token=s3cret&f=json',
      'https://data.example/a?token=***&f=json',
    ],
    ['passwords in URLs', 'fetch of ftp://me:pass@data.example/x', 'fetch of ftp://***@data.example/x'],
    ['bearer tokens', 'Authorization: Bearer abcdefgh.12345', 'Authorization: Bearer ***'],
    ['JSON Web Tokens', `the token ${jwt} has expired`, 'the token *** has expired'],
    ['keys of AWS', 'AKIAABCDEFGHIJKLMNOP is not authorized', '*** is not authorized'],
  ];
  for (const [what, text, safe] of cases) test(what, () => assert.equal(redactText(text), safe));

  test('values of members with secrets, at any depth', () => {
    const line = {
      headers: { Authorization: 'x', 'x-api-key': 'y', accept: 'text/html' },
      access_token: 'z',
    };
    assert.deepEqual(JSON.parse(JSON.stringify(line, redact)), {
      headers: { Authorization: '***', 'x-api-key': '***', accept: 'text/html' },
      access_token: '***',
    });
  });

  test('and everything else stays as it is', () => {
    const line = { message: 'Job:Failed', path: '/jobs/1', count: 3, tokens: 'none', none: null };
    assert.deepEqual(JSON.parse(JSON.stringify(line, redact)), line);
  });
});
