import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { Encoded } from '../../core/run/context.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { readLayer } from '../../geo/formats/read.ts';
import countPoints from '../../processes/count-points-in-polygons/process.ts';
import { run as runCountPoints } from '../../processes/count-points-in-polygons/run.ts';
import dissolve from '../../processes/dissolve/process.ts';
import { run as runDissolve } from '../../processes/dissolve/run.ts';
import intersection from '../../processes/intersection/process.ts';
import { run as runIntersection } from '../../processes/intersection/run.ts';
import nearest from '../../processes/nearest/process.ts';
import { run as runNearest } from '../../processes/nearest/run.ts';
import spatialJoin from '../../processes/spatial-join/process.ts';
import { run as runSpatialJoin } from '../../processes/spatial-join/run.ts';
import summaryStatistics from '../../processes/summary-statistics/process.ts';
import { run as runSummaryStatistics } from '../../processes/summary-statistics/run.ts';
import { makeRunContext } from '../geo/formats/support.ts';
import { makeContext, makeSource } from './support/run-context.ts';

/** Neighbours beyond 2^53, which are one number as doubles: the first is a cell of S2, the others follow it. */
const IDS = [5188146770730811393n, 5188146770730811394n, 5188146770730811395n, 9007199254740993n] as const;

interface Place {
  readonly id: bigint;
  readonly west: number;
  readonly cell: bigint;
}

const text = (places: readonly Place[], type: 'Point' | 'Polygon') => {
  const features = places.map(({ id, west, cell }) => {
    const [east, south, north] = [west + 1, 0, 1];
    const ring = `[[[${west},${south}],[${east},${south}],[${east},${north}],[${west},${north}],[${west},${south}]]]`;
    const coordinates = type === 'Point' ? `[${west + 0.5},0.5]` : ring;
    return `{"type":"Feature","id":${id},"properties":{"cell":${cell},"one":1},"geometry":{"type":"${type}","coordinates":${coordinates}}}`;
  });
  return `{"type":"FeatureCollection","features":[${features.join()}]}`;
};
const source = (places: readonly Place[], type: 'Point' | 'Polygon', name = 'features') =>
  makeSource(new TextEncoder().encode(text(places, type)), {
    pointer: `/inputs/${name}`,
    mediaType: MediaType.geojson,
  });

const places = IDS.map((id, index): Place => ({ id, west: index * 2, cell: id }));

/** The result of a process: parsed, integers as they stand there. */
async function compute(
  process: ProcessDeclaration,
  run: Run<never>,
  inputs: object,
  mediaType?: string,
): Promise<unknown> {
  const context = makeContext(process, mediaType === undefined ? {} : { formats: { result: mediaType } });
  const { result } = (await run(inputs as never, context as never)) as { readonly result: unknown };
  if (!(result instanceof Encoded)) return parseExact(JSON.stringify(result), true);
  const { bytes } = result;
  if (mediaType === MediaType.csv) return new TextDecoder().decode(bytes as Uint8Array);
  if (mediaType === undefined) return parseExact(new TextDecoder().decode(bytes as Uint8Array), true);
  const layer = await readLayer(makeSource(bytes as Uint8Array, { mediaType }), makeRunContext());
  return { features: layer.features };
}

const valuesOf = (result: unknown, ...names: readonly string[]): unknown[] =>
  (result as { features: { properties: Record<string, unknown> }[] }).features.map(({ properties }) =>
    names.map((name) => properties[name]),
  );

describe('integers beyond 2^53 stay what they are', () => {
  it('as groups of dissolve', async () => {
    const twice = [...places, ...places.map((place) => ({ ...place, west: place.west + 1 }))];
    const groups = await compute(dissolve, runDissolve as never, {
      features: source(twice, 'Polygon'),
      groupBy: ['cell'],
      aggregates: [{ field: 'cell', statistic: 'max' }],
      multipart: true,
      invalidGeometry: 'repair',
    });
    assert.deepEqual(
      valuesOf(groups, 'cell', 'count', 'cell_max'),
      IDS.map((id) => [id, 2, id]),
    );
  });

  it('as groups of summary-statistics, in JSON and in CSV', async () => {
    const inputs = () => ({
      features: source([...places, places[1]!], 'Point'),
      groupBy: ['cell'],
      aggregates: [{ field: 'one', statistic: 'sum' }],
    });
    const counts = IDS.map((_, index) => (index === 1 ? 2 : 1));
    assert.deepEqual(
      await compute(summaryStatistics, runSummaryStatistics as never, inputs()),
      IDS.map((cell, index) => ({ cell, count: counts[index], one_sum: counts[index] })),
    );
    assert.equal(
      await compute(summaryStatistics, runSummaryStatistics as never, inputs(), MediaType.csv),
      ['cell,count,one_sum', ...IDS.map((id, index) => `${id},${counts[index]},${counts[index]}`), ''].join(
        '\r\n',
      ),
    );
  });

  const common = { keepUnmatched: true, prefix: 'overlay_', invalidGeometry: 'repair' };
  const pairs = IDS.map((id) => [id, id]);
  const joins: readonly (readonly [ProcessDeclaration, Run<never>, object])[] = [
    [spatialJoin, runSpatialJoin, { ...common, predicate: 'intersects', cardinality: 'oneToMany' }],
    [nearest, runNearest, { ...common, k: 1, distanceUnit: 'metre' }],
    [intersection, runIntersection, common],
  ];
  for (const [process, run, inputs] of joins) {
    for (const mediaType of [undefined, MediaType.geopackage, MediaType.geoparquet, MediaType.flatgeobuf])
      it(`in both layers of ${process.id}, as ${mediaType ?? 'GeoJSON'}`, async () => {
        const layers = () => ({
          features: source(places, 'Point'),
          overlay: source(places.toReversed(), 'Polygon', 'overlay'),
        });
        const result = await compute(process, run, { ...inputs, ...layers() }, mediaType);
        const found = valuesOf(result, 'cell', 'overlay_cell') as bigint[][];
        // FlatGeobuf has an order of its own.
        const sorted = found.toSorted(
          ([one = 0n], [other = 0n]) => IDS.indexOf(one as never) - IDS.indexOf(other as never),
        );
        assert.deepEqual(sorted, pairs);
      });
  }

  it('as ids of features', async () => {
    const inputs = { ...common, predicate: 'intersects', cardinality: 'first' };
    const layers = { features: source(places, 'Point'), overlay: source(places, 'Polygon', 'overlay') };
    for (const [process, run] of [
      [spatialJoin, runSpatialJoin],
      [countPoints, runCountPoints],
    ] as const) {
      const swapped =
        process === countPoints ? { features: layers.overlay, overlay: layers.features } : layers;
      const result = await compute(process, run as never, { ...inputs, ...swapped, countName: 'count' });
      const { features } = result as { features: { id: unknown }[] };
      assert.deepEqual(
        features.map(({ id }) => id),
        IDS,
      );
    }
  });
});
