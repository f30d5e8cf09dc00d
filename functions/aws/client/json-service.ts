import { AwsError } from './aws-error.ts';
import { AwsService, type ServiceOptions } from './aws-service.ts';
import type { HttpResponse } from './send-once.ts';

/** Services that speak JSON, by the name in their host: what stands before the name of an action, and the version of the protocol. */
const protocols = {
  dynamodb: ['DynamoDB_20120810', '1.0'],
  states: ['AWSStepFunctions', '1.0'],
  ssm: ['AmazonSSM', '1.1'],
  secretsmanager: ['secretsmanager', '1.1'],
} as const satisfies Readonly<Record<string, readonly [prefix: string, version: string]>>;

/** A service of AWS that takes and answers JSON (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html). */
export class JsonService {
  readonly #service: AwsService;
  readonly #prefix: string;
  readonly #type: string;

  constructor(name: keyof typeof protocols, options: ServiceOptions) {
    const [prefix, version] = protocols[name];
    this.#service = new AwsService(name, options);
    this.#prefix = prefix;
    this.#type = `application/x-amz-json-${version}`;
  }

  /** Does an action, by the names of its reference. Members that are undefined are not sent. @throws AwsError */
  async call<Output>(action: string, input: object): Promise<Output> {
    const headers = { 'Content-Type': this.#type, 'X-Amz-Target': `${this.#prefix}.${action}` };
    const request = { method: 'POST', path: '/', headers, body: JSON.stringify(input) };
    return (await this.#service.ask(request, readJson)) as Output;
  }
}

function readJson({ status, headers, body }: HttpResponse): unknown {
  const answer = parse(body.toString('utf8'));
  if (status < 300 && answer !== undefined) return answer;
  const { __type: type, message, Message, Item } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const code = String(headers['x-amzn-errortype'] ?? type ?? `Status${status}`);
  throw new AwsError(readCode(code), String(message ?? Message ?? ''), status, Item);
}

/** As in `com.amazonaws.dynamodb.v20120810#ThrottlingException:http://internal`. */
export const readCode = (type: string): string => type.replace(/^.*#/, '').replace(/:.*$/, '');

/** Undefined for what is no JSON, such as the page of something in between. */
function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
