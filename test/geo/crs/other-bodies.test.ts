import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCrs, requireComputable } from '../../../geo/crs/find-crs.ts';
import type { Raster } from '../../../geo/raster/raster.ts';
import { readGround } from '../../../geo/raster/terrain/pixel-size-on-ground.ts';

const degree = 'PRIMEM["Reference_Meridian",0],UNIT["degree",0.0174532925199433]';
const mars = `GEOGCS["Mars (2015) - Sphere",DATUM["Mars (2015) - Sphere",SPHEROID["Mars (2015)",3396190,0]],${degree}]`;
const plane = `PROJCS["Mars plane",${mars},PROJECTION["Equirectangular"],PARAMETER["central_meridian",0],UNIT["metre",1]]`;
const elsewhere = {
  'longitudes and latitudes of Mars': mars,
  'a plane of Mars': plane,
  'the Moon in WKT2':
    'GEOGCRS["Moon",DATUM["Moon",ELLIPSOID["Moon",1737400,0,LENGTHUNIT["metre",1]]],CS[ellipsoidal,2],AXIS["lat",north],AXIS["lon",east],ANGLEUNIT["degree",0.0174532925199433]]',
  'Venus in PROJJSON': JSON.stringify({
    type: 'GeographicCRS',
    name: 'Venus',
    datum: {
      type: 'GeodeticReferenceFrame',
      name: 'Venus',
      ellipsoid: { name: 'Venus', radius: 6051800 },
    },
    coordinate_system: { subtype: 'ellipsoidal', axis: [] },
  }),
  // What a file says that it is does not make its degrees those of the Earth.
  'Mars under the code of WGS 84': mars.replace(/\]$/, ',AUTHORITY["EPSG","4326"]]'),
  'an axis in kilometres': mars.replace('3396190', '6378.137'),
};

const raster = (text: string): Raster => ({
  transform: [10, 0.01, 0, 20, 0, -0.01],
  crs: findCrs(text)!,
  pointer: '/inputs/raster',
  width: 1,
  height: 1,
  bands: [],
  read: async () => assert.fail('no pixels are read'),
});

describe('CRSs of other celestial bodies', () => {
  for (const [name, text] of Object.entries(elsewhere))
    it(`are never taken for the Earth's: ${name}`, () => {
      const crs = findCrs(text)!;
      assert.match(crs.fault!, /is not one of the Earth: its semi-major axis has [\d.]+ m/);
      assert.throws(() => requireComputable(crs, '/inputs/features'), /not one of the Earth/);
    });

  for (const axis of [6367470, 6370000, 6371007.181, 6375738.7, 6378388, 6378300.789])
    it(`are not those of a sphere or an ellipsoid of the Earth with an axis of ${axis} m`, () => {
      assert.equal(findCrs(mars.replace('3396190', String(axis)))!.fault, undefined);
    });

  it('have no slopes in degrees, whose length on the ground is another, but in a plane and with a scale', () => {
    assert.throws(() => readGround(raster(mars)), /not one of the Earth.* Give the input scale/);
    assert.equal(readGround(raster(mars), 59274).kind, 'uniform');
    assert.deepEqual(readGround(raster(plane)), { kind: 'uniform', perColumn: 0.01, perRow: -0.01 });
  });

  it('have no slopes where nothing says how long a unit is', () => {
    assert.throws(() => readGround(raster('ESRI:104905')), /ESRI:104905.* Give the input scale/);
  });
});
