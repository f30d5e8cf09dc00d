import { randomUUID } from 'node:crypto';
import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { VERSION } from '../../core/api/version.ts';
import type { Ports } from '../../core/ports.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { logger } from '../observe/logger.ts';

/** Media type of the answer (draft-inadarei-api-health-check). */
const HEALTH = 'application/health+json';

/** A monitor wants an answer before it gives up; half of the usual timeout. */
const TIMEOUT_MILLISECONDS = 5000;

/**
 * GET /health: whether the service can take requests, by one read of the table of jobs, and in which version. It costs
 * less than any other request and starts nothing, so monitors may ask every minute.
 */
export async function getHealth(_: ApiRequest, { jobs }: Pick<Ports, 'jobs'>): Promise<ApiResponse> {
  const started = performance.now();
  const failure = await reach(jobs);
  const check = {
    componentType: 'datastore',
    status: failure === undefined ? 'pass' : 'fail',
    observedValue: Math.round(performance.now() - started),
    observedUnit: 'ms',
    time: new Date().toISOString(),
  };
  return {
    status: failure === undefined ? 200 : 503,
    headers: {
      'Content-Type': HEALTH,
      'Cache-Control': 'no-store',
      ...(failure === undefined ? {} : { 'Retry-After': '60' }),
    },
    body: JSON.stringify({
      status: check.status,
      version: VERSION.split('.')[0],
      releaseId: VERSION,
      description: 'OGC API - Processes',
      checks: { 'jobs:responseTime': [check] },
    }),
  };
}

/** @returns why the table cannot be read; the truth is for the log, monitors need none of it */
async function reach(jobs: Pick<Ports['jobs'], 'get'>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${TIMEOUT_MILLISECONDS} ms`)),
      TIMEOUT_MILLISECONDS,
    );
  });
  try {
    await Promise.race([jobs.get(randomUUID()), tooLong]);
    return undefined;
  } catch (error) {
    logger.error('Health:Failed', { error });
    return error ?? 'unknown';
  } finally {
    clearTimeout(timer);
  }
}

export const handler = createHandler(operations.getHealth, getHealth, awsPorts);
