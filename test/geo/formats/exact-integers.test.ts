import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileFilter } from '../../../core/cql2/compile-filter.ts';
import { parseExact } from '../../../core/shared/exact-json.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { parseJsonText } from '../../../core/shared/json.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import type { LayerFeature } from '../../../geo/layer/layer.ts';
import { aggregateReader } from '../../../geo/statistics/aggregates.ts';
import { computeExactStatistic } from '../../../geo/statistics/integer-statistics.ts';
import { bytesSource, makeRunContext } from './support.ts';

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;
/** An S2 cell, an H3 cell, and neighbours that a double cannot tell apart. */
const values = [least, most, 5_145_020_871_637_106_689n, 617_700_169_958_293_503n, 2n ** 53n + 1n, 1];
const features = values.map(
  (value): LayerFeature => ({
    type: 'Feature',
    properties: { cell: value },
    geometry: { type: 'Point', coordinates: [5, 52] },
  }),
);

describe('integers of 64 bits', () => {
  for (const { mediaType, title } of layerFormats) {
    it(`are exact through ${title}`, async () => {
      const { bytes } = await writeLayer({ features, crs: crs84 }, mediaType);
      const read = await readLayer(bytesSource(bytes, { mediaType }), makeRunContext());
      const cells = read.features.map(({ properties }) => properties['cell']);
      assert.deepEqual(cells, mediaType === MediaType.shapefile ? values.map(String) : values);
    });
  }

  it('are written to GeoJSON with all digits, as numbers', async () => {
    const { bytes } = await writeLayer({ features, crs: crs84 }, MediaType.geojson);
    assert.match(Buffer.from(bytes).toString(), /"cell":9223372036854775807}/);
  });

  it('that are ids stay so', async () => {
    const text = '{"type":"Feature","id":9007199254740993,"properties":null,"geometry":null}';
    const source = bytesSource(Buffer.from(text), { mediaType: MediaType.geojson });
    const { features: read } = await readLayer(source, makeRunContext());
    assert.equal(read[0]?.id as unknown, 9_007_199_254_740_993n);
  });

  it('are exact in a request: of one type in features, doubles elsewhere where these are the same, and in coordinates', () => {
    const point = '{"type":"Point","coordinates":[9007199254740993,1]}';
    const text = `{"inputs":{"n":9007199254740993,"m":9007199254740992,"features":{"type":"Feature","properties":{"a":[9007199254740993]},"geometry":${point}}}}`;
    const read = parseJsonText(text, 'It') as { value: { inputs: Record<string, unknown> } };
    assert.equal(read.value.inputs['n'], 9_007_199_254_740_993n);
    assert.equal(read.value.inputs['m'], 9_007_199_254_740_992);
    assert.deepEqual((read.value.inputs['features'] as LayerFeature).geometry, {
      type: 'Point',
      coordinates: [9_007_199_254_740_992, 1],
    });
    assert.deepEqual((read.value.inputs['features'] as LayerFeature).properties, {
      a: [9_007_199_254_740_993n],
    });
  });

  it('beyond 64 bits, and numbers with a point or exponent, are doubles', () => {
    assert.deepEqual(parseExact('[36893488147419103232, 1e20, 12345678901234567.5]', true), [
      2 ** 65,
      1e20,
      Number('12345678901234567.5'),
    ]);
    assert.equal(parseExact('18446744073709551615', true), 2n ** 64n - 1n);
  });

  it('are compared as what they are in filters', () => {
    const count = (filter: unknown) =>
      features.filter(compileFilter(filter as string, '/inputs/filter') as (feature: LayerFeature) => boolean)
        .length;
    assert.equal(count('cell = 9223372036854775807'), 1);
    assert.equal(count('cell = 9223372036854775806'), 0);
    assert.equal(count('cell = -9223372036854775808'), 1);
    assert.equal(count('cell IN (9007199254740993, 9007199254740995)'), 1);
    assert.equal(count('cell > 9007199254740992'), 4);
    assert.equal(count('cell < 2'), 2);
    assert.equal(count({ op: '=', args: [{ property: 'cell' }, 9_007_199_254_740_993n] }), 1);
    assert.equal(count('cell BETWEEN 9007199254740993 AND 9007199254740993'), 1);
  });

  it('are exact in the arithmetic of filters', () => {
    const at = (id: number | bigint) =>
      ({ type: 'Feature', properties: { id }, geometry: null }) as LayerFeature;
    const holds = (filter: string, id: number | bigint) =>
      compileFilter(filter, '/inputs/filter')(at(id) as never);
    const cell = 2n ** 53n + 1n;
    assert.ok(holds('id + 1 = 9007199254740994', cell));
    assert.ok(!holds('id + 1 = 9007199254740993', cell));
    assert.ok(holds('id * 2 = 18014398509481986', cell));
    assert.ok(holds('id - 9007199254740990 = 3', cell));
    assert.ok(holds('id / 3 = 3002399751580331', cell));
    assert.ok(holds('id + 2 = 9007199254740993', 2 ** 53 - 1));
    assert.ok(holds('id / 2 = 2.5', 5));
    assert.ok(holds('id * 9223372036854775807 > 1e37', 2 ** 62));
    // A column of doubles has integers beyond 2^53 too.
    assert.ok(holds('id IN (1152921504606846976)', 2 ** 60));
  });

  it('do not merge in groups, and are the least and largest of them', () => {
    const computeRow = aggregateReader(
      { features, crs: crs84 },
      [],
      [
        { field: 'cell', statistic: 'unique' },
        { field: 'cell', statistic: 'min' },
        { field: 'cell', statistic: 'max' },
      ],
    );
    assert.deepEqual(computeRow(features), { count: 6, cell_unique: 6, cell_min: least, cell_max: most });
  });

  it('are exact in statistics that are integers, and give the digits that they differ in to the others', () => {
    const cell = 2n ** 60n + 1n;
    const cells = [cell, cell + 2n, cell + 4n];
    assert.equal(computeExactStatistic('sum', cells), 3n * cell + 6n);
    assert.equal(computeExactStatistic('mean', cells), cell + 2n);
    assert.equal(computeExactStatistic('median', cells), cell + 2n);
    assert.equal(computeExactStatistic('median', cells.slice(1)), cell + 3n);
    assert.equal(computeExactStatistic('range', cells), 4);
    assert.equal(computeExactStatistic('variance', cells), 8 / 3);
    // None of them is beyond 2^53, but their sum is.
    assert.equal(computeExactStatistic('sum', [2 ** 53 - 1, 2]), 2n ** 53n + 1n);
    assert.equal(computeExactStatistic('mean', [2 ** 53 - 1, 2 ** 53 - 2]), 2 ** 53 - 1.5);
    assert.equal(computeExactStatistic('sum', [cell, 0.5]), 2 ** 60);
    assert.equal(computeExactStatistic('max', [cell, 0.5]), cell);
    assert.equal(computeExactStatistic('mean', []), null);
  });
});
