import {
  DeleteFunctionCommand,
  type FunctionConfiguration,
  LambdaClient,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import { functionsIn } from './stacks.ts';

type Version = Pick<FunctionConfiguration, 'Version' | 'LastModified'>;

/** Hours after which nothing calls a version any more that another one has followed: twice as long as a job may wait. */
const KEPT_HOURS = 48;

/** Versions of a function that others have followed so long ago that no execution calls them. The last one is never among them. */
export function findOldVersions(versions: readonly Version[], now: Date): string[] {
  const numbered = versions
    .filter(({ Version: version }) => version !== '$LATEST')
    .toSorted((one, other) => Number(one.Version) - Number(other.Version));
  const until = now.getTime() - KEPT_HOURS * 3_600_000;
  return numbered.flatMap(({ Version: version }, index) =>
    version !== undefined && Date.parse(numbered[index + 1]?.LastModified ?? '') < until ? [version] : [],
  );
}

/** Deletes the old versions of the functions of a stack. @returns how many */
export async function removeOldVersions(stack: string, now = new Date()): Promise<number> {
  const client = new LambdaClient({});
  let removed = 0;
  for (const FunctionName of await functionsIn(stack)) {
    const pages: (readonly Version[])[] = [];
    for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName }))
      pages.push(Versions);
    for (const Qualifier of findOldVersions(pages.flat(), now)) {
      await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
      removed++;
    }
  }
  return removed;
}
