import { type ComputeClass, computeClasses } from '../../core/processes/declaration.ts';
import { type Quotas, quotaNames } from '../../core/usage/quotas.ts';
import type { Settings } from './config.ts';
import { parsePairs } from './parse-pairs.ts';

type Limits = Pick<Settings, 'workers' | 'quotas'>;

/**
 * What the environment says of limits: `WORKER_MEMORY` (`raster=6144`, in MB), `WORKER_CONCURRENCY` (`light=50,raster=10`, or
 * `off` where the account has too few concurrent runs to reserve any), `QUOTAS` (`runningJobs=10`, or `off`), `BUDGET_USD`
 * with `BUDGET_MAIL`. What is not named stays as it is.
 *
 * @throws Error naming the variable and what would be right
 */
export function limitOverrides(
  environment: Record<string, string | undefined>,
  settings: Limits,
): Partial<Pick<Settings, 'workers' | 'quotas' | 'budget'>> {
  const { WORKER_MEMORY, WORKER_CONCURRENCY, QUOTAS, BUDGET_USD, BUDGET_MAIL } = environment;
  if (Boolean(BUDGET_USD) !== Boolean(BUDGET_MAIL))
    throw new Error('BUDGET_USD and BUDGET_MAIL go together: an amount per month, and the address to notify');
  return {
    ...(WORKER_MEMORY || WORKER_CONCURRENCY
      ? { workers: overriddenWorkers(settings, WORKER_MEMORY, WORKER_CONCURRENCY) }
      : {}),
    ...(QUOTAS ? { quotas: overriddenQuotas(settings, QUOTAS) } : {}),
    ...(BUDGET_USD && BUDGET_MAIL ? { budget: { amount: Number(BUDGET_USD), mail: BUDGET_MAIL } } : {}),
  };
}

function overriddenWorkers(
  { workers }: Limits,
  memory: string | undefined,
  concurrency: string | undefined,
): Settings['workers'] {
  const megabytes = memory ? parsePairs('WORKER_MEMORY', memory, computeClasses) : {};
  const isOff = concurrency === 'off';
  const runs = concurrency && !isOff ? parsePairs('WORKER_CONCURRENCY', concurrency, computeClasses) : {};
  const overridden = (computeClass: ComputeClass) => {
    const { reservedConcurrency: reserved, ...resources } = workers[computeClass];
    const reservedConcurrency = isOff ? undefined : (runs[computeClass] ?? reserved);
    return {
      ...resources,
      memory: megabytes[computeClass] ?? resources.memory,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    };
  };
  return { light: overridden('light'), vector: overridden('vector'), raster: overridden('raster') };
}

const overriddenQuotas = ({ quotas }: Limits, text: string): Quotas =>
  text === 'off' ? {} : { ...quotas, ...parsePairs('QUOTAS', text, quotaNames) };
