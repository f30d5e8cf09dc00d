import type { LoadKernel } from './parallel/kernel.ts';

/** The kernels that helper threads can run, by name; a helper loads one when it is first asked for it. */
export const kernels: Readonly<Record<string, LoadKernel>> = {
  bufferGeometries: async () => (await import('./per-feature/buffer-geometries.ts')).bufferGeometries,
  checkGeometries: async () => (await import('./geos/check-geometries.ts')).checkGeometries,
  coverGeometries: async () => (await import('./h3/cover-geometries.ts')).coverGeometries,
  findNeighbours: async () => (await import('./nearest/find-neighbours.ts')).findNeighbours,
  hullGeometries: async () => (await import('./per-feature/concave-hulls.ts')).hullGeometries,
  matchFeatures: async () => (await import('./overlay/match-features.ts')).matchFeatures,
  moveGeometries: async () => (await import('./reproject/move-geometries.ts')).moveGeometries,
  overlayParts: async () => (await import('./overlay/overlay-parts.ts')).overlayParts,
  simplifyGeometries: async () => (await import('./per-feature/simplify-geometries.ts')).simplifyGeometries,
  surfaceRows: async () => (await import('./surfaces/surface-rows.ts')).surfaceRows,
  terrainRows: async () => (await import('./raster/terrain/terrain-rows.ts')).terrainRows,
  uniteGroups: async () => (await import('./geos/unite-groups.ts')).uniteGroups,
};
