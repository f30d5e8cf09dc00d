import type { ApiResponse } from '../shared/response.ts';
import type { Authorization, Principal } from './authorization.ts';
import type { Operation } from './operations.ts';

/** A request as the operations see it: independent of API Gateway. */
export interface ApiRequest {
  readonly operation: Operation;
  readonly method: string;
  /** Path below the base URL, starting with a slash and ending without one. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Every value of every query parameter, in order. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** Header values by lower-case name; several lines of one header are joined with a comma (RFC 9110, 5.3). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  /** Public base URL, stage included, without a trailing slash. All links start with it. */
  readonly baseUrl: string;
  /** What the deployment asks of clients. */
  readonly authorization: Authorization;
  /** Who is asking; absent where nobody proved who they are, which only public operations are asked with. */
  readonly principal?: Principal;
  /** Who owns the jobs that the request makes and sees; empty without a principal. */
  readonly owner: string;
  /** Correlation id, also in the logs. */
  readonly requestId: string;
}

/** What an operation does: a function of the request and of the ports that it was granted. */
export type Operate<P> = (request: ApiRequest, ports: P) => ApiResponse | Promise<ApiResponse>;
