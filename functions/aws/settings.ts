import type { Settings } from '../../core/ports.ts';
import { Env, number, optional } from '../../core/shared/env.ts';
import type { Quotas } from '../../core/usage/quotas.ts';
import type { WorkerSizes } from '../../core/usage/usage-entry.ts';

/** The settings that the deployment put into the environment. */
export const settingsFromEnvironment = (env: Record<string, string | undefined> = process.env): Settings => ({
  title: optional(Env.ServiceTitle, env) ?? 'OGC API - Processes',
  retentionDays: number(Env.RetentionDays, 7, env),
  inlineResultBytes: number(Env.InlineResultBytes, 4 * 1024 * 1024, env),
  syncSeconds: number(Env.SyncSeconds, 25, env),
  quotas: JSON.parse(optional(Env.Quotas, env) ?? '{}') as Quotas,
  workers: JSON.parse(optional(Env.WorkerSizes, env) ?? 'null') ?? NO_WORKERS,
});

/** Where nothing is counted. */
const NO_WORKERS: WorkerSizes = {
  light: { memory: 0, timeout: 0 },
  vector: { memory: 0, timeout: 0 },
  raster: { memory: 0, timeout: 0 },
};
