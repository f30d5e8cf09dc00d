import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { sharedGeometries, sharedNumbers } from '../../geo/layer/packed-geometries.ts';
import { Channel } from '../../geo/parallel/channel.ts';
import { Claims } from '../../geo/parallel/claims.ts';
import { findHelperModule } from '../../geo/parallel/helper-threads.ts';
import type { HelperSide, SharerSide } from '../../geo/parallel/messages.ts';
import { makeBundles } from '../../infra/bundles.ts';
import { bowtie } from '../processes/support/layers.ts';

const entry = 'worker/vector';
const directory = mkdtempSync(join(tmpdir(), 'bundles-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const folder = (await makeBundles([entry], directory)).get(entry)!.directory;
const module = pathToFileURL(join(folder, 'helper.mjs'));

test('the thread of the vector worker finds its helpers, whichever file of the bundle its code is in', () => {
  const files = ['thread.mjs', ...readdirSync(join(folder, 'chunks')).map((name) => join('chunks', name))];
  for (const file of files) {
    const found = findHelperModule(pathToFileURL(join(folder, file)).href);
    assert.equal(found?.href, module.href, file);
  }
});

test('helpers run in the bundle', async () => {
  const worker = new Worker(module);
  try {
    const results: unknown[] = [];
    const never = (answer: unknown) => assert.fail(JSON.stringify(answer));
    const helper = new Channel<SharerSide, HelperSide>(worker, {
      result: ({ result }) => void results.push(result),
      failed: never,
      warning: never,
    });
    await helper.call('help', {
      id: 1,
      kernel: 'checkGeometries',
      data: { geometries: sharedGeometries([bowtie]), starts: sharedNumbers([0, 1]), repair: undefined },
      claims: Claims.allocate(1),
      thread: 0,
      threads: 1,
      limits: { inlineBytes: 0 },
    });
    assert.equal(results.length, 1);
    assert.deepEqual(results[0], {
      indexes: new Uint32Array([0]),
      reasons: ['Self-intersection'],
      locations: new Float64Array([1, 1]),
      repaired: { bytes: new Uint8Array(0), offsets: new Uint32Array([0]) },
    });
  } finally {
    await worker.terminate();
  }
});
