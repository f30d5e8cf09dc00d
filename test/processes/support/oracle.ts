import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Geometry } from 'geojson';
import type { Geos } from '../../../geo/geos/geos.ts';

/** Inputs and results that other engines computed (see `engine` in each file). */
export const oracle = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/oracles/${name}.json`, import.meta.url), 'utf8'));

/** Area of the symmetric difference of two geometries, as a share of the area of the second. */
export const areaDifference = (geos: Geos, actual: Geometry, expected: Geometry): number =>
  geos.scope((scope) => {
    const wanted = scope.read(expected);
    return scope.area(scope.symmetricDifference(scope.read(actual), wanted)) / scope.area(wanted);
  });

export const isValid = (geos: Geos, geometry: Geometry): boolean =>
  geos.scope((scope) => scope.isValid(scope.read(geometry)));

export function assertSameArea(geos: Geos, actual: Geometry, expected: Geometry, tolerance: number): void {
  const difference = areaDifference(geos, actual, expected);
  assert.ok(difference < tolerance, `the areas differ by ${difference}`);
}
