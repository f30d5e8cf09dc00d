// Generated from the folders beside it by "npm run generate".
export const runs = {
  buffer: () => import('../buffer/run.ts'),
  dissolve: () => import('../dissolve/run.ts'),
};
