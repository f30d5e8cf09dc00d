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
  /** What a page shows beyond the resource; other representations do not have it. */
  readonly shown?: unknown;
}
