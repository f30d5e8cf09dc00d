import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCrs, readNames } from '../../../web/form/find-crs.ts';

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
