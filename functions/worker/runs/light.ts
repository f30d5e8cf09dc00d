// Generated from the folders beside it by "npm run generate".
export const runs = {
  EchoProcess: () => import('../../../processes/EchoProcess/run.ts'),
  centroid: () => import('../../../processes/centroid/run.ts'),
  'convex-hull': () => import('../../../processes/convex-hull/run.ts'),
  'create-grid': () => import('../../../processes/create-grid/run.ts'),
  densify: () => import('../../../processes/densify/run.ts'),
  echo: () => import('../../../processes/echo/run.ts'),
  filter: () => import('../../../processes/filter/run.ts'),
  'h3-bin': () => import('../../../processes/h3-bin/run.ts'),
  measure: () => import('../../../processes/measure/run.ts'),
  'minimum-bounding-geometry': () => import('../../../processes/minimum-bounding-geometry/run.ts'),
  'raster-info': () => import('../../../processes/raster-info/run.ts'),
  'summary-statistics': () => import('../../../processes/summary-statistics/run.ts'),
};
