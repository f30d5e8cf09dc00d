import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import { crs84 } from '../../geo/crs/crs.ts';
import { transformBetweenCrs } from '../../geo/crs/transformation.ts';
import clipRaster from '../../processes/clip-raster/process.ts';
import { run as runClipRaster } from '../../processes/clip-raster/run.ts';
import contour from '../../processes/contour/process.ts';
import { run as runContour } from '../../processes/contour/run.ts';
import polygonize from '../../processes/polygonize/process.ts';
import { run as runPolygonize } from '../../processes/polygonize/run.ts';
import reproject from '../../processes/reproject/process.ts';
import { run as runReproject } from '../../processes/reproject/run.ts';
import reprojectRaster from '../../processes/reproject-raster/process.ts';
import { run as runReprojectRaster } from '../../processes/reproject-raster/run.ts';
import sampleRaster from '../../processes/sample-raster/process.ts';
import { run as runSampleRaster } from '../../processes/sample-raster/run.ts';
import zonal from '../../processes/zonal-statistics/process.ts';
import { run as runZonal } from '../../processes/zonal-statistics/run.ts';
import { openBytes } from '../geo/raster/formats/support.ts';
import { crsFrom } from '../support/crs.ts';
import { execute } from './support/execute.ts';
import { makeContent } from './support/raster-content.ts';
import { rasterValue } from './support/raster-value.ts';

/** Albers with parallels of its own: no register has it. */
const albers =
  'PROJCRS["Mine",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["unnamed",METHOD["Albers Equal Area",ID["EPSG",9822]],PARAMETER["Latitude of false origin",37.5,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of false origin",-96,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Latitude of 1st standard parallel",30.5,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Latitude of 2nd standard parallel",44.5,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Easting at false origin",0,LENGTHUNIT["metre",1]],PARAMETER["Northing at false origin",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["easting (X)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["northing (Y)",north,ORDER[2],LENGTHUNIT["metre",1]]]';
const crs = crsFrom(albers);
const toDegrees = transformBetweenCrs(crs, crs84);

/** Four rows of four pixels of 1000 m; the left half is 1, the right half 5. */
const rows = Array.from({ length: 4 }, () => [1, 1, 5, 5]);
const raster = () =>
  rasterValue(
    makeContent(rows, { crs, transform: [100_000, 1000, 0, 204_000, 0, -1000], dataType: 'uint8' }),
  );
const point = (x: number, y: number) => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Point', coordinates: toDegrees([x, y]) },
});
const square = (x: number, y: number, size: number) => ({
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
        [x, y],
      ].map(toDegrees),
    ],
  },
});
const computeFeatures = (outputs: Readonly<Record<string, unknown>>) =>
  (outputs['result'] as GeoJSON.FeatureCollection).features;

describe('a raster in a CRS without a code works like any other', () => {
  it('in zonal-statistics and sample-raster', async () => {
    const zones = { type: 'FeatureCollection', features: [square(100_100, 200_100, 1800)] };
    const zonalResult = await execute(zonal, runZonal, {
      inputs: { raster: await raster(), features: zones, statistics: ['count', 'mean'] },
    });
    const [zone] = computeFeatures(zonalResult.outputs);
    assert.deepEqual(Object.values(zone!.properties!), [4, 1]);
    const points = {
      type: 'FeatureCollection',
      features: [point(100_500, 203_500), point(103_500, 200_500)],
    };
    const sampled = await execute(sampleRaster, runSampleRaster, {
      inputs: { raster: await raster(), features: points },
    });
    assert.deepEqual(
      computeFeatures(sampled.outputs).map(({ properties }) => Object.values(properties!)[0]),
      [1, 5],
    );
  });

  it('in polygonize and contour, whose features lie where the pixels do', async () => {
    const { outputs } = await execute(polygonize, runPolygonize, { inputs: { raster: await raster() } });
    const polygons = computeFeatures(outputs);
    assert.equal(polygons.length, 2);
    const corners = polygons.flatMap(({ geometry }) => (geometry as GeoJSON.Polygon).coordinates.flat());
    const [west, north] = toDegrees([100_000, 204_000]) as [number, number];
    assert.ok(
      corners.some(([x, y]) => Math.hypot(x! - west, y! - north) < 1e-6),
      JSON.stringify(corners),
    );
    const lines = await execute(contour, runContour, { inputs: { raster: await raster(), interval: 3 } });
    assert.ok(computeFeatures(lines.outputs).length > 0);
  });

  it('in clip-raster and reproject-raster, and is written with its definition', async () => {
    const clipped = await execute(clipRaster, runClipRaster, {
      inputs: { raster: await raster(), extent: { bbox: [101_000, 201_000, 103_000, 203_000], crs: albers } },
    });
    const part = await openBytes(clipped.outputs['result'] as Uint8Array);
    assert.deepEqual([part.width, part.height, part.crs?.meaning], [2, 2, crs.meaning]);
    const moved = await execute(reprojectRaster, runReprojectRaster, {
      inputs: { raster: await raster(), targetCrs: 'EPSG:5070', resampling: 'nearest' },
    });
    const there = await openBytes(moved.outputs['result'] as Uint8Array);
    const values = new Set(await there.read(1));
    assert.deepEqual([there.crs?.name, values.has(1), values.has(5)], ['EPSG:5070', true, true]);
    const back = await execute(reprojectRaster, runReprojectRaster, {
      inputs: { raster: await raster(), targetCrs: albers, resolution: 500 },
    });
    const same = await openBytes(back.outputs['result'] as Uint8Array);
    assert.deepEqual([same.width, same.crs?.meaning], [8, crs.meaning]);
  });
});

describe('reproject takes a CRS by its definition', () => {
  const features = { type: 'FeatureCollection', features: [point(1000, 2000)] };
  const into = async (targetCrs: CrsInput) => {
    const { outputs } = await execute(reproject, runReproject, { inputs: { features, targetCrs } });
    return outputs['result'] as {
      crs: { properties: { name: string } };
      features: { geometry: GeoJSON.Point }[];
    };
  };

  it('as text and as PROJJSON, and names it so that it can be read again', async () => {
    const { crs: member, features: moved } = await into(albers);
    const [x, y] = moved[0]!.geometry.coordinates as [number, number];
    assert.ok(Math.hypot(x - 1000, y - 2000) < 1e-3, `${x} ${y}`);
    assert.match(member.properties.name, /^PROJCRS\["Mine"/);
    const { outputs } = await execute(reproject, runReproject, {
      inputs: {
        features: { type: 'FeatureCollection', crs: member, features: moved },
        targetCrs: 'EPSG:4326',
      },
    });
    const [lon, lat] = (computeFeatures(outputs)[0]!.geometry as GeoJSON.Point).coordinates as [
      number,
      number,
    ];
    const [u, v] = toDegrees([1000, 2000]) as [number, number];
    assert.ok(Math.hypot(lon - u, lat - v) < 1e-8);
    const mollweide = {
      type: 'ProjectedCRS',
      name: 'x',
      base_crs: {
        name: 'WGS 84',
        datum: {
          type: 'GeodeticReferenceFrame',
          name: 'World Geodetic System 1984',
          ellipsoid: { name: 'WGS 84', semi_major_axis: 6378137, inverse_flattening: 298.257223563 },
        },
      },
      conversion: { name: 'x', method: { name: 'Mollweide' }, parameters: [] },
    };
    assert.equal((await into(mollweide)).crs.properties.name, 'urn:ogc:def:crs:ESRI::54009');
    assert.equal((await into(JSON.stringify(mollweide))).crs.properties.name, 'urn:ogc:def:crs:ESRI::54009');
    assert.equal((await into('ESRI:54009')).crs.properties.name, 'urn:ogc:def:crs:ESRI::54009');
  });

  it('and refuses what it cannot compute, naming the input and what would be right', async () => {
    const rotated =
      'GEOGCRS["Rotated",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]]],DERIVINGCONVERSION["x",METHOD["PROJ ob_tran o_proj=longlat"],PARAMETER["o_lat_p",39.25]],CS[ellipsoidal,2]]';
    for (const [targetCrs, wanted] of [
      [rotated, /^names the CRS "GEOGCRS.*rotated pole, which is not supported/],
      [albers.replace('Albers Equal Area', 'Mine'), /has the projection "Mine", which is not supported/],
      [{ type: 'Mine' }, /^names the CRS defined by its PROJJSON, which is not known\. Use an EPSG code/],
      ['ESRI:3857', /which is not in the ESRI registry; EPSG:3857 exists/],
      ['PROJCRS[', /not known\. Use/],
    ] as const)
      await assert.rejects(
        into(targetCrs),
        ({ faults }: { faults: { pointer: string; detail: string }[] }) => {
          assert.equal(faults[0]!.pointer, '/inputs/targetCrs');
          assert.match(faults[0]!.detail, wanted);
          return true;
        },
      );
  });
});
