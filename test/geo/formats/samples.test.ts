import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import { Crs84 } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import type { Layer } from '../../../geo/layer/layer.ts';
import { areaDifference } from '../../processes/support/oracle.ts';
import { bytesSource, makeRunContext } from './support.ts';

/** That files which GDAL and pyarrow wrote are read as what they were made from (test/fixtures/layers/README.md). */
const file = (name: string) => readFileSync(new URL(`../../fixtures/layers/${name}`, import.meta.url));

interface Expected {
  readonly crs: string;
  readonly features: readonly {
    readonly properties: Record<string, unknown>;
    readonly geometry: Geometry | null;
    readonly longitudesLatitudes: Geometry | null;
  }[];
}

const expected = JSON.parse(file('expected.json').toString()) as Record<string, Expected>;
const geos = await loadGeos();

interface Sample {
  readonly name: string;
  readonly content: string;
  readonly layer?: string;
  /** CRS of the file where it is not that of the layer. */
  readonly crs?: string;
}

const samples: Sample[] = [
  { name: 'districts.geojson', content: 'districts' },
  { name: 'districts.fgb', content: 'districts' },
  { name: 'districts.parquet', content: 'districts' },
  { name: 'layers.gpkg', content: 'districts' },
  { name: 'layers.gpkg', content: 'stops', layer: 'stops' },
  { name: 'layers.zip', content: 'districts' },
  { name: 'layers.zip', content: 'stops', layer: 'stops' },
  { name: 'layers.zip', content: 'stops', layer: 'data/stops' },
  { name: 'latin.zip', content: 'latin' },
  { name: 'layers.kml', content: 'districts', crs: Crs84 },
  { name: 'layers.kml', content: 'stops', layer: 'stops', crs: Crs84 },
  { name: 'stops.fgb', content: 'stops' },
  { name: 'stops.csv', content: 'stops', crs: Crs84 },
  { name: 'semicolons.csv', content: 'stops', crs: Crs84 },
  { name: 'stops.geojsonl', content: 'stops', crs: Crs84 },
  { name: 'stops.geojsons', content: 'stops', crs: Crs84 },
];

function assertSame(read: Layer, { content, crs }: Sample): void {
  const wanted = expected[content]!;
  assert.equal(read.crs.name, crs ?? wanted.crs);
  const byName = (one: { properties: object }, other: { properties: object }) =>
    JSON.stringify(Object.values(one.properties)) < JSON.stringify(Object.values(other.properties)) ? -1 : 1;
  // FlatGeobuf files with an index are in the order of the index.
  const features = read.features.toSorted(byName);
  assert.deepEqual(
    features.map(({ properties }) => properties),
    wanted.features.toSorted(byName).map(({ properties }) => properties),
  );
  for (const [index, feature] of wanted.features.toSorted(byName).entries()) {
    const geometry = crs ? feature.longitudesLatitudes : feature.geometry;
    const actual = features[index]!.geometry;
    if (geometry === null) assert.equal(actual, null);
    else if (geometry.type === 'Point') assert.deepEqual(actual, geometry);
    else assert.ok(areaDifference(geos, actual!, geometry) < 1e-9);
  }
}

describe('files of other programs', () => {
  for (const sample of samples) {
    const { name, layer } = sample;
    for (const [how, href] of [
      ['extension', `https://example.org/${name}`],
      ['first bytes', 'https://example.org/download'],
    ] as const) {
      it(`${name}${layer ? `, layer ${layer}` : ''} is read, found by its ${how}`, async () => {
        const source = bytesSource(file(name), { href, ...(layer === undefined ? {} : { layer }) });
        assertSame(await readLayer(source, makeRunContext()), sample);
      });
    }
  }

  for (const name of ['layers.gpkg', 'layers.kml', 'layers.zip']) {
    it(`${name} tells its layers, when none or an unknown one is asked for`, async () => {
      const href = `https://example.org/${name}`;
      await assert.rejects(
        readLayer(bytesSource(file(name), { href, layer: 'roads' }), makeRunContext()),
        /no layer "roads".*districts.*stops/,
      );
      const context = makeRunContext();
      await readLayer(bytesSource(file(name), { href }), context);
      assert.match(context.logged.join(), /layers .*districts.*stops.*the first was read/);
    });
  }
});
