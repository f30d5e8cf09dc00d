import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateListTables,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

/** The table that the state stack made. */
export async function deployedTable(client: DynamoDBClient): Promise<string> {
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    const name = TableNames.find((candidate) => /-state-Jobs/.test(candidate));
    if (name) return name;
  }
  throw new Error('The table of the jobs is not deployed');
}

/** An empty table with the keys and indexes of the deployed one: what runs on that one does not touch its jobs. */
export async function emptyTable(client: DynamoDBClient): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: await deployedTable(client) }));
  const TableName = `jobs-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: Table?.KeySchema,
      AttributeDefinitions: Table?.AttributeDefinitions,
      GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
  return TableName;
}

export const removeTable = (client: DynamoDBClient, TableName: string) =>
  client.send(new DeleteTableCommand({ TableName }));
