import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { findThreadModule } from '../../functions/worker/threads/find-thread-module.ts';
import { sharedGeometries, sharedNumbers } from '../../geo/layer/packed-geometries.ts';
import { Channel } from '../../geo/parallel/channel.ts';
import { Claims } from '../../geo/parallel/claims.ts';
import type { HelperSide, SharerSide } from '../../geo/parallel/messages.ts';
import { keepBundles } from '../../infra/kept-bundles.ts';
import { bowtie } from '../processes/support/layers.ts';

const entry = 'worker/vector';
const bundle = (await keepBundles([entry])).get(entry)!;
const module = pathToFileURL(join(bundle.directory, 'helper.mjs'));

test('the thread of the vector worker finds its helpers beside it', () => {
  const thread = Object.entries(bundle.metafile.outputs).find(([path]) => path.endsWith('/thread.mjs'));
  // Whose URL is asked for: in a chunk it would be another.
  assert.ok(thread?.[1].inputs['functions/worker/vector-thread.ts']);
  const here = pathToFileURL(join(bundle.directory, 'thread.mjs')).href;
  assert.equal(findThreadModule('helper', 'vector', here).href, module.href);
  assert.ok(existsSync(module));
});

test('every thread of the sources that has helpers says where they are', () => {
  const workers = new URL('../../functions/worker/', import.meta.url);
  const helpers = readdirSync(workers).filter((name) => name.endsWith('-helper.ts'));
  assert.ok(helpers.length > 0);
  for (const name of helpers) {
    const thread = new URL(name.replace('-helper', '-thread'), workers);
    const computeClass = name.replace('-helper.ts', '') as ComputeClass;
    assert.equal(findThreadModule('helper', computeClass, thread.href).href, new URL(name, workers).href);
    assert.match(
      readFileSync(thread, 'utf8'),
      new RegExp(`\\.use\\(findThreadModule\\('helper', '${computeClass}'`),
    );
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
