import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { processDescription } from '../../core/processes/describe.ts';
import { workerSizesFromEnvironment } from '../../core/processes/worker-sizes.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { findProcess } from '../http/find-process.ts';
import { createHandler } from '../http/handler.ts';

const workerSizes = workerSizesFromEnvironment();

/** GET /processes/{processID} (/req/core/process-description-success). */
export const describeProcess = (request: ApiRequest): ApiResponse => ({
  status: 200,
  resource: processDescription(findProcess(request), request.baseUrl, workerSizes),
});

export const handler = createHandler(operations.describeProcess, describeProcess, () => undefined);
