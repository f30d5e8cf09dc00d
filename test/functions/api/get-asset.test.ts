import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { operations } from '../../../core/api/operations.ts';
import { getAsset } from '../../../functions/api/get-asset.ts';
import type { ReadAsset } from '../../../functions/assets/read-asset.ts';
import { createHandler } from '../../../functions/http/handler.ts';
import { openGateway } from '../../support/memory/memory-authorizer.ts';
import { memoryService } from '../../support/memory-service.ts';

const script = Buffer.from('export {};');
const read: ReadAsset = async (name, encoding) =>
  name === 'map-1A.js'
    ? {
        bytes: encoding === 'br' ? Buffer.from('compressed') : script,
        mediaType: 'text/javascript; charset=utf-8',
        ...(encoding === 'br' ? { encoding } : {}),
      }
    : undefined;

const ask = async (file: string, headers: Record<string, string> = {}) => {
  const handler = createHandler(
    operations.getAsset,
    getAsset,
    () => ({ read }),
    () => openGateway.authorization,
  );
  const event = {
    httpMethod: 'GET',
    path: `/assets/${file}`,
    resource: '/assets/{file}',
    pathParameters: { file },
    headers: { Host: 'example.org', Accept: '*/*', ...headers },
    requestContext: { domainName: 'example.org', path: `/v1/assets/${file}`, stage: 'v1' },
  };
  const answer: APIGatewayProxyResult = JSON.parse(
    JSON.stringify(await handler(event as never, {} as never)),
  );
  const header = (name: string) => String(answer.multiValueHeaders?.[name]?.[0]);
  return { ...answer, header };
};

describe('GET /assets/{file}', () => {
  test('answers what the manifest names, to be kept for ever', async () => {
    const { statusCode, header, body } = await ask('map-1A.js');
    assert.equal(statusCode, 200);
    assert.equal(header('Content-Type'), 'text/javascript; charset=utf-8');
    assert.equal(header('Cache-Control'), 'public, max-age=31536000, immutable');
    assert.equal(header('Content-Encoding'), 'undefined');
    assert.equal(body, 'export {};');
  });

  test('in the coding that the build has made, and not compressed again', async () => {
    const { header, body, isBase64Encoded } = await ask('map-1A.js', { 'Accept-Encoding': 'gzip, br' });
    assert.equal(header('Content-Encoding'), 'br');
    assert.match(header('Vary'), /Accept-Encoding/);
    assert.equal(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString(), 'compressed');
  });

  test('a worker that is started from a script may do what the page may, and no more', async () => {
    assert.match((await ask('map-1A.js')).header('Content-Security-Policy'), /script-src 'self'/);
  });

  test('304 for who has it, and 404 for any other name, whatever it leads to', async () => {
    const tag = (await ask('map-1A.js')).header('ETag');
    assert.equal((await ask('map-1A.js', { 'If-None-Match': tag })).statusCode, 304);
    const { get } = memoryService();
    for (const name of ['none.js', '..%2Fmanifest.ts', 'toString', '__proto__', '%00', '.'])
      assert.equal((await get(`/assets/x${name}`)).status, 404, name);
    assert.equal((await get('/assets/read-asset.ts')).status, 404);
  });
});
