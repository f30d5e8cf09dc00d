import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { executionFromQuery } from '../../core/execution/query-request.ts';
import type { Ports } from '../../core/ports.ts';
import { Refusal } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { ExceptionType } from '../../core/shared/uris.ts';
import { executeBody } from '../execution/execute-body.ts';
import { findProcess } from '../http/find-process.ts';
import { createHandler } from '../http/handler.ts';
import { executionPorts } from '../in-request/execution-ports.ts';

/** GET /processes/{processID}/execution: what POST does, asked for by a query (/req/kvp-execute/process-execute-op). */
export function executeProcessByQuery(request: ApiRequest, ports: Ports): Promise<ApiResponse> {
  const process = findProcess(request);
  mustBeMeant(request);
  const { body, accept, prefer } = executionFromQuery(request.query, process);
  const headers = {
    ...request.headers,
    ...(accept === undefined ? {} : { accept }),
    ...(prefer === undefined ? {} : { prefer }),
  };
  return executeBody({ ...request, headers }, process, body, ports);
}

/** What a browser fetches before anybody has asked for it starts no work (Fetch, Sec-Purpose). @throws Refusal */
function mustBeMeant({ headers }: ApiRequest): void {
  const purpose = [headers['sec-purpose'], headers['purpose'], headers['x-moz']].join();
  if (!/prefetch|prerender/i.test(purpose)) return;
  throw new Refusal(400, ExceptionType.blank, 'Not executed by prefetching', {
    detail:
      'A process is not executed if the browser only prefetches the page. Send the request without prefetching.',
  });
}

export const handler = createHandler(operations.executeProcessByQuery, executeProcessByQuery, executionPorts);
