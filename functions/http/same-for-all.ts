import type { Operation } from '../../core/api/operations.ts';
import type { ApiResponse } from '../../core/shared/response.ts';

/** Whether what an operation answers depends on nothing but the deployment, and on what is asked. */
export const isStatic = ({ method, capabilities }: Pick<Operation, 'method' | 'capabilities'>): boolean =>
  method === 'GET' && capabilities.length === 0;

/** Whether an answer depends on the deployment alone: it may be kept, and given to anybody who asks for the same. */
export const isSameForAll = ({ headers = {} }: Pick<ApiResponse, 'headers'>): boolean =>
  String(headers['Cache-Control']).startsWith('public');
