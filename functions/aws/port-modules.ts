const every = {
  'job-table': () => import('./job-table.ts'),
  'usage-table': () => import('./usage-table.ts'),
  workflow: () => import('./workflow.ts'),
  line: () => import('./line.ts'),
  'execution-switch': () => import('./execution-switch.ts'),
  workers: () => import('./workers.ts'),
  bucket: () => import('./bucket.ts'),
  secrets: () => import('./secrets.ts'),
};

/** The modules that make ports, by the names of their files. */
export type PortModules = typeof every;

/** A bundle of a function behind the API has a table of its own instead, with what the function was granted (`infra/granted-ports.ts`). */
export const portModules: Readonly<Partial<PortModules>> = every;
