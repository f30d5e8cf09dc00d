import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, Geometry } from 'geojson';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { computeBounds } from '../../geo/layer/layer.ts';
import buffer from '../../processes/buffer/process.ts';
import { run as runBuffer } from '../../processes/buffer/run.ts';
import centroid from '../../processes/centroid/process.ts';
import { run as runCentroid } from '../../processes/centroid/run.ts';
import convert from '../../processes/convert-features/process.ts';
import { run as runConvert } from '../../processes/convert-features/run.ts';
import h3 from '../../processes/h3-cells/process.ts';
import { run as runH3 } from '../../processes/h3-cells/run.ts';
import layerInfo from '../../processes/layer-info/process.ts';
import { run as runLayerInfo } from '../../processes/layer-info/run.ts';
import measure from '../../processes/measure/process.ts';
import { run as runMeasure } from '../../processes/measure/run.ts';
import select from '../../processes/select-by-location/process.ts';
import { run as runSelect } from '../../processes/select-by-location/run.ts';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import { execute } from './support/execute.ts';
import { line, makeLayer, point, rectangle } from './support/layers.ts';

async function compute(process: ProcessDeclaration, run: Run<never>, inputs: object) {
  const { outputs, logged } = await execute(process, run, { inputs });
  return { features: (outputs['result'] as FeatureCollection).features, logged };
}

const uncut = rectangle(179, 0, -179, 2);
const assertNear = (actual: unknown, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(Number(actual) - expected) <= tolerance, `${String(actual)} instead of ${expected}`);

describe('an area across the antimeridian that was not cut there', () => {
  it('lies where it does, by every process', async () => {
    const { features: centroids } = await compute(centroid, runCentroid as never, { features: uncut });
    assert.ok(centroids[0]?.geometry.type === 'Point');
    assert.deepEqual(centroids[0].geometry.coordinates.map(Math.abs), [180, 1]);
    const [measured] = (await compute(measure, runMeasure as never, { features: uncut })).features;
    // pyproj 3.7.2, Geod(ellps='WGS84').geometry_area_perimeter of the box from 179 to 181 degrees
    assertNear(measured?.properties?.['area'], 49_231_584_297.4, 1);
    const cells = async (features: object) =>
      (await compute(h3, runH3 as never, { features, resolution: 3 })).features.length;
    assert.equal(await cells(uncut), await cells(rectangle(179, 0, 181, 2)));
    const found = await compute(select, runSelect as never, { features: point(180, 1), overlay: uncut });
    assert.equal(found.features.length, 1);
    const { outputs } = await execute(layerInfo, runLayerInfo as never, { inputs: { features: uncut } });
    assert.match(JSON.stringify(outputs), /\[179,0,-179,2\]/);
  });

  it('is told of once, with the first of the features', async () => {
    const features = makeLayer([uncut, point(0, 0), line([179, 0], [-179, 0])]);
    const { logged } = await compute(convert, runConvert as never, { features });
    assert.equal(logged.length, 1);
    assert.match(
      logged.join(),
      /^2 features have edges that span more than 180 degrees of longitude\. They are assumed to take the shorter path/,
    );
  });

  it('is nothing that clients are told of where it runs on, is narrower, or lies in a plane', async () => {
    const inMetres = { crs: { type: 'name', properties: { name: 'EPSG:3857' } } };
    for (const features of [
      rectangle(179, 60, 181, 61),
      rectangle(-80, 60, 80, 61),
      rectangle(-180, 60, 180, 61),
      { ...makeLayer([uncut]), ...inMetres },
    ])
      assert.deepEqual((await compute(convert, runConvert as never, { features })).logged, []);
  });
});

describe('the countries of the world, some of which were not cut at the antimeridian', () => {
  const named = (name: string) => sampleFeatures('countries', { names: [name] });
  const world = sampleFeatures('countries');

  it('have the areas and centroids that they have', async () => {
    // shapely 2.2.0 and pyproj 3.7.2 (Geod WGS84), with longitudes below 0 turned to 180 and more
    for (const [name, area, longitude, latitude] of [
      ['Fiji', 19_284_090_140.2, 178.563_834_958_7, -17.315_739_060_6],
      ['Russia', 17_018_579_869_575, 99.721_171_822_5, 61.961_650_133_3],
    ] as const) {
      const features = named(name);
      const [measured] = (await compute(measure, runMeasure as never, { features })).features;
      assertNear(Number(measured?.properties?.['area']) / area, 1, 1e-6);
      const [centre] = (await compute(centroid, runCentroid as never, { features })).features;
      assert.ok(centre?.geometry.type === 'Point');
      const [x = 0, y = 0] = centre.geometry.coordinates;
      assertNear(x, longitude, 1e-6);
      assertNear(y, latitude, 1e-6);
    }
  });

  it('have buffers, all but the one that goes round a pole', async () => {
    const others = {
      ...world,
      features: world.features.filter(({ properties }) => properties.name !== 'Antarctica'),
    };
    const { features } = await compute(buffer, runBuffer as never, { features: others, distance: 10_000 });
    assert.equal(features.length, others.features.length);
    for (const { geometry } of features) {
      const [west = Number.NaN, , east = Number.NaN] = computeBounds([geometry as Geometry]) ?? [];
      assert.ok(west >= -180 && east <= 180);
    }
    await assert.rejects(
      compute(buffer, runBuffer as never, { features: named('Antarctica'), distance: 10_000 }),
      /more than half of the globe: give a polar "crs" such as EPSG:3031/,
    );
    const inputs = { features: named('Antarctica'), distance: 10_000, crs: 'EPSG:3031' };
    const [polar] = (await compute(buffer, runBuffer as never, inputs)).features;
    assert.equal(computeBounds([polar?.geometry ?? null])?.[1], -90);
  });
});
