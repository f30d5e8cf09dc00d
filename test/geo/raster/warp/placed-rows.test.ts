import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { computeGridBounds } from '../../../../geo/raster/grid/grid.ts';
import { placedRows } from '../../../../geo/raster/warp/placed-rows.ts';
import { crsFrom } from '../../../support/crs.ts';

/** A raster of all longitudes between two latitudes, with pixels of a quarter of a degree. */
const globe = (south: number, north: number) =>
  ({
    width: 1440,
    height: (north - south) * 4,
    transform: [-180, 0.25, 0, north, 0, -0.25],
    crs: crsFrom('EPSG:4326'),
  }) as const;

describe('the rows of a raster that have a place in a CRS', () => {
  it('go as far as the plane of Mercator is wide, with a remark that says so', () => {
    // The latitude at which a Mercator of the sphere is a square is that of the tiles of the web; of the ellipsoid it is a
    // little further north.
    for (const [code, edge] of [
      ['EPSG:3857', 85.0511287798],
      ['EPSG:3395', 85.084059],
    ] as const) {
      const { grid, remark } = placedRows(globe(-90, 90), crsFrom(code));
      const [west, south, east, north] = computeGridBounds(grid);
      assert.deepEqual([west, east], [-180, 180]);
      assert.ok(Math.abs(north - edge) < 1e-6, `${code} ends at ${north}`);
      assert.ok(Math.abs(south + edge) < 1e-6, `${code} ends at ${south}`);
      const said = edge.toFixed(2);
      assert.equal(
        remark,
        `Rows of the raster north of ${said} degrees and south of -${said} degrees cannot be transformed to ${code}, or would lie too far from its centre; they are missing from the result.`,
      );
    }
  });

  it('end there whatever the size of the raster, on the side that has no place alone', () => {
    for (const size of [0.01, 3]) {
      const [width, height] = [360 / size, 180 / size];
      const grid = { ...globe(-90, 90), width, height, transform: [-180, size, 0, 90, 0, -size] } as const;
      const [, , , north] = computeGridBounds(placedRows(grid, crsFrom('EPSG:3857')).grid);
      assert.ok(Math.abs(north - 85.0511287798) < 1e-6, String(north));
    }
    const { grid, remark = '' } = placedRows(globe(-90, 10), crsFrom('EPSG:3857'));
    const [, south, , north] = computeGridBounds(grid);
    assert.equal(north, 10);
    assert.ok(Math.abs(south + 85.0511287798) < 1e-6);
    assert.match(remark, /^Rows of the raster south of -85\.05 degrees cannot/);
  });

  it('are numbered where they are no latitudes', () => {
    // A plate carree, whose planes are metres.
    const metres = 111_319.49079327358;
    const source = {
      width: 360,
      height: 180,
      transform: [-180 * metres, metres, 0, 90 * metres, 0, -metres],
      crs: crsFrom('EPSG:4087'),
    } as const;
    const { remark = '' } = placedRows(source, crsFrom('EPSG:3857'));
    assert.match(
      remark,
      /^Rows of the raster \(the first 5 and the last 5\) cannot be transformed to EPSG:3857/,
    );
  });

  it('are all of them where the first and the last have a place', () => {
    for (const [grid, code] of [
      [globe(-85, 85), 'EPSG:3857'],
      [globe(-89, 89), 'EPSG:3857'],
      [globe(-90, 90), 'ESRI:54030'],
      [globe(-90, 90), 'EPSG:4258'],
    ] as const) {
      const placed = placedRows(grid, crsFrom(code));
      assert.equal(placed.grid, grid, code);
      assert.equal(placed.remark, undefined);
    }
  });
});
