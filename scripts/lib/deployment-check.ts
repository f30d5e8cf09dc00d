import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Settings } from '../../infra/config/config.ts';
import { stackNames } from '../../infra/service.ts';
import { findUnknownIndexes, readIndexes } from './index-steps.ts';
import { stackStatus } from './stacks.ts';

/** What the account is like, as far as it decides whether the stacks can be deployed. */
export interface AccountFacts {
  readonly account: string;
  readonly region: string;
  /** Functions that the account may run at once, in the region. */
  readonly concurrentExecutions: number;
  /** Status of the stacks that are there, by name. */
  readonly stacks: Readonly<Record<string, string | undefined>>;
  /** Names of the indexes of the table of jobs; absent where there is none yet. */
  readonly indexes?: readonly string[];
}

export interface Findings {
  /** What AWS would refuse, each with what to do. */
  readonly problems: readonly string[];
  /** What AWS may refuse, or what will be noticed later. */
  readonly warnings: readonly string[];
}

const BOOTSTRAP = 'CDKToolkit';
/** AWS keeps as many executions for functions that have none reserved. */
const UNRESERVED = 100;
/** Megabytes a function that new accounts may have. */
const NEW_ACCOUNT_MEMORY = 3008;
/** Concurrent executions of an account that AWS has not limited as a new one. */
const USUAL_CONCURRENCY = 1000;

/** Asks AWS. @throws the error of the first request, where there are no credentials */
export async function readAccount(stage: string): Promise<AccountFacts> {
  const sts = new STSClient({});
  const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const { AccountLimit } = await new LambdaClient({}).send(new GetAccountSettingsCommand({}));
  const names = [BOOTSTRAP, ...Object.values(stackNames(stage))];
  const statuses = await Promise.all(names.map(async (name) => [name, await stackStatus(name)] as const));
  const stacks = Object.fromEntries(statuses);
  return {
    account: Account,
    region: await sts.config.region(),
    concurrentExecutions: AccountLimit?.ConcurrentExecutions ?? USUAL_CONCURRENCY,
    stacks,
    ...(holdsTable(stacks[stackNames(stage).state]) ? { indexes: await readIndexes(stage) } : {}),
  };
}

/** Whether a stack with this status has been deployed completely, once at least, and can be again. */
const holdsTable = (status: string | undefined): boolean =>
  status !== undefined && /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status);

/** What would go wrong, before anything is changed. */
export function checkDeployment(facts: AccountFacts, settings: Settings): Findings {
  const { account, region, concurrentExecutions, stacks, indexes = [] } = facts;
  const unknown = findUnknownIndexes(indexes);
  const problems: string[] = unknown === undefined ? [] : [unknown];
  const warnings: string[] = [];
  if (stacks[BOOTSTRAP] === undefined)
    problems.push(`The CDK has not been set up here yet: npx cdk bootstrap aws://${account}/${region}`);
  for (const [name, status = ''] of Object.entries(stacks)) {
    if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED')
      problems.push(
        `${name} is in ${status}: its first deployment failed, and it can only be deleted: aws cloudformation delete-stack --stack-name ${name}`,
      );
    else if (/_IN_PROGRESS$/.test(status))
      problems.push(`${name} is being changed (${status}): wait until that has finished`);
    else if (/_FAILED$/.test(status))
      problems.push(`${name} is in ${status}: look at its events in CloudFormation`);
  }
  const { workers, api, tasks } = settings;
  const all = [...Object.values(workers), api, tasks];
  const reserved = all.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  if (reserved > 0 && reserved > concurrentExecutions - UNRESERVED)
    problems.push(
      `The settings reserve ${reserved} concurrent executions, but the account has ${concurrentExecutions}, ${UNRESERVED} of which cannot be reserved: ` +
        'request an increase (Service Quotas, AWS Lambda, "Concurrent executions"), or deploy with WORKER_CONCURRENCY=off, which reserves nothing',
    );
  if (concurrentExecutions < USUAL_CONCURRENCY) {
    warnings.push(
      `The account may run ${concurrentExecutions} functions at once; the usual limit is ${USUAL_CONCURRENCY}. Request an increase: Service Quotas, AWS Lambda, "Concurrent executions"`,
    );
    // oxlint-disable-next-line house/no-spread-into-call -- as many as there are kinds of functions
    const large = Math.max(...all.map(({ memory }) => memory));
    if (large > NEW_ACCOUNT_MEMORY)
      warnings.push(
        `A function has ${large} MB of memory. New accounts are limited to ${NEW_ACCOUNT_MEMORY} MB: request more from AWS Support, or deploy with WORKER_MEMORY=raster=3008`,
      );
  }
  if (settings.watch.enabled && settings.watch.concurrency > concurrentExecutions)
    warnings.push(
      `watch.concurrency is ${settings.watch.concurrency}, but the limit of the account is ${concurrentExecutions}: the alarm would never be raised; set it to ${Math.floor(concurrentExecutions * 0.8)}`,
    );
  return { problems, warnings };
}
