import type { ApiResponse } from '../../core/api/http.ts';
import type { Preferences } from '../../core/api/preferences.ts';

/** Tells the client which of its preferences were honoured (RFC 7240, /rec/core/process-execute-preference-applied). */
export function preferenceApplied(
  response: ApiResponse,
  { respondAsync, wait, return: representation }: { [K in keyof Preferences]?: Preferences[K] | undefined },
): ApiResponse {
  const applied = [
    ...(respondAsync ? ['respond-async'] : []),
    ...(wait === undefined ? [] : [`wait=${wait}`]),
    ...(representation ? [`return=${representation}`] : []),
  ];
  if (applied.length === 0) return response;
  return { ...response, headers: { ...response.headers, 'Preference-Applied': applied.join(', ') } };
}
