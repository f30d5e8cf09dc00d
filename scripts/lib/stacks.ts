import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { stackNames } from '../../infra/service.ts';

const client = () => new CloudFormationClient({});

/** Status of a stack, or undefined when there is none of that name. */
export async function stackStatus(name: string): Promise<string | undefined> {
  try {
    const { Stacks } = await client().send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0]?.StackStatus;
  } catch (error) {
    if (String(error).includes('does not exist')) return undefined;
    throw error;
  }
}

/** Whether a stack of the stage is left in a state that no deployment can go on from. */
export async function isBroken(stage: string): Promise<boolean> {
  const names = ['CDKToolkit', ...Object.values(stackNames(stage))];
  const statuses = await Promise.all(names.map(stackStatus));
  return statuses.some(
    (status) => status !== undefined && !/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status),
  );
}

/** Template of a deployed stack as it was sent. */
export async function deployedTemplate(name: string): Promise<unknown> {
  const { TemplateBody = '{}' } = await client().send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  );
  return JSON.parse(TemplateBody);
}

/** Deletes a stack and waits until it is gone, for at most five minutes. */
export async function deleteStack(name: string): Promise<void> {
  await client().send(new DeleteStackCommand({ StackName: name }));
  await waitUntilStackDeleteComplete(
    { client: client(), minDelay: 1, maxDelay: 5, maxWaitTime: 300 },
    { StackName: name },
  );
}

/** Physical name of a resource of a stack, found by its type and the start of its logical id. */
export async function physicalName(stack: string, type: string, logicalId: string): Promise<string> {
  const { StackResources = [] } = await client().send(
    new DescribeStackResourcesCommand({ StackName: stack }),
  );
  const found = StackResources.find(
    ({ ResourceType, LogicalResourceId }) =>
      ResourceType === type && LogicalResourceId?.startsWith(logicalId),
  )?.PhysicalResourceId;
  if (!found) throw new Error(`The stack ${stack} has no ${type} ${logicalId}`);
  return found;
}

/** Physical ids of the resources of a type in a deployed stack: names of functions, ARNs of state machines. */
export async function resourcesIn(name: string, type: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client: client() },
    { StackName: name },
  ))
    for (const { ResourceType, PhysicalResourceId } of StackResourceSummaries)
      if (ResourceType === type && PhysicalResourceId) names.push(PhysicalResourceId);
  return names;
}
