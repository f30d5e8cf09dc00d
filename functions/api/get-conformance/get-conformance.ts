import { conformsTo } from '../../../core/api/conformance.ts';
import type { ApiRequest, ApiResponse } from '../../../core/api/http.ts';
import { representationLinks } from '../../../core/api/links.ts';

/** GET /conformance: the conformance classes of both versions (/req/core/conformance-success). */
export const getConformance = ({ baseUrl, query }: ApiRequest): ApiResponse => ({
  status: 200,
  resource: { conformsTo, links: representationLinks(`${baseUrl}/conformance`, query, 'Conformance') },
});
