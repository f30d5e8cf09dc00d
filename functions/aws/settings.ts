import { serviceTitle } from '../../core/api/service-title.ts';
import type { Settings } from '../../core/ports.ts';
import { workerSizesFromEnvironment } from '../../core/processes/class-resources.ts';
import { largeClassFromEnvironment } from '../../core/processes/large-class.ts';
import { Env, number, optional } from '../../core/shared/env.ts';
import type { Quotas } from '../../core/usage/quotas.ts';

/** The settings that the deployment put into the environment. */
export function settingsFromEnvironment(env: Record<string, string | undefined> = process.env): Settings {
  const large = largeClassFromEnvironment(env);
  return {
    title: serviceTitle(env),
    retentionDays: number(Env.RetentionDays, 7, env),
    inlineResultBytes: number(Env.InlineResultBytes, 4 * 1024 * 1024, env),
    syncSeconds: number(Env.SyncSeconds, 25, env),
    ...(optional(Env.DivideAbove, env) ? { divideAbove: number(Env.DivideAbove, 0, env) } : {}),
    waits: optional(Env.WaitingLine, env) !== 'off',
    ...(large && { large }),
    quotas: JSON.parse(optional(Env.Quotas, env) ?? '{}') as Quotas,
    workers: workerSizesFromEnvironment(env),
  };
}
