import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { AuthorizationMode } from '../../../core/api/authorization.ts';
import { gatewayProblem } from '../../../infra/constructs/gateway-problems.ts';
import { awsLimits, checkAnswer, checkEvent } from './aws-limits.ts';

type Invoke = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/**
 * Hands an event to a function as API Gateway does, within its limits and those of Lambda, and answers itself what
 * exceeds them.
 *
 * @param target path and query as they stand in the request line
 */
export async function throughGateway(
  event: APIGatewayProxyEvent,
  target: string,
  invoke: Invoke,
): Promise<APIGatewayProxyResult> {
  if (headBytes(event, target) > awsLimits.gatewayHead) return headTooLarge;
  if (bodyBytes(event) > awsLimits.gatewayBody) return problem('REQUEST_TOO_LARGE');
  try {
    checkEvent(event);
  } catch {
    return problem('REQUEST_TOO_LARGE');
  }
  const result = await inTime(invoke(event));
  if (!result) return problem('INTEGRATION_TIMEOUT');
  try {
    checkAnswer(result);
  } catch {
    // For API Gateway it is a function that failed.
    return problem('DEFAULT_5XX');
  }
  return result;
}

function headBytes({ httpMethod, multiValueHeaders }: APIGatewayProxyEvent, target: string): number {
  const line = `${httpMethod} ${target} HTTP/1.1`;
  const values = Object.values(multiValueHeaders).flatMap((each) => each ?? []);
  return [line, ...values].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

const bodyBytes = ({ body, isBase64Encoded }: APIGatewayProxyEvent): number =>
  Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

/** The result, or nothing when API Gateway waits no longer; the function goes on, and nobody hears of it. */
async function inTime(result: Promise<APIGatewayProxyResult>): Promise<APIGatewayProxyResult | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, awsLimits.gatewayMilliseconds, undefined);
  });
  try {
    return await Promise.race([result, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** What API Gateway answers itself. */
export function problem(kind: string, mode: AuthorizationMode = 'none'): APIGatewayProxyResult {
  const { document, challenge } = gatewayProblem(kind, mode);
  return {
    statusCode: document.status,
    multiValueHeaders: {
      'Content-Type': ['application/json'],
      'Access-Control-Allow-Origin': ['*'],
      ...(challenge === undefined ? {} : { 'WWW-Authenticate': [challenge] }),
    },
    body: JSON.stringify(document),
  };
}

/** Refused while the head is read, before anything that can be configured applies: no gateway response forms it. */
const headTooLarge: APIGatewayProxyResult = {
  statusCode: 431,
  multiValueHeaders: { 'Content-Type': ['text/plain'] },
  body: `HTTP header is larger than ${awsLimits.gatewayHead} bytes.`,
};
