// Generated from the folders beside it by "npm run generate".
export const runs = {
  EchoProcess: () => import('../EchoProcess/run.ts'),
  echo: () => import('../echo/run.ts'),
};
