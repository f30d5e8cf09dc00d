import { execFileSync } from 'node:child_process';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  paginateListFunctions,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/** Name of the deployed worker of a compute class. */
export async function workerName(computeClass: string): Promise<string> {
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    const found = Functions.find(({ Description }) =>
      Description?.endsWith(`processes of the compute class ${computeClass}`),
    );
    if (found?.FunctionName) return found.FunctionName;
  }
  throw new Error(`No worker of the compute class ${computeClass} is deployed`);
}

/**
 * Process ids of a function's running instances. The emulator runs each instance as a process of its own, which
 * has the function's name in its environment.
 */
export function processesOf(functionName: string): number[] {
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
