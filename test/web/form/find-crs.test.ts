import assert from 'node:assert/strict';
import { test } from 'node:test';
import register from '../../../geo/crs/generated/areas.json' with { type: 'json' };
import { findCrs, nearestCrs, nearestFirst, readNames } from '../../../web/form/find-crs.ts';
import { boundsOfPositions, isInDegrees, placeFrom } from '../../../web/form/layer-place.ts';

const all = readNames(
  '4326 WGS 84\n28992 Amersfoort / RD New\n32631 WGS 84 / UTM zone 31N\n54009 World_Mollweide',
);
const codes = (text: string) => findCrs(all, text, 10).map(({ code }) => code);

test('CRSs are found by the beginning of their code, with or without its register', () => {
  assert.deepEqual(codes('28992'), ['EPSG:28992']);
  assert.deepEqual(codes('epsg:43'), ['EPSG:4326']);
  assert.deepEqual(codes('ESRI:54009'), ['ESRI:54009']);
});

test('and by all words of their name, those that begin so first', () => {
  assert.deepEqual(codes('wgs utm 31'), ['EPSG:32631']);
  assert.deepEqual(codes('RD new'), ['EPSG:28992']);
  assert.deepEqual(codes('WGS 84'), ['EPSG:4326', 'EPSG:32631']);
  assert.deepEqual(codes('mollweide'), ['ESRI:54009']);
  assert.deepEqual(codes(' '), []);
});

test('those are offered first that are meant for where the layer lies: the zone of UTM, then the most local', () => {
  const near = (extent: readonly number[]) => nearestCrs(all, register, extent, 10).map(({ code }) => code);
  assert.deepEqual(near([5.1, 52, 5.2, 52.1]), ['EPSG:32631', 'EPSG:28992', 'EPSG:4326', 'ESRI:54009']);
  // Beyond the Netherlands, and beyond the zone.
  assert.deepEqual(near([2, 48, 2.1, 48.1]), ['EPSG:32631', 'EPSG:4326', 'ESRI:54009']);
  assert.deepEqual(near([-70, -20, -69, -19]), ['EPSG:4326', 'ESRI:54009']);
  const found = nearestFirst(findCrs(all, 'W', 10), register, [5.1, 52, 5.2, 52.1]);
  assert.equal(found.length, 4);
  assert.deepEqual(
    nearestFirst(all, register, [-70, 0, -69, 1]).map(({ code }) => code),
    ['EPSG:4326', 'ESRI:54009', 'EPSG:28992', 'EPSG:32631'],
  );
});

test('areas that cross the antimeridian contain what lies on either side of it', () => {
  const fiji = [{ code: 'EPSG:3460', name: 'Fiji 1986 / Fiji Map Grid' }];
  assert.equal(nearestCrs(fiji, register, [178, -18, 179, -17], 1).length, 1);
  assert.equal(nearestCrs(fiji, register, [-179.9, -17, -179.8, -16.9], 1).length, 1);
  assert.equal(nearestCrs(fiji, register, [5, -18, 6, -17], 1).length, 0);
});

test('where a layer lies is known by its positions, its extent, or its CRS', () => {
  const line = {
    type: 'LineString',
    coordinates: [
      [5, 52, 3],
      [6, 53, 4],
    ],
  };
  const point = { type: 'Point', coordinates: [4, 51] };
  const collection = { type: 'GeometryCollection', geometries: [point] };
  assert.deepEqual(boundsOfPositions([line, null, collection]), [4, 51, 6, 53]);
  assert.equal(boundsOfPositions([]), undefined);
  assert.equal(isInDegrees([4, 51, 6, 53]), true);
  assert.equal(isInDegrees([155_000, 463_000, 155_000, 463_000]), false);
  assert.deepEqual(placeFrom('CRS84', [1, 2, 3, 4]), { extent: [1, 2, 3, 4] });
  assert.deepEqual(placeFrom('EPSG:28992', [1, 2, 3, 4]), { crs: 'EPSG:28992' });
  assert.equal(placeFrom(null, [1, 2, 3, 4]), undefined);
});
