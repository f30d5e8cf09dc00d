import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { processDescription } from '../../../core/processes/describe.ts';
import { processOf } from '../../shared/process-of.ts';

/** GET /processes/{processID} (/req/core/process-description-success). */
export const describeProcess = (request: ApiRequest): ApiResponse => ({
  status: 200,
  resource: processDescription(processOf(request), request.baseUrl),
});
