import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { Refusal } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { ExceptionType, Rel } from '../../core/shared/uris.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { isOwnForm, readEntries } from '../http/own-form.ts';
import { type DismissPorts, dismiss } from '../jobs/dismiss.ts';

/**
 * POST /jobs/{jobID}/dismissal: what DELETE of the job does, for who has no scripts: a form cannot send that. It leads to the page
 * of the job that was cancelled, or to the list where the job is gone. Who was asked whether to cancel a job (`sure=cancel`) has not
 * agreed to lose its results: if it has ended meanwhile, or the form is sent twice, it stays.
 * @throws Refusal for what no page of the service sends
 */
export async function dismissJobByForm(request: ApiRequest, ports: DismissPorts): Promise<ApiResponse> {
  if (!isOwnForm(request))
    throw new Refusal(403, ExceptionType.blank, 'Not a form of this service', {
      detail:
        'Only pages of this service may submit this form. To dismiss a job from a program, send DELETE.',
    });
  const entries = await readEntries(request);
  const mayRemove = !entries.some(([name, value]) => name === 'sure' && value === 'cancel');
  const { jobID, links } = await dismiss(request, ports, mayRemove);
  const isThere = links.some(({ rel }) => rel === Rel.self);
  const place = isThere ? `jobs/${jobID}` : 'jobs';
  return { status: 303, headers: { Location: `${request.baseUrl}/${place}?f=html` } };
}

export const handler = createHandler(operations.dismissJobByForm, dismissJobByForm, awsPorts);
