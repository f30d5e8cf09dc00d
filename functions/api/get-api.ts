import type { ApiRequest } from '../../core/api/http.ts';
import { openapi } from '../../core/api/openapi/document.ts';
import { openapi31 } from '../../core/api/openapi/version-31.ts';
import { operations } from '../../core/api/operations.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { negotiate } from '../../core/shared/negotiate.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { processes } from '../../processes/index.ts';
import { createHandler } from '../http/handler.ts';

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

export const handler = createHandler(operations.getApi, getApi, () => undefined);
