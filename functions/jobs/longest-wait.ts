import { PLACE_LIMIT } from '../../core/jobs/waiting-line.ts';
import type { Clock, JobStore } from '../../core/ports.ts';
import { computeClasses } from '../../core/processes/declaration.ts';
import { greatest } from '../../core/shared/arrays.ts';

interface LinePorts {
  readonly jobs: Pick<JobStore, 'line'>;
  readonly clock: Clock;
}

/**
 * Seconds since the request of the job that waits longest in any line; 0 where none waits. Of a line with more than a thousand jobs the first
 * thousand are looked at, so that it may be longer.
 */
export async function longestWait({ jobs, clock }: LinePorts): Promise<number> {
  const lines = await Promise.all(computeClasses.map((computeClass) => jobs.line(computeClass, PLACE_LIMIT)));
  const now = clock.now().getTime();
  return greatest([0, ...lines.flat().map(({ created }) => (now - Date.parse(created)) / 1000)]);
}
