import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findOldVersions, versionsNamed } from '../../scripts/lib/old-versions.ts';

const now = new Date('2026-11-29T12:00:00Z');
const made = (hours: Record<string, number>) =>
  Object.entries(hours).map(([Version, ago]) => ({
    Version,
    LastModified: new Date(now.getTime() - ago * 3_600_000).toISOString(),
  }));

test('versions go two days after another one followed, however old they are themselves', () => {
  assert.deepEqual(findOldVersions(made({ $LATEST: 1, 8: 900, 9: 100, 10: 49, 11: 47, 12: 1 }), now), [
    '8',
    '9',
  ]);
});

test('the last version stays, however old it is', () => {
  assert.deepEqual(findOldVersions(made({ $LATEST: 900, 7: 900 }), now), []);
  assert.deepEqual(findOldVersions(made({ $LATEST: 900 }), now), []);
});

test('a version whose follower does not say when it was made stays', () => {
  assert.deepEqual(findOldVersions([{ Version: '1' }, { Version: '2' }], now), []);
});

test('a version that is called stays, whatever somebody has published by hand after it', () => {
  const versions = made({ 7: 900, 8: 400, 9: 300 });
  const definition =
    '"Resource":"arn:aws:lambda:eu-west-1:123456789012:function:worker:8","arn:aws:lambda:eu-west-1:123456789012:function:worker-2:7"';
  assert.deepEqual(versionsNamed('worker', definition), ['8']);
  assert.deepEqual(findOldVersions(versions, now, new Set(versionsNamed('worker', definition))), ['7']);
});
