import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { negotiate } from '../../../core/api/negotiate.ts';
import { openapi } from '../../../core/api/openapi/document.ts';
import { openapi31 } from '../../../core/api/openapi/version-31.ts';
import { MediaType } from '../../../core/api/uris.ts';
import { Env, optional } from '../../../core/env.ts';
import { processes } from '../../../processes/index.ts';

/** GET /api: this API in OpenAPI 3.0, or 3.1 with `f=oas31` or by its media type (/req/oas30/oas-definition, /req/oas31/oas-definition). */
export function getApi({ baseUrl, query, headers }: ApiRequest): ApiResponse {
  const document = openapi(processes, {
    baseUrl,
    title: optional(Env.ServiceTitle) ?? 'OGC API - Processes',
  });
  const chosen = query['f']?.includes('oas31')
    ? MediaType.openapi31
    : negotiate(headers['accept'], [MediaType.openapi30, MediaType.openapi31, MediaType.json]);
  return chosen === MediaType.openapi31
    ? { status: 200, mediaType: MediaType.openapi31, resource: openapi31(document) }
    : {
        status: 200,
        mediaType: chosen === MediaType.json ? MediaType.json : MediaType.openapi30,
        resource: document,
      };
}
