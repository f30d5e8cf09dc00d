import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Type } from 'typebox';
import { type KnownInputs, type PlannedRaster, planExecution } from '../../../core/execution/plan.ts';
import { classResources } from '../../../core/processes/class-resources.ts';
import { defineProcess, layer, optional, raster } from '../../../core/processes/define.ts';
import { estimateRun } from '../../../core/processes/estimate.ts';
import { enlargeLimits, largeClass } from '../../../core/processes/large-class.ts';

const process = defineProcess({
  id: 'reader',
  version: '1.2.0',
  title: 'Reader',
  description: 'Made for tests.',
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    features: { ...layer({ title: 'Features' }), minOccurs: 0 },
    distance: optional(Type.Number(), { title: 'Distance' }),
  },
  outputs: {},
  examples: [],
});
const inParts = { ...process, parts: {} as never };

const href = 'https://example.org/v1/uploads/0b0a7a4e-6f0c-4c3e-9a53-5d0f6a8f3c12';
const MEGABYTES = 100 * 1024 * 1024;
const dem: PlannedRaster = { pointer: '/inputs/raster', width: 1000, height: 1000, bands: 1 };
const outputs = [{ id: 'raster', transmissionMode: 'value' as const }];

const plan = (
  known: { readonly bytes?: number; readonly rasters?: readonly PlannedRaster[] } = {},
  {
    inputs = { raster: { href } },
    mode = 'sync',
    large,
    of = process,
  }: {
    readonly inputs?: Record<string, unknown>;
    readonly mode?: Parameters<typeof planExecution>[2];
    readonly large?: typeof largeClass;
    readonly of?: typeof process;
  } = {},
) => {
  const { bytes, rasters = [] } = known;
  const knownInputs: KnownInputs = {
    bytes: new Map(bytes === undefined ? [] : [['/inputs/raster', bytes]]),
    rasters,
  };
  const settings = { workers: classResources, quotas: {}, ...(large ? { large } : {}) };
  return planExecution(of, { inputs, outputs } as never, mode, settings as never, knownInputs);
};
const inlineBytes = JSON.stringify({ raster: { href } }).length;
const secondsOf = (bytes: number, asynchronous = false): number =>
  estimateRun(process, { bytes, asynchronous }, classResources).seconds;

describe('the plan of an execution', () => {
  test('says what would be executed, and by whom', () => {
    const { valid, processID, version, computeClass, mode, outputs: planned } = plan();
    assert.deepEqual(
      { valid, processID, version, computeClass, mode, planned },
      {
        valid: true,
        processID: 'reader',
        version: '1.2.0',
        computeClass: 'raster',
        mode: 'sync-execute',
        planned: outputs,
      },
    );
    assert.equal(plan({}, { mode: 'async' }).mode, 'async-execute');
    assert.equal(plan({}, { mode: 'wait' }).mode, 'async-execute');
  });

  test('has the bytes of the request, and of what lies with the service', () => {
    const { size, estimate } = plan({ bytes: MEGABYTES });
    assert.deepEqual(size, {
      inlineBytes,
      references: [{ pointer: '/inputs/raster', bytes: MEGABYTES }],
      rasters: [],
    });
    assert.equal(estimate.complete, true);
    assert.equal(estimate.seconds, secondsOf(MEGABYTES + inlineBytes));
    assert.ok(estimate.cost > plan({ bytes: 1 }).estimate.cost);
  });

  test('counts bytes of a request as they are in UTF-8', () => {
    const inputs = { raster: { href }, distance: 2, other: 'ä€' };
    assert.equal(plan({}, { inputs }).size.inlineBytes, Buffer.byteLength(JSON.stringify(inputs)));
  });

  test('is incomplete where the size of an input is unknown', () => {
    const { size, estimate } = plan();
    assert.deepEqual(size.references, [{ pointer: '/inputs/raster', bytes: 'unknown' }]);
    assert.equal(estimate.complete, false);
    assert.equal(estimate.seconds, secondsOf(inlineBytes));
    assert.ok(estimate.secondsPerMegabyte > 0);
  });

  test('leaves out values, and inputs that the process does not have', () => {
    const inputs = {
      raster: { href },
      distance: 3,
      features: { type: 'FeatureCollection', features: [] },
      more: { href },
    };
    assert.deepEqual(
      plan({}, { inputs }).size.references.map(({ pointer }) => pointer),
      ['/inputs/raster'],
    );
  });

  test('reckons with the part of a raster that is read', () => {
    const seconds = (more: Partial<PlannedRaster>): number =>
      plan({ bytes: MEGABYTES, rasters: [{ ...dem, ...more }] }).estimate.seconds;
    const whole = secondsOf(MEGABYTES + inlineBytes);
    assert.equal(seconds({}), whole);
    assert.equal(seconds({ pointer: '/inputs/mask', pixels: 1 }), whole, 'of another input');
    assert.equal(seconds({ window: { width: 1000, height: 100 } }), secondsOf(MEGABYTES / 10 + inlineBytes));
    assert.equal(seconds({ pixels: 500_000 }), secondsOf(MEGABYTES / 2 + inlineBytes));
    assert.equal(seconds({ window: { width: 0, height: 0 } }), secondsOf(inlineBytes));
    assert.equal(seconds({ pixels: 9_000_000 }), whole, 'zones that overlap');
  });

  test('says of a job in parts what its seconds are, where it would be one', () => {
    const says = (one: ReturnType<typeof plan>): boolean =>
      one.estimate.note.includes('in parts, in parallel');
    assert.equal(says(plan({}, { of: inParts, mode: 'async' })), true);
    assert.equal(says(plan({}, { of: inParts })), false);
    assert.equal(says(plan({}, { mode: 'async' })), false);
  });

  test('says where a job goes on that is too large, if it may', () => {
    const { large } = plan({}, { mode: 'async', large: largeClass });
    assert.ok(large);
    assert.deepEqual(large.limits, enlargeLimits(process, largeClass));
    assert.equal(large.seconds, largeClass.timeout);
    assert.ok(large.costPerHour > 0);
    assert.equal('large' in plan({}, { large: largeClass }), false, 'while a client waits');
    assert.equal('large' in plan({}, { mode: 'async' }), false, 'where there is no such class');
  });

  test('has prices with their region and date, and says it in words too', () => {
    const { estimate, sentences } = plan();
    assert.equal(estimate.currency, 'USD');
    assert.equal(estimate.prices.region, 'us-east-1');
    assert.match(estimate.prices.date, /^\d{4}-\d\d-\d\d$/);
    assert.match(sentences[0] ?? '', /executed synchronously, by a worker of the class raster/);
  });
});
