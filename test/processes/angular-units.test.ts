import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MediaType } from '../../core/shared/uris.ts';
import buffer from '../../processes/buffer/process.ts';
import { run as runBuffer } from '../../processes/buffer/run.ts';
import clipRaster from '../../processes/clip-raster/process.ts';
import { run as runClipRaster } from '../../processes/clip-raster/run.ts';
import convert from '../../processes/convert-features/process.ts';
import { run as runConvert } from '../../processes/convert-features/run.ts';
import createGrid from '../../processes/create-grid/process.ts';
import { run as runCreateGrid } from '../../processes/create-grid/run.ts';
import layerInfo from '../../processes/layer-info/process.ts';
import { run as runLayerInfo } from '../../processes/layer-info/run.ts';
import rasterInfo from '../../processes/raster-info/process.ts';
import { run as runRasterInfo } from '../../processes/raster-info/run.ts';
import reproject from '../../processes/reproject/process.ts';
import { run as runReproject } from '../../processes/reproject/run.ts';
import reprojectRaster from '../../processes/reproject-raster/process.ts';
import { run as runReprojectRaster } from '../../processes/reproject-raster/run.ts';
import sampleRaster from '../../processes/sample-raster/process.ts';
import { run as runSampleRaster } from '../../processes/sample-raster/run.ts';
import { crsFrom } from '../support/crs.ts';
import { execute } from './support/execute.ts';
import { makeContent } from './support/raster-content.ts';
import { rasterValue } from './support/raster-value.ts';

type Collection = GeoJSON.FeatureCollection & { readonly crs?: object };

/** A place in Paris, on WGS 84 and, by PROJ, in the grads of EPSG:4807 from the meridian of Paris. */
const place = [2.3522, 48.8566] as const;
const inGrads = [0.01743755182825142, 54.28518806766942] as const;
const paris: Collection = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { n: 1 },
      geometry: {
        type: 'Polygon',
        coordinates: [[[...place], [place[0] + 0.1, place[1]], [place[0] + 0.1, place[1] + 0.1], [...place]]],
      },
    },
  ],
};

const near = (actual: readonly number[], expected: readonly number[], tolerance = 1e-8): void => {
  const away = expected.map((value, index) => Math.abs(value - (actual[index] ?? Number.NaN)));
  assert.ok(
    away.every((one) => one < tolerance),
    `${actual} for ${expected}`,
  );
};

const corner = ({ features }: Collection): number[] =>
  (features[0]!.geometry as GeoJSON.Polygon).coordinates[0]![0]!;

const named = (value: Collection) => ({
  ...value,
  crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4807' } },
});

/** The layer in EPSG:4807, in a format. */
async function written(mediaType: string): Promise<unknown> {
  const { outputs } = await execute(reproject, runReproject, {
    inputs: { features: paris, targetCrs: 'EPSG:4807' },
    outputs: { result: { format: { mediaType } } },
  });
  return outputs['result'];
}

describe('layers in grads', () => {
  it('are written in grads, and read from them', async () => {
    const result = (await written(MediaType.geojson)) as Collection;
    near(corner(result), inGrads);
    const { outputs } = await execute(convert, runConvert, { inputs: { features: result } });
    near(corner(outputs['result'] as Collection), place, 1e-7);
  });

  for (const mediaType of [
    MediaType.flatgeobuf,
    MediaType.geopackage,
    MediaType.geoparquet,
    MediaType.shapefile,
    MediaType.gml,
    MediaType.jsonFg,
  ]) {
    it(`come back from ${mediaType}`, async () => {
      const value = await written(mediaType);
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(text);
      const files = { 'https://a.example/layer': bytes };
      const inputs = { features: { href: 'https://a.example/layer', type: mediaType } };
      const { outputs } = await execute(convert, runConvert, { inputs }, { files });
      const [ring = []] = ((outputs['result'] as Collection).features[0]!.geometry as GeoJSON.Polygon)
        .coordinates;
      assert.ok(
        ring.some(([x = 0, y = 0]) => Math.hypot(x - place[0], y - place[1]) < 1e-7),
        JSON.stringify(ring),
      );
      const info = await execute(layerInfo, runLayerInfo, { inputs }, { files });
      const { crs, bbox } = info.outputs['result'] as { crs: string; bbox: number[] };
      assert.equal(crs, 'EPSG:4807');
      near(bbox.slice(0, 2), [inGrads[0], inGrads[1]], 1e-4);
    });
  }

  it('are measured on the ground', async () => {
    const point = (coordinates: number[]) => ({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }],
    });
    const [one, other] = await Promise.all(
      [named(point([...inGrads]) as Collection), point([...place])].map((features) =>
        execute(buffer, runBuffer, { inputs: { features, distance: 1000 } }),
      ),
    );
    near(corner(one!.outputs['result'] as Collection), corner(other!.outputs['result'] as Collection), 1e-6);
  });

  it('are refused beyond 100 grads of latitude, in grads', async () => {
    const features = named({
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [0, 101] } },
        { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [200, 100] } },
      ],
    });
    await assert.rejects(
      execute(convert, runConvert, { inputs: { features } }),
      (error: { faults: { pointer: string; detail: string }[] }) => {
        const [fault, ...others] = error.faults;
        assert.match(fault!.detail, /latitude between -100 and 100 .* is \[0,101\]/);
        return others.length === 0;
      },
    );
  });

  it('have cells and extents in their unit', async () => {
    const { outputs } = await execute(createGrid, runCreateGrid, {
      inputs: { extent: { bbox: [0, 52, 2, 54], crs: 'EPSG:4807' }, cellSize: 1, crs: 'EPSG:4807' },
      outputs: { result: { format: { mediaType: MediaType.jsonFg } } },
    });
    const { features } = outputs['result'] as { features: { place: GeoJSON.Polygon }[] };
    assert.equal(features.length, 4);
    // JSON-FG has the axes in the order of the definition: latitude first.
    assert.deepEqual(features[0]!.place.coordinates[0]!.slice(0, 2), [
      [52, 0],
      [52, 1],
    ]);
  });
});

describe('rasters in grads', () => {
  const grid = () =>
    rasterValue(
      makeContent(
        [
          [1, 2],
          [3, 4],
        ],
        { crs: crsFrom('EPSG:4807'), transform: [0, 0.9, 0, 49.5, 0, -0.9], dataType: 'uint8' },
      ),
    );

  it('have pixels of grads in their files, and everywhere else where they are told', async () => {
    const { outputs } = await execute(rasterInfo, runRasterInfo, { inputs: { raster: await grid() } });
    const { crs, transform, bbox, resolution } = outputs['result'] as Record<string, number[]>;
    assert.equal(crs, 'EPSG:4807');
    assert.deepEqual(transform, [0, 1, 0, 55, 0, -1]);
    assert.deepEqual(bbox, [0, 53, 2, 55]);
    assert.deepEqual(resolution, [1, 1]);
  });

  it('lie where they do on the ground', async () => {
    const points = {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...place] } }],
    };
    const { outputs } = await execute(sampleRaster, runSampleRaster, {
      inputs: { raster: await grid(), features: points },
    });
    const [sample] = (outputs['result'] as Collection).features;
    assert.deepEqual(Object.values(sample!.properties!), [1]);
  });

  it('take pixel sizes and extents in grads', async () => {
    const moved = await execute(reprojectRaster, runReprojectRaster, {
      inputs: { raster: await grid(), targetCrs: 'EPSG:4807', resolution: 0.5 },
    });
    const clipped = await execute(clipRaster, runClipRaster, {
      inputs: { raster: await grid(), extent: { bbox: [1, 53, 2, 54], crs: 'EPSG:4807' } },
    });
    for (const [{ outputs }, transform] of [
      [moved, [0, 0.5, 0, 55, 0, -0.5]],
      [clipped, [1, 1, 0, 54, 0, -1]],
    ] as const) {
      const value = Buffer.from(outputs['result'] as Uint8Array).toString('base64');
      const info = await execute(rasterInfo, runRasterInfo, {
        inputs: { raster: { value, mediaType: MediaType.geotiff, encoding: 'base64' } },
      });
      assert.deepEqual((info.outputs['result'] as { transform: number[] }).transform, transform);
    }
  });
});
