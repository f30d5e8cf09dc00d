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
    [
      'signatures of Google Cloud',
      'https://storage.googleapis.com/b/o?X-Goog-Credential=a%40b&X-Goog-Signature=0f3c&X-Goog-Date=1',
      'https://storage.googleapis.com/b/o?X-Goog-Credential=***&X-Goog-Signature=***&X-Goog-Date=1',
    ],
    [
      'signatures of CloudFront',
      'https://d1.cloudfront.net/a.tif?Policy=eyJ_&Signature=x~y-&Key-Pair-Id=K2',
      'https://d1.cloudfront.net/a.tif?Policy=***&Signature=***&Key-Pair-Id=***',
    ],
    [
      'signatures of Azure',
      'https://a.blob.core.windows.net/c/a.tif?sv=2024&se=2026&sig=x%3D',
      'https://a.blob.core.windows.net/c/a.tif?sv=2024&se=2026&sig=***',
    ],
    [
      'keys of services, in whatever way they are written',
      'https://a.example/t?x-api-key=a&api-key=b&apiKey=c&subscription-key=d&Ocp-Apim-Subscription-Key=e&auth=f&client_secret=g&refresh_token=h&keys=2',
      'https://a.example/t?x-api-key=***&api-key=***&apiKey=***&subscription-key=***&Ocp-Apim-Subscription-Key=***&auth=***&client_secret=***&refresh_token=***&keys=2',
    ],
    [
      'tokens in URLs of documents',
      '<a href="https://a/?f=1&amp;token=s">',
      '<a href="https://a/?f=1&amp;token=***">',
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
      token: 'a',
      client_secret: 'b',
      signature: 'c',
    };
    assert.deepEqual(JSON.parse(JSON.stringify(line, redact)), {
      headers: { Authorization: '***', 'x-api-key': '***', accept: 'text/html' },
      access_token: '***',
      token: '***',
      client_secret: '***',
      signature: '***',
    });
  });

  test('and everything else stays as it is', () => {
    const line = { message: 'Job:Failed', path: '/jobs/1', count: 3, tokens: 'none', none: null };
    assert.deepEqual(JSON.parse(JSON.stringify(line, redact)), line);
  });
});
