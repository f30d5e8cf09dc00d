import type { ApiRequest } from '../../core/api/http.ts';
import { NotAcceptable } from '../../core/shared/errors.ts';
import { negotiate } from '../../core/shared/negotiate.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType } from '../../core/shared/uris.ts';

/**
 * Results, or the way to the page of their job for who takes nothing that they can be had in, but pages: results are data and
 * have no page of their own, and that of the job shows them (/req/html/definition).
 */
export async function orJobPage(
  { headers, baseUrl }: ApiRequest,
  jobID: string,
  answer: Promise<ApiResponse>,
): Promise<ApiResponse> {
  try {
    return await answer;
  } catch (error) {
    const takesPages = negotiate(headers['accept'], [MediaType.html]) !== undefined;
    if (!(error instanceof NotAcceptable && takesPages)) throw error;
    return { status: 303, headers: { Location: `${baseUrl}/jobs/${jobID}?f=html` } };
  }
}
