import {
  DeleteFunctionCommand,
  type FunctionConfiguration,
  LambdaClient,
  paginateListAliases,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { resourcesIn } from './stacks.ts';

type Version = Pick<FunctionConfiguration, 'Version' | 'LastModified'>;

/** Hours after which nothing calls a version any more that another one has followed: twice as long as a job may wait. */
const KEPT_HOURS = 48;

/**
 * Versions of a function that others have followed so long ago that no execution calls them. The last one is never among them.
 * @param inUse versions that are called now, and may have been followed by one that somebody made by hand
 */
export function findOldVersions(
  versions: readonly Version[],
  now: Date,
  inUse: ReadonlySet<string> = new Set(),
): string[] {
  const numbered = versions
    .filter(({ Version: version }) => version !== '$LATEST')
    .toSorted((one, other) => Number(one.Version) - Number(other.Version));
  const until = now.getTime() - KEPT_HOURS * 3_600_000;
  return numbered.flatMap(({ Version: version }, index) =>
    version !== undefined &&
    !inUse.has(version) &&
    Date.parse(numbered[index + 1]?.LastModified ?? '') < until
      ? [version]
      : [],
  );
}

/** Deletes the old versions of the functions of a stack. @returns how many */
export async function removeOldVersions(stack: string, now = new Date()): Promise<number> {
  const client = new LambdaClient({});
  const definitions = await readDefinitions(stack);
  let removed = 0;
  for (const FunctionName of await resourcesIn(stack, 'AWS::Lambda::Function')) {
    const pages: (readonly Version[])[] = [];
    for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName }))
      pages.push(Versions);
    const inUse = new Set([
      ...versionsNamed(FunctionName, definitions),
      ...(await aliasedVersions(client, FunctionName)),
    ]);
    for (const Qualifier of findOldVersions(pages.flat(), now, inUse)) {
      await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
      removed++;
    }
  }
  return removed;
}

/** Versions of a function that definitions of state machines call. */
export const versionsNamed = (functionName: string, definitions: string): string[] =>
  [...definitions.matchAll(/:function:([\w-]+):(\d+)/g)].flatMap(([, name, version]) =>
    name === functionName && version !== undefined ? [version] : [],
  );

async function readDefinitions(stack: string): Promise<string> {
  const client = new SFNClient({});
  const machines = await resourcesIn(stack, 'AWS::StepFunctions::StateMachine');
  const described = machines.map((stateMachineArn) =>
    client.send(new DescribeStateMachineCommand({ stateMachineArn })),
  );
  return (await Promise.all(described)).map(({ definition = '' }) => definition).join();
}

async function aliasedVersions(client: LambdaClient, FunctionName: string): Promise<string[]> {
  const versions: string[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client }, { FunctionName }))
    for (const { FunctionVersion = '', RoutingConfig } of Aliases)
      for (const version of [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})])
        versions.push(version);
  return versions;
}
