import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ExecutionPlan, PlannedRaster } from '../../../core/execution/plan.ts';
import { planInWords } from '../../../core/execution/plan-in-words.ts';

type Size = ExecutionPlan['size'];

const estimate = {
  seconds: 1.5,
  cost: 0.000_000_25,
  currency: 'USD',
  complete: true,
  secondsPerMegabyte: 0.15,
  prices: { region: 'us-east-1', date: '2026-01-01' },
  note: '',
};
const words = (size: Partial<Size> = {}, more: Partial<Parameters<typeof planInWords>[0]> = {}): string[] =>
  planInWords({
    computeClass: 'vector',
    mode: 'sync-execute',
    size: { inlineBytes: 120, references: [], rasters: [], ...size },
    estimate,
    ...more,
  });
const dem = (more: Partial<PlannedRaster> = {}): PlannedRaster => ({
  pointer: '/inputs/raster',
  width: 40,
  height: 30,
  bands: 1,
  ...more,
});
const ofRaster = (more: Partial<PlannedRaster>): string | undefined => words({ rasters: [dem(more)] })[2];

describe('a dry run in words', () => {
  test('says how the request would be executed, what its inputs have, and what it would take', () => {
    assert.deepEqual(words(), [
      'The request is valid. It would be executed synchronously, by a worker of the class vector.',
      'The inputs have 120 bytes in the request.',
      'It would take about 1.5 s and cost about 0.00000025 USD.',
    ]);
    assert.match(
      words({}, { mode: 'async-execute', computeClass: 'raster' })[0] ?? '',
      /would run as a job, by a worker of the class raster/,
    );
  });

  test('says bytes in units that people read', () => {
    const sentence = (inlineBytes: number) => words({ inlineBytes })[1];
    assert.equal(sentence(999), 'The inputs have 999 bytes in the request.');
    assert.equal(sentence(1000), 'The inputs have 1 kB in the request.');
    assert.equal(sentence(999_400), 'The inputs have 999 kB in the request.');
    assert.equal(sentence(1_000_000), 'The inputs have 1.0 MB in the request.');
  });

  test('adds up what lies with the service, and says what is not known', () => {
    const known = [
      { pointer: '/inputs/a', bytes: 1500 },
      { pointer: '/inputs/b', bytes: 500 },
    ];
    assert.equal(
      words({ references: known })[1],
      'The inputs have 120 bytes in the request and 2 kB in uploads and earlier results.',
    );
    const unknown = { pointer: '/inputs/c', bytes: 'unknown' as const };
    assert.match(
      words({ references: [...known, unknown] })[1] ?? '',
      /2 kB in uploads and earlier results\. One is given by URL,.* its size is unknown/,
    );
    assert.match(
      words({ references: [unknown, unknown] })[1] ?? '',
      /in the request\. 2 are given by URL,.* their size is unknown/,
    );
  });

  test('says what comes to the time for data that it has not seen', () => {
    assert.equal(
      words({}, { estimate: { ...estimate, complete: false } }).at(-1),
      'It would take about 1.5 s and cost about 0.00000025 USD, plus 0.15 s for each megabyte of data that is given by URL.',
    );
    assert.match(words({}, { estimate: { ...estimate, cost: 2 } }).at(-1) ?? '', /cost about 2 USD\.$/);
  });

  test('says how much of a raster will be read', () => {
    const whole = 'The raster "raster" has 40 × 30 pixels in 1 band';
    assert.equal(ofRaster({}), `${whole}; how much of it will be read is not known beforehand.`);
    assert.equal(ofRaster({ window: { width: 40, height: 30 } }), `${whole}; all of them will be read.`);
    assert.equal(
      ofRaster({ window: { width: 40, height: 2 } }),
      `${whole}; 40 × 2 pixels of them will be read.`,
    );
    assert.equal(
      ofRaster({ window: { width: 4, height: 30 } }),
      `${whole}; 4 × 30 pixels of them will be read.`,
    );
    assert.equal(ofRaster({ window: { width: 0, height: 0 } }), `${whole}; none of them will be read.`);
    assert.equal(ofRaster({ pixels: 1 }), `${whole}; 1 pixel of each band used will be read.`);
    assert.equal(
      ofRaster({ pixels: 0, bands: 3 }),
      'The raster "raster" has 40 × 30 pixels in 3 bands; 0 pixels of each band used will be read.',
    );
  });

  test('names rasters as their inputs, and speaks of three of them', () => {
    const pointers = ['/inputs/rasters/0/value', '/inputs/rasters/1', '/inputs/mask/value', '/inputs/more'];
    const said = words({ rasters: pointers.map((pointer) => dem({ pointer })) }).slice(2, -1);
    assert.deepEqual(
      said.map((sentence) => /"(.*?)"/.exec(sentence)?.[1]),
      ['rasters/0', 'rasters/1', 'mask'],
    );
  });
});
