import { AsyncLocalStorage } from 'node:async_hooks';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AwsRequest, AwsService } from '../../../functions/aws/client/aws-service.ts';
import type { JsonService } from '../../../functions/aws/client/json-service.ts';
import type { Statement } from '../../infra/support/service.ts';

/** A request to AWS as IAM sees it: an action, and what it is done to. */
export interface AwsCall {
  /** Description of the function that made it. */
  readonly by: string;
  readonly action: string;
  /** `table`, `table/index/NAME`, `bucket`, `bucket/KEY`, `machine`, `execution`, `worker/CLASS:ALIAS`, `line/CLASS`, `switch` or `secret`. */
  readonly resource: string;
}

type Input = Readonly<Record<string, unknown>>;

const caller = new AsyncLocalStorage<string>();

/** Does something in the name of a function: its requests to AWS, whenever they come, are that function's. */
export const as = <T>(description: string, work: () => T): T => caller.run(description, work);

/** What makes requests: clients of the SDK, services that speak JSON, and others. */
interface Callers {
  readonly clients: readonly { readonly middlewareStack: unknown }[];
  readonly services: readonly JsonService[];
  readonly http: readonly AwsService[];
}

/** Lists their requests. What is presigned counts too: whoever holds the URL acts in the function's name. */
export function recordCalls({ clients, services, http }: Callers): AwsCall[] {
  const calls: AwsCall[] = [];
  const note = (command: string, input: Input) => {
    const by = caller.getStore();
    if (by === undefined) return;
    for (const [action, resource] of requirements(command, input)) calls.push({ by, action, resource });
  };
  for (const { middlewareStack } of clients) {
    (middlewareStack as S3Client['middlewareStack']).add(
      (next, { commandName = '' }) =>
        (args) => {
          note(commandName.replace(/Command$/, ''), args.input as Input);
          return next(args);
        },
      { step: 'initialize', name: 'recordCalls', priority: 'high' },
    );
  }
  for (const service of services) {
    const call = service.call.bind(service);
    service.call = (action, input) => {
      note(action, input as Input);
      return call(action, input);
    };
  }
  for (const service of http) {
    const ask = service.ask.bind(service);
    service.ask = (request, read) => {
      note(...commandOf(request));
      return ask(request, read);
    };
  }
  return calls;
}

/** The action of a request to S3 or Lambda, by its method and path. */
function commandOf({ method, path }: AwsRequest): [string, Input] {
  const [, FunctionName] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
  if (FunctionName) return ['Invoke', { FunctionName: decodeURIComponent(FunctionName) }];
  const actions: Readonly<Record<string, string>> = {
    GET: 'GetObject',
    HEAD: 'HeadObject',
    PUT: 'PutObject',
  };
  return [actions[method] ?? method, { Key: decodeURIComponent(path).replace(/^\/[^/]+\//, '') }];
}

/** What IAM asks of a request. @throws for requests that nobody has thought of, so that none goes by unseen */
function requirements(command: string, input: Input): (readonly [string, string])[] {
  const key = `bucket/${input['Key']}`;
  switch (command) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [[`dynamodb:${command}`, 'table']];
    case 'Query':
      return [['dynamodb:Query', input['IndexName'] ? `table/index/${input['IndexName']}` : 'table']];
    case 'GetObject':
    case 'HeadObject':
      return [['s3:GetObject', key]];
    case 'PutObject':
      return [['s3:PutObject', key]];
    case 'ListObjectsV2':
      return [['s3:ListBucket', 'bucket']];
    case 'DeleteObjects': {
      const { Objects } = input['Delete'] as { readonly Objects: readonly { readonly Key: string }[] };
      return Objects.map(({ Key }) => ['s3:DeleteObject', `bucket/${Key}`] as const);
    }
    case 'StartExecution':
      return [['states:StartExecution', 'machine']];
    case 'DescribeExecution':
    case 'StopExecution':
      return [[`states:${command}`, 'execution']];
    case 'Invoke': {
      const [, computeClass, alias = ''] =
        /Worker(light|vector|raster)[^:]*(:\w+)?$/.exec(String(input['FunctionName'])) ?? [];
      if (!computeClass) throw new Error(`${input['FunctionName']} is no worker`);
      return [['lambda:InvokeFunction', `worker/${computeClass}${alias}`]];
    }
    case 'SendTaskSuccess':
      return [['states:SendTaskSuccess', 'machine']];
    case 'SendMessage': {
      const [, computeClass] = /Line(light|vector|raster)[^/]*$/.exec(String(input['QueueUrl'])) ?? [];
      if (!computeClass) throw new Error(`${input['QueueUrl']} is no line`);
      return [['sqs:SendMessage', `line/${computeClass}`]];
    }
    case 'GetParameter':
      return [['ssm:GetParameter', 'switch']];
    case 'GetSecretValue':
      return [['secretsmanager:GetSecretValue', 'secret']];
    default:
      throw new Error(`No rule says what IAM asks of ${command}`);
  }
}

/** Whether the policy of a role allows a request. Statements have no conditions and deny nothing. */
export const isAllowed = (
  statements: readonly Statement[],
  { action, resource }: Omit<AwsCall, 'by'>,
): boolean =>
  statements.some(
    ({ actions, resources }) =>
      actions.includes(action) && resources.some((pattern) => covers(pattern, resource)),
  );

/** What an intrinsic of the template refers to, by the logical id in it. */
const targets: readonly (readonly [RegExp, string])[] = [
  [/:execution:.*WorkflowJobs/, 'execution'],
  [/WorkflowJobs/, 'machine'],
  [/Worker(light|vector|raster)/, 'worker'],
  [/Line(light|vector|raster)/, 'line'],
  [/SigningSecret/, 'secret'],
  [/Switch/, 'switch'],
  [/Data[0-9A-F]{8}/, 'bucket'],
  [/Jobs[0-9A-F]{8}/, 'table'],
];

/**
 * Whether a resource of a statement covers another. Its ARN is an intrinsic in the template; what comes after the table
 * or the bucket is text at its end, as is the alias of a function.
 */
function covers(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  const [found, target] = findTarget(pattern);
  // Of all executions of the one state machine.
  if (target === 'execution') return resource === 'execution' && pattern.endsWith('":*"]]}');
  const [, below = ''] = /"([/:][^"]*)"\]\]\}$/.exec(pattern) ?? [];
  const isOfClass = target === 'worker' || target === 'line';
  const whole = isOfClass ? `${target}/${found?.[1]}${below}` : `${target}${below}`;
  return whole.endsWith('*') ? resource.startsWith(whole.slice(0, -1)) : resource === whole;
}

function findTarget(pattern: string): readonly [RegExpExecArray | undefined, string] {
  for (const [logicalId, target] of targets) {
    const found = logicalId.exec(pattern);
    if (found) return [found, target];
  }
  return [undefined, 'something else'];
}
