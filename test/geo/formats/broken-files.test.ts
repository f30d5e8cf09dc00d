import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { classLimits } from '../../../core/processes/define.ts';
import { Refusal } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { bytesSource, makeRunContext } from './support.ts';

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

/** What JavaScript says when a reader stumbles; a refusal speaks of the file. */
const ofTheLanguage =
  /is not a function|of undefined|of null|Invalid (?:typed )?array|out of bounds|outside the bounds/i;

async function isReadOrRefused(bytes: Uint8Array, mediaType: string): Promise<void> {
  const context = makeRunContext({ limits: classLimits.vector });
  const outcome = await readLayer(bytesSource(bytes, { mediaType }), context).catch(
    (thrown: unknown) => thrown,
  );
  if (outcome instanceof Refusal)
    assert.doesNotMatch(outcome.message + JSON.stringify(outcome), ofTheLanguage);
  assert.ok(outcome instanceof Refusal || (outcome as { features?: unknown }).features, String(outcome));
}

/** Where the last of some features begins: the one place from which so many sizes lead to the end. */
function findLastFeature(bytes: Uint8Array, view: DataView, count: number): number {
  for (let start = 12 + view.getUint32(8, true); start < bytes.length; start++) {
    let at = start;
    let last = start;
    let features = 0;
    while (at + 4 <= bytes.length && features < count) {
      last = at;
      at += 4 + view.getUint32(at, true);
      features++;
    }
    if (features === count && at === bytes.length) return last;
  }
  throw new Error('The file has other features');
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

  it('like districts.fgb cut where a feature ends is refused as cut off', async () => {
    const original = file('districts.fgb');
    const view = new DataView(original.buffer, original.byteOffset, original.length);
    const { features } = await readLayer(
      bytesSource(original, { mediaType: MediaType.flatgeobuf }),
      makeRunContext(),
    );
    const last = findLastFeature(original, view, features.length);
    const source = bytesSource(original.subarray(0, last), { mediaType: MediaType.flatgeobuf });
    await assert.rejects(
      readLayer(source, makeRunContext()),
      new RegExp(`${features.length} features, but it ends after ${features.length - 1}`),
    );
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
