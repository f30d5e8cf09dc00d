import type { ApiRequest } from '../../core/api/http.ts';
import { executionMode } from '../../core/execution/mode.ts';
import { parsePrefer } from '../../core/execution/preferences.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { ExecutionClaim } from '../usage/execution-claim.ts';
import { isDryRun, respondToDryRun } from './dry-run.ts';
import { asGeojson, executeToCollection, isCollectionWanted } from './execute-to-collection.ts';
import { negotiateOutput } from './negotiate-output.ts';
import { runSynchronously } from './run-synchronously.ts';
import { startJob } from './start-job.ts';
import { understandRequest } from './understand-request.ts';
import { waitForJob } from './wait-for-job.ts';

/** Executes what a body asks for: everything is checked before any work begins or any job exists. */
export async function executeBody(
  request: ApiRequest,
  process: ProcessDeclaration,
  body: unknown,
  ports: Ports,
): Promise<ApiResponse> {
  const claim = new ExecutionClaim(request, process, ports);
  const response = await begin(request, process, body, claim, ports);
  return { ...response, headers: { ...claim.fields, ...response.headers } };
}

async function begin(
  request: ApiRequest,
  process: ProcessDeclaration,
  body: unknown,
  claim: ExecutionClaim,
  ports: Ports,
): Promise<ApiResponse> {
  const parsed = await understandRequest(request, process, body, ports);
  const preferences = parsePrefer(request.headers['prefer']);
  const isDry = isDryRun(request);
  if (isCollectionWanted(request)) {
    const layers = asGeojson(parsed, process);
    if (isDry) return respondToDryRun(request, process, layers, 'async', ports);
    return executeToCollection({ request, process, parsed: layers, preferences, claim }, ports);
  }
  const mode = executionMode(process, preferences, ports.settings.syncSeconds);
  // Accept speaks of this answer: of the results where the client waits for them, not where it gets a job at once.
  const negotiated = mode.kind === 'async' ? parsed : negotiateOutput(request, process, parsed);
  if (isDry) return respondToDryRun(request, process, negotiated, mode.kind, ports);
  const execution = { request, process, parsed: negotiated, preferences, claim };
  if (mode.kind === 'sync') return runSynchronously(execution, ports);
  const started = await startJob(execution, ports);
  return waitForJob(request, started, mode, preferences, ports);
}
