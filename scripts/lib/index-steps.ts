import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import { knownIndexes } from '../../infra/constructs/job-indexes.ts';
import { stackNames } from '../../infra/service.ts';
import { physicalName } from './stacks.ts';

/** Milliseconds between two looks at an index that is being made. */
const PAUSE = 5000;

/**
 * The sets of indexes through which a table gets from those that it has to those that it needs: DynamoDB, and so CloudFormation, creates or
 * deletes one in an update of a table. What is new comes first, so that nothing is missed meanwhile.
 */
export function indexSteps(has: readonly string[], needed: readonly string[]): string[][] {
  const added = needed.filter((name) => !has.includes(name));
  const removed = has.filter((name) => !needed.includes(name));
  const all = [...has, ...added];
  const upTo = (names: readonly string[], index: number) => names.slice(0, index + 1);
  return [
    ...added.map((_, index) => [...has, ...upTo(added, index)]),
    ...removed.map((_, index) => all.filter((name) => !upTo(removed, index).includes(name))),
  ];
}

/** What is in the way of deploying this version over the indexes that are there; undefined where nothing is. */
export function findUnknownIndexes(has: readonly string[]): string | undefined {
  const unknown = has.filter((name) => !knownIndexes.includes(name));
  return unknown.length === 0
    ? undefined
    : `The table of jobs has the indexes of another version (${unknown.join(', ')}), which this one would delete. ` +
        'To roll back, leave the state stack as it is: docs/operate/upgrade.md#roll-back';
}

/** Names of the indexes that the table of a deployed stage has, once none is being made any more. */
export async function readIndexes(stage: string): Promise<string[]> {
  const TableName = await physicalName(stackNames(stage).state, 'AWS::DynamoDB::Table', 'Jobs');
  const client = new DynamoDBClient({});
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (isAtRest(Table)) return Table?.GlobalSecondaryIndexes?.map(({ IndexName = '' }) => IndexName) ?? [];
    await sleep(PAUSE);
  }
}

const isAtRest = (table: TableDescription | undefined): boolean =>
  [table?.TableStatus, ...(table?.GlobalSecondaryIndexes ?? []).map(({ IndexStatus }) => IndexStatus)].every(
    (status) => status === undefined || status === 'ACTIVE',
  );
