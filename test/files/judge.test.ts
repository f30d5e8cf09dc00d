import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import { oracleEnvironment } from '../../scripts/lib/oracle.ts';
import { root } from '../../scripts/lib/paths.ts';
import { pythonWith } from '../../scripts/lib/python.ts';
import { LineChild } from './support/line-child.ts';

const files = join(root, 'test', 'fixtures', 'files');

interface Judgement {
  readonly differences: readonly string[];
}

/** Results that are right but for one thing, which the judge must see. */
describe('the judge sees what is wrong', () => {
  let judge: LineChild;
  let directory: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'judge-'));
    const script = ['-B', join(import.meta.dirname, 'judge', 'judge.py')];
    const bounds = { seconds: 60, megabytes: 2000 };
    judge = new LineChild(await pythonWith(oracleEnvironment), script, bounds, directory);
  });

  after(async () => {
    await judge.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function judged(question: object): Promise<readonly string[]> {
    const { differences } = (await judge.ask(question)) as Judgement;
    return differences.map((text) => text.split(':')[0]!);
  }

  const layers: readonly (readonly [what: string, change: (all: Feature[]) => Feature[], said: string])[] = [
    ['nothing', (all) => all, ''],
    ['a feature less', (all) => all.slice(1), 'count'],
    ['features in another order', (all) => all.toReversed(), 'value (GeoJSON)'],
    ['a value with another digit', (all) => changed(all, { share: 1 / 7 + 1e-15 }), 'value (GeoJSON)'],
    ['a text for a number', (all) => changed(all, { code: 'x' }), 'value (GeoJSON)'],
    ['a null for a text', (all) => changed(all, { name: null }), 'value (GeoJSON)'],
    ['a property less', (all) => changed(all, { coastal: undefined }), 'property lost (GeoJSON)'],
    ['a vertex that is a metre off', (all) => moved(all, 1e-5), 'geometry (GeoJSON)'],
    ['rings the wrong way round', reversed, 'winding (GeoJSON)'],
    ['points for polygons', asPoints, 'geometry types (GeoJSON)'],
  ];
  for (const [what, change, said] of layers) {
    test(`of a layer: ${what}`, async () => {
      const path = join(files, 'sound', 'countries.geojson');
      const { features, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as FeatureCollection;
      const result = join(directory, 'result.geojson');
      // The file has its rings the other way round than RFC 7946 wants.
      const right = reversed(features);
      writeFileSync(result, JSON.stringify({ ...rest, features: change(right) }));
      const found = await judged({
        ask: 'layer',
        path,
        layer: null,
        geojson: result,
        flatgeobuf: null,
        messages: [],
      });
      if (said === '') assert.deepEqual(found, []);
      else assert.ok(found.includes(said), found.join(', '));
    });
  }

  const rasters: readonly (readonly [what: string, converted: string, said: readonly string[]])[] = [
    ['nothing', 'sound/strips.tif', []],
    ['the same, packed in another way', 'sound/lzw.tif', []],
    ['another grid', 'sound/cog.tif', ['size (converted)']],
    ['other pixels, another type, no nodata', 'sound/big.tif', ['data types (converted)']],
    ['another place, CRS and meaning', 'rasters/scale-offset.tif', ['size (converted)']],
  ];
  for (const [what, converted, said] of rasters) {
    test(`of a raster: ${what}`, async () => {
      const path = join(files, 'sound', 'strips.tif');
      const question = { ask: 'raster', path, info: null, statistics: null, messages: [] };
      assert.deepEqual(await judged({ ...question, converted: join(files, converted) }), said);
    });
  }

  const pairs: readonly (readonly [one: string, other: string, said: readonly string[]])[] = [
    ['nodata-zero.tif', 'zeros-and-ones.tif', ['mask']],
    ['zeros-and-ones.tif', 'nodata-zero.tif', ['mask']],
    ['crs-3857.tif', 'crs-2154.tif', ['CRS (converted)']],
    ['crs-albers.tif', 'crs-lambert-custom.tif', ['CRS (converted)']],
    ['crs-3857.tif', 'south-up.tif', ['transform (converted)', 'CRS (converted)']],
    ['keys-plain.tif', 'zeros-and-ones.tif', ['pixels']],
    ['scales-differ.tif', 'band-names.tif', ['data types (converted)', 'scale', 'offset', 'band names']],
  ];
  for (const [one, other, said] of pairs) {
    test(`of a raster: ${other} for ${one}`, async () => {
      const [path, converted] = [one, other].map((name) => join(files, 'rasters', name));
      const found = await judged({
        ask: 'raster',
        path,
        converted,
        info: null,
        statistics: null,
        messages: [],
      });
      for (const text of said) assert.ok(found.includes(text), `${text} is not among ${found.join(', ')}`);
    });
  }

  test('of statistics: a mean that is a billionth off', async () => {
    const path = join(files, 'rasters', 'type-uint16.tif');
    const statistics = join(directory, 'statistics.json');
    const answer = (mean: number) =>
      writeFileSync(statistics, JSON.stringify({ bands: [{ band: 1, count: 192, min: 0, max: 191, mean }] }));
    const question = { ask: 'raster', path, info: null, converted: null, statistics, messages: [] };
    answer(95.5);
    assert.deepEqual(await judged(question), []);
    answer(95.5 * (1 + 1e-8));
    assert.deepEqual(await judged(question), ['statistics']);
  });
});

const changed = ([first, ...rest]: Feature[], properties: object): Feature[] => [
  { ...first!, properties: { ...first!.properties, ...properties } },
  ...rest,
];

function moved([first, ...rest]: Feature[], degrees: number): Feature[] {
  const copy = structuredClone(first!);
  const ring = (copy.geometry as MultiPolygon).coordinates[0]![0]!;
  ring[1]![0]! += degrees;
  return [copy, ...rest];
}

function reversed(all: Feature[]): Feature[] {
  return all.map((feature) => {
    const { coordinates } = feature.geometry as MultiPolygon;
    const turned = coordinates.map((part) => part.map((ring) => ring.toReversed()));
    return { ...feature, geometry: { type: 'MultiPolygon', coordinates: turned } };
  });
}

function asPoints(all: Feature[]): Feature[] {
  return all.map((feature) => {
    const { coordinates } = feature.geometry as MultiPolygon;
    return { ...feature, geometry: { type: 'Point', coordinates: coordinates[0]![0]![0]! } };
  });
}
