import { execFileSync } from 'node:child_process';
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  paginateListFunctions,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import {
  DescribeStateMachineCommand,
  paginateListStateMachines,
  SFNClient,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';

const lambda = new LambdaClient({});
const sfn = new SFNClient({});

/** Name of the deployed worker of a compute class. */
export const workerName = (computeClass: string): Promise<string> =>
  functionName(`Runs the processes of the compute class ${computeClass}`);

/** Name of the deployed function that has a description. */
export async function functionName(description: string): Promise<string> {
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    const found = Functions.find(({ Description }) => Description === description);
    if (found?.FunctionName) return found.FunctionName;
  }
  throw new Error(`No function is deployed that "${description}"`);
}

/** Environment of the deployed function that has a description. */
export async function functionVariables(description: string): Promise<Readonly<Record<string, string>>> {
  const FunctionName = await functionName(description);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

/** Calls a function and gives what it answers. @throws where it fails */
export async function invoke(FunctionName: string, event: unknown = {}): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  const answer = Payload?.transformToString() ?? '';
  if (FunctionError) throw new Error(`${FunctionName} failed: ${answer}`);
  return JSON.parse(answer);
}

/**
 * Process ids of a function's running instances. The emulator runs each instance as a process of its own, which
 * has the function's name in its environment.
 */
export function findProcesses(functionName: string): number[] {
  const listing = execFileSync('ps', ['axeww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return listing
    .split('\n')
    .filter((line) => line.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName} `) && /\bnode\b/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

/**
 * Runs an action while a function has another configuration, as a deployment would give it one: in a version of its own,
 * which its alias and the state machine mean meanwhile. Puts everything back.
 */
export async function withConfiguration<T>(
  FunctionName: string,
  change: { readonly Timeout?: number; readonly variables?: Readonly<Record<string, string>> },
  action: () => Promise<T>,
): Promise<T> {
  const { Timeout, Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const before = { FunctionName, Timeout, Environment: { Variables: Environment?.Variables ?? {} } };
  const alias = { FunctionName, Name: 'live' };
  const { FunctionVersion } = await lambda.send(new GetAliasCommand(alias));
  const machine = await deployedMachine();
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Timeout: change.Timeout ?? Timeout,
      Environment: { Variables: { ...Environment?.Variables, ...change.variables } },
    }),
  );
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60 }, { FunctionName });
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  const changed = machine.definition.replaceAll(
    `${FunctionName}:${FunctionVersion}"`,
    `${FunctionName}:${Version}"`,
  );
  if (changed === machine.definition) throw new Error(`The state machine does not call ${FunctionName}`);
  try {
    await lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: Version }));
    await sfn.send(new UpdateStateMachineCommand({ ...machine, definition: changed }));
    return await action();
  } finally {
    await sfn.send(new UpdateStateMachineCommand(machine));
    await lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion }));
    await lambda.send(new UpdateFunctionConfigurationCommand(before));
  }
}

/** The state machine that is deployed, and its definition. */
export async function deployedMachine(): Promise<{ stateMachineArn: string; definition: string }> {
  for await (const { stateMachines = [] } of paginateListStateMachines({ client: sfn }, {})) {
    const [machine] = stateMachines;
    if (!machine?.stateMachineArn) continue;
    const { stateMachineArn } = machine;
    const { definition = '' } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    return { stateMachineArn, definition };
  }
  throw new Error('No state machine is deployed');
}
