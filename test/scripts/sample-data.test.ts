import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { sampleFeatures } from '../../scripts/sample-data.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'sample-data.ts');
const listNames = (layer: 'countries' | 'counties', selection: Parameters<typeof sampleFeatures>[1]) =>
  sampleFeatures(layer, selection).features.map(({ properties }) => properties.name);

test('the layers are complete', () => {
  assert.equal(sampleFeatures('countries').features.length, 177);
  assert.equal(sampleFeatures('counties', { state: '47' }).features.length, 95);
});

test('features are selected by name, by state and by where they are', () => {
  assert.deepEqual(listNames('countries', { names: ['Kenya', 'Uganda'] }).toSorted(), ['Kenya', 'Uganda']);
  assert.deepEqual(listNames('counties', { state: '47', names: ['Scott'] }), ['Scott']);
  const around = listNames('counties', { bbox: [-84.41375, 36.44625, -84.07792, 36.73292] });
  assert.ok(around.includes('Campbell') && !around.includes('Shelby'), around.join());
});

test('coordinates are degrees, longitude first', () => {
  const [kenya] = sampleFeatures('countries', { names: ['Kenya'] }).features;
  const vertices = kenya!.geometry.coordinates.flat(kenya!.geometry.type === 'Polygon' ? 1 : 2) as number[][];
  for (const [longitude, latitude] of vertices) {
    assert.ok(longitude! > 33.8 && longitude! < 42 && latitude! > -4.8 && latitude! < 5.6);
  }
});

test('the command writes GeoJSON, and says what it did not understand', () => {
  const text = execFileSync(process.execPath, [script, 'countries', '--name', 'Kenya'], { encoding: 'utf8' });
  assert.equal(JSON.parse(text).features[0].properties.name, 'Kenya');
  for (const args of [[], ['rivers'], ['countries', '--bbox=1,2'], ['countries', '--name', 'Atlantis']]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /usage|Writes real features|west,south,east,north|No feature/);
  }
});
