/** What a service of AWS answers instead of what it was asked for. Its name is the code of the error, as services document it. */
export class AwsError extends Error {
  /** Members that the SDK has too, by which errors are told apart that may be gone the next time. */
  readonly $metadata: { readonly httpStatusCode: number };
  /** The item as it is, where a condition was not met and it was asked for. */
  readonly item: unknown;

  constructor(code: string, message: string, status: number, item?: unknown) {
    super(message || code);
    this.name = code;
    this.$metadata = { httpStatusCode: status };
    this.item = item;
  }
}

/** Whether an error is what a service calls so. */
export const isNamed = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && codes.includes(error.name);
