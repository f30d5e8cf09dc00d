import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  paginateListTables,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { TableIndex } from '../../../functions/aws/table-indexes.ts';

/** The table that the state stack made. */
export async function deployedTable(client: DynamoDBClient): Promise<string> {
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    const name = TableNames.find((candidate) => /-state-Jobs/.test(candidate));
    if (name) return name;
  }
  throw new Error('The table of the jobs is not deployed');
}

/** The index of the jobs of all, as the state stack makes it where there are owners (infra/stacks/state.ts). */
const ofAll: GlobalSecondaryIndex = {
  IndexName: TableIndex.allJobs,
  KeySchema: [
    { AttributeName: 'everyKey', KeyType: 'HASH' },
    { AttributeName: 'position', KeyType: 'RANGE' },
  ],
  Projection: { ProjectionType: 'ALL' },
};

/**
 * An empty table with the keys and indexes of the deployed one: what runs on that one does not touch its jobs.
 * @param withOwners adds the index of the jobs of all, which a deployment without authorization does not have
 */
export async function emptyTable(client: DynamoDBClient, { withOwners = false } = {}): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: await deployedTable(client) }));
  const TableName = `jobs-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: Table?.KeySchema,
      AttributeDefinitions: [
        ...(Table?.AttributeDefinitions ?? []),
        ...(withOwners ? [{ AttributeName: 'everyKey', AttributeType: 'S' } as const] : []),
      ],
      GlobalSecondaryIndexes: [
        ...(Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
        })),
        ...(withOwners ? [ofAll] : []),
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
  return TableName;
}

export const removeTable = (client: DynamoDBClient, TableName: string) =>
  client.send(new DeleteTableCommand({ TableName }));
