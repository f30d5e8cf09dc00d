import type { ProcessDeclaration } from '../processes/declaration.ts';
import type { Preferences } from './preferences.ts';

/**
 * How a request is executed. `wait` makes a job and answers with its results if it ends within the seconds,
 * else with 201.
 */
export type ExecutionMode =
  | { readonly kind: 'sync' }
  | { readonly kind: 'async' }
  | { readonly kind: 'wait'; readonly seconds: number };

/**
 * /req/core/process-execute-default-execution-mode, /req/core/process-execute-auto-execution-mode and
 * /rec/core/process-execute-honor-prefer. A process that cannot do what is preferred does what it can.
 */
export function executionMode(
  { jobControlOptions }: ProcessDeclaration,
  { respondAsync, wait }: Preferences,
  longestWait: number,
): ExecutionMode {
  if (!jobControlOptions.includes('async-execute')) return { kind: 'sync' };
  if (!jobControlOptions.includes('sync-execute')) return { kind: 'async' };
  if (wait !== undefined) return { kind: 'wait', seconds: Math.min(wait, longestWait) };
  return { kind: respondAsync ? 'async' : 'sync' };
}
