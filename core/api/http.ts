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
  /** Who owns the jobs that the request makes and sees. */
  readonly owner: string;
  /** Correlation id, also in the logs. */
  readonly requestId: string;
}

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
}

/**
 * What an operation answers. `resource` is a JSON value that the pipeline writes as JSON or, where the
 * operation's row says so and the client prefers it, as an HTML page; `body` is sent as it is.
 */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly resource?: unknown;
  /** Media type of `resource`'s JSON form where it is not `application/json`. */
  readonly mediaType?: string;
  readonly body?: Uint8Array | string;
}
