/**
 * Quotas of AWS that no emulator enforces and no account can raise; the twins in memory keep them. Bytes where nothing
 * else is said. Sources: "Quotas for REST APIs" (API Gateway), "Lambda quotas", "Step Functions service quotas".
 */
export const awsLimits = {
  /** Body of a request at API Gateway. */
  gatewayBody: 10 * 1024 * 1024,
  /** Request line and values of the headers together at API Gateway. */
  gatewayHead: 10_240,
  /** Milliseconds that API Gateway waits for a function. */
  gatewayMilliseconds: 29_000,
  /** Event of a function that is waited for. */
  lambdaEvent: 6_291_456,
  /** Answer of a function that is waited for. */
  lambdaAnswer: 6_291_556,
  /** Input of an execution, and input and output of each of its states. */
  stateData: 262_144,
  /** Characters of the name of an execution. */
  executionName: 80,
} as const;

/** What AWS answers to who exceeds a quota, by the name that its SDK and its state machines give it. */
export class QuotaExceeded extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Bytes of a value as JSON. */
const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/** Lambda's check of an event. @throws QuotaExceeded */
export function checkEvent(event: unknown): void {
  const bytes = jsonBytes(event);
  if (bytes <= awsLimits.lambdaEvent) return;
  throw new QuotaExceeded(
    'RequestTooLargeException',
    `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${awsLimits.lambdaEvent} bytes)`,
  );
}

/** Lambda's check of what a function answered. @throws QuotaExceeded */
export function checkAnswer(answer: unknown): void {
  const bytes = jsonBytes(answer);
  if (bytes <= awsLimits.lambdaAnswer) return;
  throw new QuotaExceeded(
    'Function.ResponseSizeTooLarge',
    `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${awsLimits.lambdaAnswer} bytes).`,
  );
}

/** Step Functions' check of what a state takes or gives. @throws QuotaExceeded */
export function checkStateData(data: unknown): void {
  const bytes = jsonBytes(data);
  if (bytes <= awsLimits.stateData) return;
  throw new QuotaExceeded(
    'States.DataLimitExceeded',
    `The data of the state has ${bytes} bytes, more than the ${awsLimits.stateData} that a state may take or give.`,
  );
}
