import type { Operation } from './operation.ts';

/** All that threads can share, by name; each is loaded by the thread that needs it. */
export const operations = {
  check: async () => (await import('../geos/check-geometries.ts')).checkGeometries,
  buffer: async () => (await import('../features/buffer-geometries.ts')).bufferGeometries,
  cover: async () => (await import('../h3/cover-geometries.ts')).coverGeometries,
  move: async () => (await import('../projections/move-geometries.ts')).moveGeometries,
  concaveHull: async () => (await import('../features/concave-hulls.ts')).hullGeometries,
  match: async () => (await import('../overlay/match-features.ts')).matchFeatures,
  nearest: async () => (await import('../nearest/find-neighbours.ts')).findNeighbours,
  overlay: async () => (await import('../overlay/overlay-parts.ts')).overlayParts,
  simplify: async () => (await import('../features/simplify-geometries.ts')).simplifyGeometries,
  surface: async () => (await import('../surfaces/surface-rows.ts')).surfaceRows,
  terrain: async () => (await import('../raster/terrain/terrain-rows.ts')).terrainRows,
  unite: async () => (await import('../geos/unite-groups.ts')).uniteGroups,
};

export type OperationName = keyof typeof operations;
type OperationOf<Name extends OperationName> = Awaited<ReturnType<(typeof operations)[Name]>>;

export type DataOf<Name extends OperationName> = Parameters<OperationOf<Name>>[0];
export type ResultOf<Name extends OperationName> =
  OperationOf<Name> extends Operation<never, infer Result> ? Result : never;

/** An operation whose name is only known at run time. */
export const loadOperation = (name: OperationName): Promise<Operation<unknown, unknown>> =>
  operations[name]() as Promise<Operation<never, unknown>> as Promise<Operation<unknown, unknown>>;
