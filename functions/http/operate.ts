import type { ApiRequest } from '../../core/api/http.ts';
import type { ApiResponse } from '../../core/shared/response.ts';

/** What an operation does: a function of the request and of the ports that it was granted. */
export type Operate<P> = (request: ApiRequest, ports: P) => ApiResponse | Promise<ApiResponse>;
