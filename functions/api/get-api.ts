import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { negotiate } from '../../core/shared/negotiate.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { createHandler } from '../http/handler.ts';
import { chosenRepresentation } from '../http/represent.ts';
import { definitionAt } from '../openapi/definition.ts';

const offered = [MediaType.openapi30, MediaType.openapi31, MediaType.json];

/** GET /api: this API in OpenAPI 3.0, or 3.1 with `f=oas31` or by its media type (/req/oas30/oas-definition, /req/oas31/oas-definition). */
export function getApi(request: ApiRequest): ApiResponse {
  const { baseUrl, query, headers, authorization } = request;
  const asked = query['f']?.includes('oas31') ? MediaType.openapi31 : negotiate(headers['accept'], offered);
  const text = definitionAt(baseUrl, asked === MediaType.openapi31 ? '3.1' : '3.0', authorization);
  const representation = chosenRepresentation(request);
  const isText = representation !== undefined && representation !== MediaType.html;
  // The pipeline makes a page of the document, and a refusal where it cannot be had as it is asked for.
  if (!isText) return { status: 200, resource: JSON.parse(text) };
  const mediaType = asked ?? MediaType.openapi30;
  return { status: 200, headers: { 'Content-Type': mediaType, 'Content-Language': 'en' }, body: text };
}

export const handler = createHandler(operations.getApi, getApi, () => undefined);
