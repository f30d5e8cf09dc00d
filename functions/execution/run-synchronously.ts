import { isProfiled } from '../../core/api/profiles.ts';
import { respondWithResults } from '../../core/execution/results.ts';
import { CALL_BYTES, MOST_GROWTH, type SyncAnswer, type SyncTask } from '../../core/execution/worker-task.ts';
import type { Ports } from '../../core/ports.ts';
import { refusalFromProblem } from '../../core/shared/errors.ts';
import { mayHaveLongIntegers } from '../../core/shared/exact-json.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { warningHeaders, withWarnings } from '../http/processing-warnings.ts';
import { storedResults } from '../jobs/job-results.ts';
import { refuseWhileStopped } from '../usage/refuse-while-stopped.ts';
import type { Execution } from './execution.ts';

/** Calls a worker and answers with what it computed. No job is made: the fastest path. */
export async function runSynchronously(
  { request, process, parsed, preferences, claim }: Execution,
  ports: Ports,
): Promise<ApiResponse> {
  await refuseWhileStopped(ports);
  await claim.begin('sync');
  const whole: SyncTask = {
    kind: 'sync',
    executionID: claim.id,
    request: parsed,
    client: { owner: request.owner, baseUrl: request.baseUrl },
    seconds: ports.settings.syncSeconds,
  };
  let task: SyncTask;
  try {
    task = await callable(whole, request.body, ports.storage);
  } catch (error) {
    await claim.giveUp();
    throw error;
  }
  const answer = (await ports.workers.run(process.computeClass, task)) as SyncAnswer;
  const { warnings } = answer;
  const log = warnings && (await ports.storage.presign(warnings.key, 'log.json'));
  if ('problem' in answer) {
    throw refusalFromProblem(answer.problem, warnings && log ? warningHeaders(warnings.count, log) : {});
  }
  const stored = storedResults(process.id, ports);
  const response = await respondWithResults(answer.manifest.outputs, {
    ...stored,
    request: parsed,
    accept: request.headers['accept'],
    preferences,
    profiled: isProfiled(request),
    ofJob: false,
    refer: stored.redirect,
  });
  return log === undefined ? response : withWarnings(response, warnings?.count, log);
}

/**
 * The task in a form with which a function can be called: inputs that are too large go by way of the bucket, and so do those
 * with integers beyond 2^53, which Lambda would hand over as doubles.
 * @param sent the body that the client sent, which tells whether there is anything to look at; a query is short
 */
async function callable(
  task: SyncTask,
  sent: Uint8Array | undefined,
  storage: Ports['storage'],
): Promise<SyncTask> {
  const text = sent
    ? Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength).toString('latin1')
    : JSON.stringify(task.request.inputs);
  const hasLongIntegers = mayHaveLongIntegers(text);
  if ((sent?.length ?? 0) * MOST_GROWTH <= CALL_BYTES && !hasLongIntegers) return task;
  const inputs = new TextEncoder().encode(JSON.stringify(task.request.inputs));
  if (inputs.length <= CALL_BYTES && !hasLongIntegers) return task;
  const inputsKey = `sync/${task.executionID}/inputs.json`;
  await storage.put(inputsKey, inputs, MediaType.json);
  return { ...task, request: { ...task.request, inputs: {} }, inputsKey };
}
