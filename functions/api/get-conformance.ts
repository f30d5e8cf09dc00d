import { conformsTo } from '../../core/api/conformance.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import { representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';
import { Kept } from '../../core/shared/kept.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { createHandler } from '../http/handler.ts';

/** GET /conformance: the conformance classes of both versions (/req/core/conformance-success). */
export function getConformance({ baseUrl, query }: ApiRequest): ApiResponse {
  const hasQuery = isEnabled(Env.QueryExecution);
  return kept.get(JSON.stringify([baseUrl, query, hasQuery]), () => ({
    status: 200,
    resource: {
      conformsTo: conformsTo.filter((uri) => hasQuery || !uri.endsWith('/kvp-execute')),
      links: representationLinks(`${baseUrl}/conformance`, query, 'Conformance'),
    },
  }));
}

const kept = new Kept<ApiResponse>(32);

export const handler = createHandler(operations.getConformance, getConformance, () => undefined);
