import assert from 'node:assert/strict';
import type { Feature, Geometry, Position } from 'geojson';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import type { Geos } from '../../../geo/geos/geos.ts';
import { roundStyle as style } from './buffers.ts';
import { type ExecuteOptions, execute } from './execute.ts';

export type TestFeature = Feature<Geometry, Record<string, unknown>>;

export const feature = (geometry: Geometry | null, properties: object = {}, id?: string | number) => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
  geometry,
});

export const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });

/** A layer of geometries, each with its place as the property `name`. */
export const makeLayer = (geometries: readonly (Geometry | null)[], name = 'index') =>
  collection(...geometries.map((geometry, index) => feature(geometry, { [name]: index })));

export { makeRectangle as rectangle } from '../../../core/shared/rectangle.ts';

export const point = (...coordinates: Position): Geometry => ({ type: 'Point', coordinates });
export const line = (...coordinates: Position[]): Geometry => ({ type: 'LineString', coordinates });

/** A polygon whose edges cross. */
export const bowtie: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0],
    ],
  ],
};

/** What a process with a layer as `result` does with inputs. */
export function layerProcess(process: ProcessDeclaration, run: Run<never>) {
  const computeFeatures = async (inputs: object, options?: ExecuteOptions): Promise<TestFeature[]> => {
    const { outputs } = await execute(process, run, { inputs }, options);
    return (outputs['result'] as { features: TestFeature[] }).features;
  };
  const catchFaults = async (inputs: object): Promise<string[]> => {
    const error = await computeFeatures(inputs).then(
      () => assert.fail('was accepted'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof InvalidRequest, String(error));
    return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
  };
  return { computeFeatures, catchFaults };
}

/** Scales coordinates, for fixtures whose plane is larger than the globe. */
export const scaled = (geometry: Geometry, factor: number): Geometry =>
  JSON.parse(JSON.stringify(geometry), (_, value) => (typeof value === 'number' ? value * factor : value));

export const computeArea = (geos: Geos, geometry: Geometry | null): number =>
  geometry === null ? 0 : geos.scope((scope) => scope.area(scope.read(geometry)));

export const totalArea = (geos: Geos, features: readonly { readonly geometry: Geometry | null }[]): number =>
  features.reduce((sum, { geometry }) => sum + computeArea(geos, geometry), 0);

/**
 * Area, length or positions in which two geometries of one dimension differ, as a share of the expected one.
 * Thin buffers stand for lines and points, so that rounding in the last digit is no difference.
 */
export function assertSameGeometry(geos: Geos, actual: Geometry, expected: Geometry, tolerance = 1e-9): void {
  const isArea = /Polygon$/.test(expected.type);
  assert.equal(/Polygon$/.test(actual.type), isArea, `${actual.type} instead of ${expected.type}`);
  const outside = geos.scope((scope) => {
    const [one, other] = [scope.read(actual), scope.read(expected)];
    if (isArea) return scope.area(scope.symmetricDifference(one, other)) / scope.area(other);
    const reaches = [scope.buffer(one, tolerance, style), scope.buffer(other, tolerance, style)] as const;
    return scope.covers(reaches[0], other) && scope.covers(reaches[1], one) ? 0 : 1;
  });
  assert.ok(outside <= tolerance, `the geometries differ by ${outside}`);
}
