import { operationList, operations } from '../core/api/operations.ts';
import { computeClasses } from '../core/processes/declaration.ts';

/** Handlers behind the API: paths below `functions/` without the extension. */
export const apiEntries: readonly string[] = [
  ...operationList.map(({ file }) => `api/${file}`),
  'api/refuse-method',
];

/** Those of them that execute, and do small work themselves. */
export const executionEntries: readonly string[] = [
  `api/${operations.executeProcess.file}`,
  `api/${operations.executeProcessByQuery.file}`,
];

/** Workers, which carry the engines. */
export const workerEntries: readonly string[] = computeClasses.map((name) => `worker/${name}`);

/** The other tasks of the workflow and the handlers of events. */
export const taskEntries: readonly string[] = [
  'tasks/fail-job',
  'tasks/notify-subscriber',
  'tasks/wait-for-turn',
  'events/admit-job',
  'events/reconcile-execution',
  'events/sweep-jobs',
];

/** What API Gateway asks about credentials, in some modes of authorization. */
const authorizerEntries: readonly string[] = ['authorizer/token'];

export const entries: readonly string[] = [
  ...apiEntries,
  ...workerEntries,
  ...taskEntries,
  ...authorizerEntries,
];
