import { conformsTo } from '../../core/api/conformance.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import { representationLinks } from '../../core/api/links.ts';
import { operations } from '../../core/api/operations.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { createHandler } from '../http/handler.ts';

/** GET /conformance: the conformance classes of both versions (/req/core/conformance-success). */
export const getConformance = ({ baseUrl, query }: ApiRequest): ApiResponse => ({
  status: 200,
  resource: {
    conformsTo: conformsTo.filter((uri) => isEnabled(Env.QueryExecution) || !uri.endsWith('/kvp-execute')),
    links: representationLinks(`${baseUrl}/conformance`, query, 'Conformance'),
  },
});

export const handler = createHandler(operations.getConformance, getConformance, () => undefined);
