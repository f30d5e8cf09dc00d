/** Causes below causes that are told at most. */
const DEEPEST = 8;

/** What the log of the operator has of an error. */
export interface DescribedError {
  readonly error: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/** An error with its stack, its code and all of its causes, for a line of the log. Never for the client. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { error: String(error) };
  const { stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    error: String(error),
    ...(code === undefined ? {} : { code }),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined || depth >= DEEPEST ? {} : { cause: describeError(cause, depth + 1) }),
  };
}
