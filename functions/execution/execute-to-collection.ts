import type { ApiRequest } from '../../core/api/http.ts';
import { collectionID, isLayerOutput } from '../../core/features/collection.ts';
import type { ExecuteRequest, RequestedOutput } from '../../core/jobs/execute-request.ts';
import { problemFromFailure } from '../../core/jobs/failures.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { findOutput, type ProcessDeclaration } from '../../core/processes/declaration.ts';
import { InvalidQuery, InvalidRequest, refusalFromProblem } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType, Rel } from '../../core/shared/uris.ts';
import { withWarnings } from '../http/processing-warnings.ts';
import type { Execution } from './execution.ts';
import { startJob } from './start-job.ts';
import { createdJob, mayAnswerResults, monitored, poll, waitForJob } from './wait-for-job.ts';

/** Whether the query asks for `response=collection`. @throws InvalidQuery for any other value of it */
export function isCollectionWanted({ query }: ApiRequest): boolean {
  const values = query['response'];
  if (!values) return false;
  if (values.length === 1 && values[0] === 'collection') return true;
  const detail = `"${values.join(',')}" is not known; only "collection" is. The "response" of version 1.0 is a member of the body.`;
  throw new InvalidQuery([{ pointer: '?response', detail }]);
}

/**
 * Executes a process as a job whose layers are collections (/req/collection-output): answers with the address of the
 * collection as soon as there is one, or with the job when the client prefers not to wait or that takes too long.
 */
export async function executeToCollection(execution: Execution, ports: Ports): Promise<ApiResponse> {
  const { request, preferences } = execution;
  const started = await startJob(execution, ports);
  const { job } = started;
  if (preferences.respondAsync || !mayAnswerResults(request, started))
    return waitForJob(request, started, { kind: 'async' }, preferences, ports);
  const ended = await poll(job, Math.min(preferences.wait ?? Infinity, ports.settings.syncSeconds), ports);
  if (ended.status === 'successful') {
    const log = `${request.baseUrl}/jobs/${job.jobID}/logs`;
    return monitored(withWarnings(respondWithCollections(ended, request), ended.warnings, log), job, request);
  }
  if (ended.status === 'failed') throw refusalFromProblem(ended.exception ?? problemFromFailure('crash'));
  return createdJob(request, ended, preferences, preferences.wait);
}

/** One output: 303 to its collection; several: a map of links. */
function respondWithCollections({ jobID, request: { outputs } }: Job, { baseUrl }: ApiRequest): ApiResponse {
  const collectionHref = (outputID: string) =>
    `${baseUrl}/collections/${encodeURIComponent(collectionID({ jobID, outputID }))}`;
  const [only, another] = outputs;
  if (only && !another) return { status: 303, headers: { Location: collectionHref(only.id) } };
  const links = outputs.map(({ id }) => [
    id,
    { href: collectionHref(id), rel: Rel.collection, type: MediaType.json },
  ]);
  return { status: 200, resource: Object.fromEntries(links) };
}

/** The same request with its layers in GeoJSON, and nothing else. @throws InvalidRequest when it asks for no layer */
export function asGeojson(parsed: ExecuteRequest, process: ProcessDeclaration): ExecuteRequest {
  const isLayer = ({ id }: RequestedOutput): boolean => isLayerOutput(findOutput(process, id));
  const faults = parsed.outputs
    .filter((output) => parsed.outputsNamed && !isLayer(output))
    .map(({ id }) => ({
      pointer: `/outputs/${id}`,
      detail: 'is not a layer, so it cannot become a collection.',
    }));
  const layers = parsed.outputs.filter(isLayer);
  if (layers.length === 0 && faults.length === 0) {
    faults.push({
      pointer: '/outputs',
      detail: 'does not name a layer; response=collection publishes layers only.',
    });
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
  return { ...parsed, outputs: layers.map(({ id }) => ({ id, mediaType: MediaType.geojson })) };
}
