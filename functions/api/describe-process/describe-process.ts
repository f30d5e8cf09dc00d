import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { Profile, Rel } from '../../../core/api/uris.ts';
import { processDescription } from '../../../core/processes/describe.ts';
import { processOf } from '../../shared/process-of.ts';

/** GET /processes/{processID} (/req/core/process-description-success, /rec/core/header-profile-link). */
export const describeProcess = (request: ApiRequest): ApiResponse => ({
  status: 200,
  headers: { Link: `<${Profile.processDescription}>; rel="${Rel.profile}"` },
  resource: processDescription(processOf(request), request.baseUrl),
});
