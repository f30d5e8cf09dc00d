import type { ApiRequest } from '../../core/api/http.ts';
import type { ExecutionMode } from '../../core/execution/mode.ts';
import { planExecution } from '../../core/execution/plan.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { InvalidQuery } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { refuseWhileStopped } from '../usage/refuse-while-stopped.ts';

const DRY_RUN = 'dryrun';

/** Whether the query asks for `dryRun=true`. @throws InvalidQuery for what is neither true nor false */
export function isDryRun({ query }: ApiRequest): boolean {
  // Names of parameters are read in any case elsewhere too, and whoever writes "dryrun" does not want to pay for the run.
  const values = Object.entries(query).flatMap(([name, given]) =>
    name.toLowerCase() === DRY_RUN ? given : [],
  );
  if (values.length === 0) return false;
  const [value] = values;
  if (values.length === 1 && (value === 'true' || value === 'false')) return value === 'true';
  // Whoever meant a dry run does not want the request executed.
  const detail = `"${values.join(',')}" is not valid: give "true" or "false", once.`;
  throw new InvalidQuery([{ pointer: '?dryRun', detail }]);
}

/** Says what would become of a request that was checked. Nothing is fetched from elsewhere, stored or started. @throws as the run would */
export async function respondToDryRun(
  { owner, baseUrl }: ApiRequest,
  process: ProcessDeclaration,
  parsed: ExecuteRequest,
  mode: ExecutionMode['kind'],
  ports: Ports,
): Promise<ApiResponse> {
  await refuseWhileStopped(ports);
  // What opens inputs is loaded by the few who ask for it.
  const { lookAtInputs } = await import('./look-at-inputs.ts');
  const known = await lookAtInputs(process, parsed, { owner, baseUrl, synchronous: mode === 'sync' }, ports);
  return { status: 200, resource: planExecution(process, parsed, mode, ports.settings, known) };
}
