import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { Crs84, MediaType } from '../../../core/shared/uris.ts';
import { planeForLayer } from '../../../geo/geodesy/working-planes.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import type { Layer } from '../../../geo/layer/layer.ts';
import { crsFrom } from '../../support/crs.ts';

const geos = await loadGeos();
const layerIn = (crs: string): Layer => ({
  features: [],
  crs: crsFrom(crs),
  mediaType: MediaType.geojson,
  geometryPointer: (index) => `/inputs/features/features/${index}/geometry`,
});
const point = (...coordinates: number[]): Geometry => ({ type: 'Point', coordinates });
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof InvalidInput, String(error));
    return `${error.faults[0]!.pointer}: ${error.faults[0]!.detail}`;
  }
  return assert.fail('was accepted');
};

describe('the plane of a CRS', () => {
  it('is left the way it was entered', () => {
    const plane = planeForLayer(layerIn(Crs84), 'EPSG:3035', geos);
    const back = plane.back(plane.forward(point(5, 52)));
    assert.ok(back.type === 'Point');
    assert.ok(Math.hypot(back.coordinates[0]! - 5, back.coordinates[1]! - 52) < 1e-7);
  });

  it('refuses what has no place in it, and results that have none in the CRS of the layer', () => {
    const plane = planeForLayer(layerIn(Crs84), 'EPSG:3857', geos);
    assert.match(
      refusal(() => plane.forward(point(0, 90))),
      /^\/inputs\/crs: The position \[0,90\] of the layer cannot be transformed to EPSG:3857/,
    );
    const europe = planeForLayer(layerIn(Crs84), 'EPSG:3035', geos);
    assert.match(
      refusal(() => europe.back(point(1e9, 1e9))),
      /^\/inputs\/crs: has a result that reaches \[1000000000,1000000000\] in EPSG:3035/,
    );
  });
});
