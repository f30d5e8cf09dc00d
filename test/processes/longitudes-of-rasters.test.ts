import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { eachPosition } from '../../geo/geometry/positions.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import clip from '../../processes/clip-raster/process.ts';
import { run as runClip } from '../../processes/clip-raster/run.ts';
import contour from '../../processes/contour/process.ts';
import { run as runContour } from '../../processes/contour/run.ts';
import convert from '../../processes/convert-raster/process.ts';
import { run as runConvert } from '../../processes/convert-raster/run.ts';
import heatmap from '../../processes/heatmap/process.ts';
import { run as runHeatmap } from '../../processes/heatmap/run.ts';
import mosaic from '../../processes/mosaic/process.ts';
import { run as runMosaic } from '../../processes/mosaic/run.ts';
import polygonize from '../../processes/polygonize/process.ts';
import { run as runPolygonize } from '../../processes/polygonize/run.ts';
import info from '../../processes/raster-info/process.ts';
import { run as runInfo } from '../../processes/raster-info/run.ts';
import rasterize from '../../processes/rasterize/process.ts';
import { run as runRasterize } from '../../processes/rasterize/run.ts';
import reproject from '../../processes/reproject-raster/process.ts';
import { run as runReproject } from '../../processes/reproject-raster/run.ts';
import sample from '../../processes/sample-raster/process.ts';
import { run as runSample } from '../../processes/sample-raster/run.ts';
import zonal from '../../processes/zonal-statistics/process.ts';
import { run as runZonal } from '../../processes/zonal-statistics/run.ts';
import { execute } from './support/execute.ts';
import { layerProcess, line, makeLayer, point, rectangle, totalArea } from './support/layers.ts';
import { rasterProcess } from './support/raster-process.ts';
import { rasterValue } from './support/raster-value.ts';

const geos = await loadGeos();

/** The value of the pixel of ten degrees at a place. */
const valueAt = (longitude: number, row: number): number =>
  Math.floor((((longitude % 360) + 540) % 360) / 10) + 100 * row;

/** A raster of four rows of pixels of ten degrees from 20 to -20, from one longitude to another. */
function makeDegrees(west: number, width: number) {
  const samples = Float32Array.from({ length: width * 4 }, (_, index) =>
    valueAt(west + 10 * (index % width) + 5, Math.floor(index / width)),
  );
  const transform = [west, 10, 0, 20, 0, -10] as const;
  return rasterValue({ width, height: 4, dataType: 'float32', bands: [samples], transform });
}

const features = (process: ProcessDeclaration, run: Run<never>, inputs: object) =>
  layerProcess(process, run).computeFeatures(inputs);
const pixels = (process: ProcessDeclaration, run: Run<never>, inputs: object) =>
  rasterProcess(process, run).computeResult(inputs);

/** Ways in which files count the longitudes of the globe. */
const globes: Readonly<Record<string, number>> = {
  'from -180': -180,
  'from 0, as GRIB files do': 0,
  'from 90': 90,
  'from -360': -360,
};

for (const [name, west] of Object.entries(globes)) {
  describe(`a raster around the globe ${name}`, () => {
    const raster = () => makeDegrees(west, 36);

    it('has the pixels of zones wherever they lie', async () => {
      const zones = [rectangle(-30, 0, 20, 20), rectangle(160, -20, 210, 0), rectangle(-180, -20, 180, 20)];
      const inputs = {
        raster: await raster(),
        features: makeLayer(zones),
        statistics: ['count', 'sum'],
        prefix: 'z_',
      };
      const rows = await features(zonal, runZonal, inputs);
      // Columns 15 to 19 of two rows; columns 34, 35, 0, 1 and 2 of two rows; all.
      assert.deepEqual(
        rows.map(({ properties }) => [properties['z_count'], properties['z_sum']]),
        [
          [10, 2 * (15 + 16 + 17 + 18 + 19) + 5 * 100],
          [10, 2 * (34 + 35 + 0 + 1 + 2) + 5 * 500],
          [144, 4 * 630 + 36 * 600],
        ],
      );
    });

    it('has the samples of points wherever they lie', async () => {
      const places = [-175, -5, 5, 175, 185, 180, -180, 0];
      const inputs = {
        raster: await raster(),
        features: makeLayer(places.map((x) => point(x, 15))),
        prefix: 's_',
      };
      const rows = await features(sample, runSample, inputs);
      assert.deepEqual(
        rows.map(({ properties }) => properties['s_1']),
        [0, 17, 18, 35, 0, 0, 0, 18],
      );
    });

    it('is clipped to an extent in one piece', async () => {
      for (const [from, columns] of [
        [-20, [16, 17, 18, 19]],
        [160, [34, 35, 0, 1]],
      ] as const) {
        const extent = { bbox: [from, 0, from + 40, 10] };
        const { width, height, bands } = await pixels(clip, runClip, { raster: await raster(), extent });
        assert.deepEqual([width, height, bands[0]], [4, 1, columns.map((column) => 100 + column)]);
      }
    });

    it('is clipped to polygons in one piece', async () => {
      for (const [from, columns] of [
        [-20, [16, 17, 18, 19]],
        [160, [34, 35, 0, 1]],
      ] as const) {
        const inputs = { raster: await raster(), features: rectangle(from, 0, from + 40, 10) };
        const { width, height, bands } = await pixels(clip, runClip, inputs);
        assert.deepEqual([width, height, bands[0]], [4, 1, columns.map((column) => 100 + column)]);
      }
    });

    it('keeps its grid where it is not cropped', async () => {
      const extent = { bbox: [-20, 0, 20, 10] };
      const own = await raster();
      const cut = await pixels(clip, runClip, { raster: own, extent, crop: false });
      const same = await pixels(clip, runClip, {
        raster: own,
        features: rectangle(-20, 0, 20, 10),
        crop: false,
      });
      assert.deepEqual(cut, same);
      assert.deepEqual(
        [cut.width, cut.bands[0]?.filter((value) => value !== null).sort()],
        [36, [116, 117, 118, 119]],
      );
    });

    it('is a template on which features are burnt wherever they lie', async () => {
      const template = await raster();
      const burnt = [rectangle(-20, 0, 20, 10), line([155, -5], [205, -5]), point(-180, 15)];
      const inputs = { template, features: makeLayer(burnt), outputType: 'uint8' };
      const { bands } = await pixels(rasterize, runRasterize, inputs);
      const values = (bands[0] ?? [])
        .flatMap((value, index) =>
          value === 1 ? [valueAt(west + 10 * (index % 36) + 5, Math.floor(index / 36))] : [],
        )
        .sort((one, other) => one - other);
      assert.deepEqual(values, [0, 116, 117, 118, 119, 200, 201, 202, 233, 234, 235]);
    });

    it('makes areas and lines with longitudes in [-180, 180]', async () => {
      const inputs = { raster: await raster() };
      const areas = await features(polygonize, runPolygonize, inputs);
      const lines = await features(contour, runContour, { ...inputs, levels: [50] });
      for (const { geometry } of [...areas, ...lines])
        eachPosition(geometry, ([x = Number.NaN]) => assert.ok(x >= -180 && x <= 180));
      assert.ok(Math.abs(totalArea(geos, areas) - 360 * 40) < 1e-6);
      const covers = (geometry: Geometry, x: number) =>
        geos.scope((scope) => scope.covers(scope.read(geometry), scope.read(point(x, 5))));
      for (const x of [-175, -5, 5, 175]) {
        const area = areas.find(({ geometry }) => covers(geometry, x));
        assert.equal(Object.values(area?.properties ?? {})[0], valueAt(x, 1));
      }
    });

    it('has the whole globe for its bounding box', async () => {
      const { outputs } = await execute(info, runInfo, { inputs: { raster: await raster() } });
      assert.deepEqual((outputs['result'] as { bbox: number[] }).bbox, [-180, -20, 180, 20]);
    });
  });
}

for (const west of [160, -200]) {
  describe(`a raster across the antimeridian from ${west}`, () => {
    const raster = () => makeDegrees(west, 4);

    it('has the pixels of zones on both sides', async () => {
      const zones = [rectangle(166, -20, 194, 20), rectangle(-180, -20, -170, 20), rectangle(0, -20, 10, 20)];
      const inputs = {
        raster: await raster(),
        features: makeLayer(zones),
        statistics: ['count', 'sum'],
        prefix: 'z_',
      };
      const rows = await features(zonal, runZonal, inputs);
      assert.deepEqual(
        rows.map(({ properties }) => [properties['z_count'], properties['z_sum']]),
        [
          [8, 4 * (35 + 0) + 2 * 600],
          [4, 600],
          [0, null],
        ],
      );
    });

    it('has a bounding box whose west is more than its east', async () => {
      const { outputs } = await execute(info, runInfo, { inputs: { raster: await raster() } });
      assert.deepEqual((outputs['result'] as { bbox: number[] }).bbox, [160, -20, -160, 20]);
    });

    it('is reprojected as GDAL does to a CRS that runs on there', async () => {
      const inputs = { raster: await raster(), targetCrs: 'EPSG:3832' };
      const { width, height, transform, bands } = await pixels(reproject, runReproject, inputs);
      // rasterio 1.4.4, calculate_default_transform and reproject.
      assert.deepEqual([width, height], [4, 4]);
      assert.deepEqual(transform.map(Math.round), [1_113_195, 1_121_232, 0, 2_258_424, 0, -1_121_232]);
      const columns = [34, 35, 0, 1];
      assert.deepEqual(
        bands[0],
        [0, 100, 200, 300].flatMap((row) => columns.map((column) => row + column)),
      );
    });

    it('runs on beyond the end of Web Mercator, in one piece', async () => {
      const inputs = { raster: await raster(), targetCrs: 'EPSG:3857' };
      const { outputs, logged } = await execute(reproject, runReproject, { inputs });
      assert.match(logged.join(), /crosses the antimeridian, where EPSG:3857 ends/);
      assert.ok(outputs['result']);
      const { width, transform, bands } = await pixels(reproject, runReproject, inputs);
      // 160 and 200 degrees times the radius of the equator.
      assert.equal(Math.round(transform[0] ?? 0), Math.round((160 * Math.PI * 6_378_137) / 180));
      const east = (transform[0] ?? 0) + width * (transform[1] ?? 0);
      assert.ok(Math.abs(east - (200 * Math.PI * 6_378_137) / 180) < (transform[1] ?? 0));
      assert.deepEqual([...new Set(bands[0]?.map((value) => (value ?? -1) % 100))].sort(), [0, 1, 34, 35]);
    });
  });
}

describe('a grid of a result has longitudes in [-180, 180] where all of it fits', () => {
  const globe = () => makeDegrees(0, 36);
  const west = async (process: ProcessDeclaration, run: Run<never>, inputs: object) =>
    (await pixels(process, run, inputs)).transform[0];

  it('that of a part of a raster from 0 to 360, by its extent or in polygons', async () => {
    for (const part of [
      { extent: { bbox: [-100, -10, -50, 10] } },
      { features: rectangle(-100, -10, -50, 10) },
    ]) {
      const { transform, width, bands } = await pixels(clip, runClip, { raster: await globe(), ...part });
      assert.deepEqual([transform[0], width], [-100, 5]);
      assert.equal(bands[0]?.[0], valueAt(-95, 1));
    }
    const { outputs } = await execute(clip, runClip, {
      inputs: { raster: await globe(), extent: { bbox: [-100, -10, -50, 10] } },
      outputs: { result: { format: { mediaType: 'application/prs.coverage+json' } } },
    });
    const { domain } = outputs['result'] as { domain: { axes: { x: { start: number; stop: number } } } };
    assert.deepEqual([domain.axes.x.start, domain.axes.x.stop], [-95, -55]);
  });

  it('also over the ends of such a raster, but not across the antimeridian', async () => {
    const inputs = { raster: await globe() };
    assert.equal(await west(clip, runClip, { ...inputs, extent: { bbox: [-20, -10, 20, 10] } }), -20);
    assert.equal(await west(clip, runClip, { ...inputs, extent: { bbox: [170, -10, -170, 10] } }), 170);
  });

  it('that of a mosaic, of a reprojected raster and of an extent', async () => {
    const [one, other] = [await makeDegrees(260, 2), await makeDegrees(280, 3)];
    assert.equal(await west(mosaic, runMosaic, { rasters: [one, other] }), -100);
    const reprojected = await west(reproject, runReproject, { raster: one, targetCrs: 'EPSG:4258' });
    assert.ok(Math.abs((reprojected ?? 0) + 100) < 1e-9);
    assert.equal(await west(reproject, runReproject, { raster: one, resolution: 5 }), -100);
    const extent = { bbox: [190, 0, 200, 10] };
    const burnt = { features: rectangle(-170, 0, -165, 10), extent, resolution: 5, outputType: 'uint8' };
    const { transform, bands } = await pixels(rasterize, runRasterize, burnt);
    assert.deepEqual([transform[0], bands[0]], [-170, [1, null, 1, null]]);
  });

  it('but not that of a whole raster, which keeps its own', async () => {
    assert.equal(await west(convert, runConvert, { raster: await globe() }), 0);
    assert.equal(await west(convert, runConvert, { raster: await makeDegrees(260, 2) }), 260);
    const uncropped = { raster: await globe(), extent: { bbox: [-100, -10, -50, 10] }, crop: false };
    assert.equal(await west(clip, runClip, uncropped), 0);
  });
});

describe('a grid that is made of features', () => {
  it('lies across the antimeridian where they do', async () => {
    const burnt = makeLayer([rectangle(179, 0, 180, 1), rectangle(-180, 0, -178, 1)]);
    const { width, transform, bands } = await pixels(rasterize, runRasterize, {
      features: burnt,
      resolution: 1,
      outputType: 'uint8',
    });
    assert.deepEqual([width, transform[0], bands[0]], [3, 179, [1, 1, 1]]);
  });

  it('has the points of an extent that does, on both sides', async () => {
    const { width, bands } = await pixels(heatmap, runHeatmap, {
      features: makeLayer([point(179.5, 0.5), point(-179.5, 0.5)]),
      extent: { bbox: [179, 0, -179, 1] },
      resolution: 1,
      radius: 0.5,
    });
    assert.equal(width, 2);
    assert.ok(bands[0]?.every((value) => value !== null && value > 0 && value === bands[0]?.[0]));
  });
});

describe('a raster that begins and ends at the same meridian', () => {
  // The centre of the first pixels is at -180 degrees, that of the last ones at 180.
  const raster = () => makeDegrees(-185, 37);

  it('makes areas that cover the globe once', async () => {
    const areas = await features(polygonize, runPolygonize, { raster: await raster() });
    assert.ok(Math.abs(totalArea(geos, areas) - 360 * 40) < 1e-6);
  });

  it('has each pixel once in zones', async () => {
    const zones = [rectangle(160, -20, 210, 0), rectangle(-180, -20, 180, 20)];
    const inputs = {
      raster: await raster(),
      features: makeLayer(zones),
      statistics: ['count'],
      prefix: 'z_',
    };
    const rows = await features(zonal, runZonal, inputs);
    assert.deepEqual(
      rows.map(({ properties }) => properties['z_count']),
      [10, 144],
    );
  });

  it('is clipped in one piece, in which no column comes twice', async () => {
    const columns = [170, 180, 190, 200].map((x) => valueAt(x, 1));
    const extent = { bbox: [165, 0, -155, 10] };
    for (const part of [{ extent }, { features: rectangle(165, 0, 205, 10) }]) {
      const { width, height, bands } = await pixels(clip, runClip, { raster: await raster(), ...part });
      assert.deepEqual([width, height, bands[0]], [4, 1, columns]);
    }
  });
});

describe('a density of points on a grid around the globe', () => {
  it('goes on at the other end', async () => {
    const inputs = { resolution: 10, radius: 25, extent: { bbox: [-180, -5, 180, 5] } };
    const density = async (x: number) =>
      (await pixels(heatmap, runHeatmap, { features: point(x, 0), ...inputs })).bands[0] ?? [];
    const [atEnd, inMiddle] = [await density(-175), await density(5)];
    assert.deepEqual(atEnd, [...inMiddle.slice(18), ...inMiddle.slice(0, 18)]);
    assert.equal(atEnd.filter((value) => Number(value) > 0).length, 5);
  });
});
