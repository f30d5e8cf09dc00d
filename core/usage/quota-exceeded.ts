import { Refusal } from '../shared/errors.ts';
import { counted } from '../shared/quote.ts';
import { ExceptionType } from '../shared/uris.ts';
import type { QuotaName, Quotas } from './quotas.ts';
import { rateLimitFields } from './rate-limit-fields.ts';
import { type Standing, secondsToNextDay } from './standing.ts';

/** Seconds after which it is worth trying whether a job has ended. */
const JOB_SECONDS = 30;

const sentences: Readonly<Record<QuotaName, (quota: number, used: number) => string>> = {
  runningJobs: (quota, used) =>
    `${counted(used, 'job has', 'jobs have')} not ended, and up to ${quota} may run at the same time. Wait for one to end, or dismiss it.`,
  waitingJobs: (quota, used) =>
    `${counted(used, 'job is', 'jobs are')} waiting, and up to ${quota} may wait. Let some of them end, or dismiss them.`,
  executionsPerDay: (quota, used) =>
    `${used} of the ${quota} executions and uploads allowed per day have been made today.`,
  gbSecondsPerDay: (quota, used) =>
    `Today's executions have used, or may yet use, ${Math.round(used)} of the ${quota} GB-seconds allowed per day.`,
  storedBytesPerDay: (quota, used) => `${used} of the ${quota} bytes allowed per day have been stored today.`,
};

/** A client has used what the operator gives each; says which quota, what was used, and when it begins anew. */
export class QuotaExceeded extends Refusal {
  static override readonly name: string = 'QuotaExceeded';
  constructor(exceeded: readonly QuotaName[], quotas: Quotas, standing: Standing, now: Date) {
    const daily = exceeded.some((name) => name !== 'runningJobs' && name !== 'waitingJobs');
    const said = exceeded.map((name) => sentences[name](quotas[name] ?? 0, standing[name]));
    const anew = daily ? ' Daily quotas are reset at midnight UTC.' : '';
    super(429, ExceptionType.quotaExceeded, 'A quota is used up', {
      detail: `${said.join(' ')}${anew}`,
      headers: {
        ...rateLimitFields(quotas, standing, now),
        'Retry-After': String(daily ? secondsToNextDay(now) : JOB_SECONDS),
      },
    });
  }
}

/** What was used cannot be read or written: nothing begins that nobody would count. */
export class UsageUnknown extends Refusal {
  static override readonly name: string = 'UsageUnknown';
  constructor(cause: unknown) {
    super(503, ExceptionType.blank, 'The quotas cannot be checked', {
      detail:
        'Usage could not be read or written, and executions that cannot be counted are not started. Try again.',
      headers: { 'Retry-After': '5' },
      cause,
    });
  }
}

/** The operator has stopped executions. @param message what the operator says about it */
export class ExecutionsStopped extends Refusal {
  static override readonly name: string = 'ExecutionsStopped';
  constructor(message: string) {
    super(503, ExceptionType.executionsStopped, 'Executions are suspended', {
      detail: message,
      headers: { 'Retry-After': '300' },
    });
  }
}
