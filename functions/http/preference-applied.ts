import type { Preferences } from '../../core/execution/preferences.ts';
import type { ApiResponse } from '../../core/shared/response.ts';

/**
 * Tells the client which of its preferences about waiting were honoured, besides those that the response says of itself
 * (RFC 7240, /rec/core/process-execute-preference-applied).
 */
export function preferenceApplied(
  response: ApiResponse,
  { respondAsync, wait }: { [K in 'respondAsync' | 'wait']?: Preferences[K] | undefined },
): ApiResponse {
  const applied = [
    ...(respondAsync ? ['respond-async'] : []),
    ...(wait === undefined ? [] : [`wait=${wait}`]),
    response.headers?.['Preference-Applied'] ?? [],
  ].flat();
  if (applied.length === 0) return response;
  return { ...response, headers: { ...response.headers, 'Preference-Applied': applied.join(', ') } };
}
