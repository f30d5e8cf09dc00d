import { execFileSync } from 'node:child_process';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  paginateListFunctions,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

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

/** Calls a function and gives what it answers. @throws where it fails */
export async function invoke(FunctionName: string): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
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

/** Runs an action while a function has another configuration, and puts the old one back. */
export async function withConfiguration<T>(
  FunctionName: string,
  change: { readonly Timeout?: number; readonly variables?: Readonly<Record<string, string>> },
  action: () => Promise<T>,
): Promise<T> {
  const { Timeout, Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const before = { FunctionName, Timeout, Environment: { Variables: Environment?.Variables ?? {} } };
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Timeout: change.Timeout ?? Timeout,
      Environment: { Variables: { ...Environment?.Variables, ...change.variables } },
    }),
  );
  try {
    return await action();
  } finally {
    await lambda.send(new UpdateFunctionConfigurationCommand(before));
  }
}
