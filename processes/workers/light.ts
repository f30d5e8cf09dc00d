// Generated from the folders beside it by "npm run generate".
export const runs = {
  EchoProcess: () => import('../EchoProcess/run.ts'),
  centroid: () => import('../centroid/run.ts'),
  'convex-hull': () => import('../convex-hull/run.ts'),
  'create-grid': () => import('../create-grid/run.ts'),
  densify: () => import('../densify/run.ts'),
  echo: () => import('../echo/run.ts'),
  filter: () => import('../filter/run.ts'),
  'h3-bin': () => import('../h3-bin/run.ts'),
  measure: () => import('../measure/run.ts'),
  'minimum-bounding-geometry': () => import('../minimum-bounding-geometry/run.ts'),
  'raster-info': () => import('../raster-info/run.ts'),
  'summary-statistics': () => import('../summary-statistics/run.ts'),
};
