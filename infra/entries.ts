import { operationList } from '../core/api/operations.ts';
import { computeClasses } from '../core/processes/declaration.ts';

/** Handlers behind the API: paths below `functions/` without the extension. */
export const apiEntries: readonly string[] = [
  ...operationList.map(({ folder }) => `api/${folder}/handler`),
  'api/refuse-method/handler',
];

/** Workers, the only ones that may carry an engine. */
export const workerEntries: readonly string[] = computeClasses.map((name) => `workflow/run-process/${name}`);

/** The other tasks of the workflow and the handlers of events. */
export const taskEntries: readonly string[] = [
  'workflow/fail-job/handler',
  'workflow/notify-subscriber/handler',
  'events/reconcile-execution/handler',
];

export const entries: readonly string[] = [...apiEntries, ...workerEntries, ...taskEntries];
