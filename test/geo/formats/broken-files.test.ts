import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { classLimits } from '../../../core/processes/define.ts';
import { Refusal } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { bytesSource, contextOf } from './support.ts';

/** That files with changed bytes are read or refused, and never end the worker or take its memory. */
const file = (name: string) => readFileSync(new URL(`../../fixtures/layers/${name}`, import.meta.url));

const samples: readonly (readonly [name: string, mediaType: string])[] = [
  ['districts.fgb', MediaType.flatgeobuf],
  ['districts.parquet', MediaType.geoparquet],
  ['layers.gpkg', MediaType.geopackage],
  ['layers.zip', MediaType.shapefile],
  ['layers.kml', MediaType.kml],
  ['stops.csv', MediaType.csv],
  ['stops.geojsons', MediaType.geojsonSequence],
];

/** Places near the start are the more interesting ones: headers stand there. */
const changes = fc.record({
  bytes: fc.array(
    fc.tuple(fc.oneof(fc.nat(200), fc.nat(1_000_000)), fc.oneof(fc.constant(255), fc.nat(255))),
    { minLength: 1, maxLength: 4 },
  ),
  share: fc.oneof(
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  ),
});
type Changes = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changed(original: Uint8Array, { bytes, share }: Changes): Uint8Array {
  const copy = Buffer.from(original);
  for (const [place, value] of bytes) copy[place % copy.length] = value;
  return copy.subarray(0, Math.floor(copy.length * share));
}

async function isReadOrRefused(bytes: Uint8Array, mediaType: string): Promise<void> {
  const context = contextOf({ limits: classLimits.vector });
  const outcome = await readLayer(bytesSource(bytes, { mediaType }), context).catch(
    (thrown: unknown) => thrown,
  );
  assert.ok(outcome instanceof Refusal || (outcome as { features?: unknown }).features, String(outcome));
}

describe('a broken file', () => {
  for (const [name, mediaType] of samples) {
    it(`like ${name} is read or refused`, async () => {
      const original = file(name);
      await fc.assert(
        fc.asyncProperty(changes, (how) => isReadOrRefused(changed(original, how), mediaType)),
        { numRuns: 150 },
      );
    });
  }

  it('like districts.parquet with any byte of its first pages changed comes to an end', async () => {
    const original = file('districts.parquet');
    for (let place = 0; place < 300; place++) {
      for (const value of [0, 0x1c, 0xff]) {
        const copy = Buffer.from(original);
        copy[place] = value;
        await isReadOrRefused(copy, MediaType.geoparquet);
      }
    }
  });

  it('inside an archive is read or refused', async () => {
    const files = unzipSync(file('layers.zip'));
    const names = fc.constantFrom(...Object.keys(files).filter((name) => name.includes('districts')));
    await fc.assert(
      fc.asyncProperty(names, changes, (name, how) =>
        isReadOrRefused(zipSync({ ...files, [name]: changed(files[name]!, how) }), MediaType.shapefile),
      ),
      { numRuns: 150 },
    );
  });
});
