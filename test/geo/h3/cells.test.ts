import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import { cellToChildren, getNumCells, getRes0Cells, latLngToCell } from 'h3-js';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { polygonFromCell } from '../../../geo/h3/cell-polygon.ts';
import { coverWithCells } from '../../../geo/h3/covering.ts';
import { estimatedCount } from '../../../geo/h3/estimate.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import h3Cells from '../../../processes/h3-cells/process.ts';
import { run as runH3Cells } from '../../../processes/h3-cells/run.ts';
import { layerProcess, rectangle } from '../../processes/support/layers.ts';
import { isValid, oracle } from '../../processes/support/oracle.ts';

const geos = await loadGeos();
const computeArea = (geometry: Geometry) => geos.scope((scope) => scope.area(scope.read(geometry)));

describe('polygons of cells', () => {
  for (const resolution of [0, 1, 2]) {
    it(`of resolution ${resolution} fill the globe once, all of them valid`, () => {
      const cells = getRes0Cells().flatMap((cell) => cellToChildren(cell, resolution));
      assert.equal(cells.length, getNumCells(resolution));
      let total = 0;
      for (const cell of cells) {
        const polygon = polygonFromCell(cell, geos);
        assert.ok(isValid(geos, polygon), cell);
        const [west, south, east, north] = computeBounds([polygon])!;
        assert.ok(west >= -180 && east <= 180 && south >= -90 && north <= 90, cell);
        total += computeArea(polygon);
      }
      assert.ok(Math.abs(total - 360 * 180) < 1e-8 * 360 * 180);
    });
  }

  it('around the poles reach to them, at all resolutions', () => {
    for (const latitude of [90, -90]) {
      for (let resolution = 0; resolution <= 12; resolution++) {
        const polygon = polygonFromCell(latLngToCell(latitude, 0, resolution), geos);
        const [west, south, east, north] = computeBounds([polygon])!;
        assert.deepEqual([west, east], [-180, 180]);
        assert.equal(latitude > 0 ? north : south, latitude);
        assert.ok(isValid(geos, polygon));
      }
    }
  });
});

describe('the estimate', () => {
  it('is near the number of cells', () => {
    const { shapes, cases } = oracle('h3_cells');
    let compared = 0;
    for (const { shape, resolution, containment, cells } of cases) {
      if (cells.length < 100 || containment === 'full') continue;
      compared++;
      const estimate = estimatedCount(shapes[shape], { resolution, containment, compact: false });
      assert.ok(
        cells.length < 2 * estimate && estimate < 1.7 * cells.length,
        `${shape} ${estimate} ${cells.length}`,
      );
    }
    assert.equal(compared, 12);
  });

  it('counts points', () => {
    const points: Geometry = {
      type: 'MultiPoint',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    };
    assert.equal(estimatedCount(points, { resolution: 5, containment: 'center', compact: false }), 2);
  });
});

describe('the covering', () => {
  it('by overlap holds that by centre, and that by centre those in full', () => {
    for (const geometry of Object.values<Geometry>(oracle('h3_cells').shapes)) {
      const of = (containment: 'center' | 'full' | 'overlap') =>
        new Set(coverWithCells(geometry, { resolution: 5, containment, compact: false }));
      const [full, center, overlap] = [of('full'), of('center'), of('overlap')];
      for (const cell of full) assert.ok(center.has(cell));
      for (const cell of center) assert.ok(overlap.has(cell));
    }
  });
});

describe('polygons about the antimeridian', () => {
  // By h3 4.x of Python, polygon_to_cells of the same areas within [-180, 180].
  for (const [west, east, count] of [
    [181, 183, 19],
    [-179, -177, 19],
    [179, 181, 20],
    [-181, -179, 20],
  ] as const) {
    it(`have ${count} cells of resolution 4 from ${west} to ${east}`, async () => {
      const features = rectangle(west, 0, east, 1);
      const inputs = { features, resolution: 4 };
      const { computeFeatures } = layerProcess(h3Cells, runH3Cells);
      assert.equal((await computeFeatures(inputs)).length, count);
    });
  }
});
