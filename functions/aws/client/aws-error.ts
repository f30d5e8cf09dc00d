/** What a service of AWS answers instead of what it was asked for. Its name is the code of the error, as services document it. */
export class AwsError extends Error {
  /** That of HTTP. */
  readonly status: number;
  /** The item as it is, where a condition was not met and it was asked for. */
  readonly item: unknown;

  constructor(code: string, message: string, status: number, item?: unknown) {
    super(message || code);
    this.name = code;
    this.status = status;
    this.item = item;
  }
}

/** Whether an error is what a service calls so. */
export const isNamed = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && codes.includes(error.name);
