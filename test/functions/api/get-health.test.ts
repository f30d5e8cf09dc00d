import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VERSION } from '../../../core/api/version.ts';
import { memoryService } from '../../support/memory-service.ts';

describe('GET /health', () => {
  test('says that the service can take requests, and its version', async () => {
    const { status, headers, text } = await memoryService().get('/health');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^application\/health\+json/);
    const { checks, ...rest } = JSON.parse(text);
    assert.deepEqual(rest, {
      status: 'pass',
      version: '0',
      releaseId: VERSION,
      description: 'OGC API - Processes',
    });
    assert.equal(checks['jobs:responseTime'][0].status, 'pass');
  });

  test('says 503 where the jobs cannot be read; why is in the log alone', async (test) => {
    const log = test.mock.method(console, 'error', () => undefined);
    const service = memoryService();
    test.mock.method(service.ports.jobs, 'get', async () => {
      throw new Error('ResourceNotFoundException: secret table');
    });
    const { status, headers, text } = await service.get('/health');
    assert.equal(status, 503);
    assert.equal(headers.get('retry-after'), '60');
    assert.doesNotMatch(text, /secret/);
    assert.match(String(log.mock.calls[0]?.arguments[0]), /Health:Failed[\s\S]*secret table/);
  });

  test('answers HEAD as any other resource', async () => {
    const { status, text } = await memoryService().call('/health', { method: 'HEAD' });
    assert.deepEqual([status, text], [200, '']);
  });
});
