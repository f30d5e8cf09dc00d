import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { processes } from '../../processes/index.ts';
import { memoryService } from '../support/memory-service.ts';

/** A hundred bytes must not keep a worker busy, nor bring it down: numbers and extents have bounds as layers have. */
const { execute } = memoryService();

describe('what has no bound in the standard has one here', () => {
  const extent = { bbox: [0, 0, 10, 10] };
  const cases: [processID: string, inputs: object, pointer: string][] = [
    ['create-grid', { extent, cellSize: 1e12 }, '/inputs/cellSize'],
    ['create-grid', { extent, cellSize: 1e308, shape: 'hexagon' }, '/inputs/cellSize'],
    ['create-grid', { extent, cellSize: 361, crs: 'EPSG:4326' }, '/inputs/cellSize'],
    ['create-grid', { extent: { bbox: [-1e9, -1, 1e9, 1] }, cellSize: 100 }, '/inputs/extent/bbox'],
    [
      'create-grid',
      { extent: { bbox: [0, 0, 1e10, 1], crs: 'EPSG:28992' }, crs: 'EPSG:28992', cellSize: 1e9 },
      '/inputs/extent/bbox',
    ],
    ['voronoi-polygons', { extent: { bbox: [-1e9, -90, 1e9, 90] } }, '/inputs/extent/bbox'],
    ['voronoi-polygons', { extent: { bbox: [-1e300, -90, 1e300, 90] } }, '/inputs/extent/bbox'],
    ['densify', { maxLength: 1e300 }, '/inputs/maxLength'],
    ['buffer', { distance: 1e300 }, '/inputs/distance'],
    ['heatmap', { radius: 1e300 }, '/inputs/radius'],
  ];
  for (const [id, changes, pointer] of cases) {
    test(`${id} ${JSON.stringify(changes)} is refused at ${pointer}`, async () => {
      const example = processes.find((process) => process.id === id)?.examples[0]?.request.inputs;
      const { status, json } = await execute(id, { inputs: { ...example, ...changes } });
      assert.deepEqual([status, json.errors[0].pointer], [400, pointer]);
    });
  }

  test('contours whose interval is tiny against the range of the raster are refused before they are traced', async () => {
    const example = processes.find(({ id }) => id === 'contour')?.examples[0]?.request.inputs;
    const { status } = await execute('contour', { inputs: { ...example, interval: 1e-300 } });
    assert.equal(status, 413);
  });
});
