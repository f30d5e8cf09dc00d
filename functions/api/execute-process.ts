import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { decodeBody } from '../../core/execution/parse.ts';
import type { Ports } from '../../core/ports.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { executeBody } from '../execution/execute-body.ts';
import { findProcess } from '../http/find-process.ts';
import { createHandler } from '../http/handler.ts';
import { isOwnForm } from '../http/own-form.ts';
import { mustBeJson } from '../http/request-body.ts';
import { executionPorts } from '../in-request/execution-ports.ts';

/** POST /processes/{processID}/execution (/req/core/process-execute-op); pages of the service send forms to it. */
export async function executeProcess(request: ApiRequest, ports: Ports): Promise<ApiResponse> {
  const process = findProcess(request);
  if (isOwnForm(request)) {
    const { executeForm } = await import('../execution/execute-form.ts');
    return executeForm(request, process, ports);
  }
  mustBeJson(request);
  return executeBody(request, process, decodeBody(request.body, process), ports);
}

export const handler = createHandler(operations.executeProcess, executeProcess, executionPorts);
