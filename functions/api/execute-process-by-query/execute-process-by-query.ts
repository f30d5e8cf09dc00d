import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { executionFromQuery } from '../../../core/execution/query-request.ts';
import type { Ports } from '../../../core/ports.ts';
import { processOf } from '../../shared/process-of.ts';
import { executeBody } from '../execute-process/execute-process.ts';

/** GET /processes/{processID}/execution: what POST does, asked for by a query (/req/kvp-execute/process-execute-op). */
export function executeProcessByQuery(request: ApiRequest, ports: Ports): Promise<ApiResponse> {
  const process = processOf(request);
  const { body, accept, prefer } = executionFromQuery(request.query, process);
  const headers = {
    ...request.headers,
    ...(accept === undefined ? {} : { accept }),
    ...(prefer === undefined ? {} : { prefer }),
  };
  return executeBody({ ...request, headers }, process, body, ports);
}
