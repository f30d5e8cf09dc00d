import type { ApiRequest } from '../../core/api/http.ts';
import { isProfiled } from '../../core/api/profiles.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { listAlternatives, listMediaTypes, selectAlternatives } from '../../core/processes/alternatives.ts';
import { findOutput, type ProcessDeclaration } from '../../core/processes/declaration.ts';
import { NotAcceptable } from '../../core/shared/errors.ts';
import { isJson } from '../../core/shared/media-type.ts';
import { negotiate } from '../../core/shared/negotiate.ts';
import { MediaType } from '../../core/shared/uris.ts';

/**
 * Lets `Accept` choose the format of a single output (/req/core/process-execute-sync-one) before it is computed,
 * and refuses what could not be answered after all the work. @throws NotAcceptable
 */
export function negotiateOutput(
  request: ApiRequest,
  process: ProcessDeclaration,
  parsed: ExecuteRequest,
): ExecuteRequest {
  const [only, another] = parsed.outputs;
  const accept = request.headers['accept'];
  if (!only || accept === undefined || parsed.response === 'document' || isProfiled(request)) return parsed;
  if (another) {
    const offered = [MediaType.json, MediaType.multipartRelated];
    if (parsed.dialect === '2.0' && !negotiate(accept, offered)) throw new NotAcceptable(offered);
    return parsed;
  }
  if (only.transmissionMode === 'reference') return parsed;
  const { schema } = findOutput(process, only.id);
  const offered = listMediaTypes(schema);
  if (only.mediaType) {
    const answered = [only.mediaType, ...(isJson(only.mediaType) ? [MediaType.json] : [])];
    if (!negotiate(accept, answered)) throw new NotAcceptable(answered);
    return parsed;
  }
  const mediaType = negotiate(accept, offered);
  if (!mediaType) throw new NotAcceptable(offered);
  // GeoJSON may be asked for as application/json: the process is told what it declares, the response says what was asked.
  const [alternative] = selectAlternatives(listAlternatives(schema), mediaType);
  return { ...parsed, outputs: [{ ...only, mediaType: alternative?.mediaType ?? mediaType }] };
}
