import type { ApiResponse } from '../../core/shared/response.ts';

/** Whether an answer depends on the deployment alone: it may be kept, and given to anybody who asks for the same. */
export const isSameForAll = ({ headers = {} }: Pick<ApiResponse, 'headers'>): boolean =>
  String(headers['Cache-Control']).startsWith('public');
