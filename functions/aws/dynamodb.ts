import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

let made: DynamoDBClient | undefined;

/** The one client of the table: jobs and what owners have used go over the same connections. */
export function dynamodb(): DynamoDBClient {
  made ??= new DynamoDBClient({ maxAttempts: 4 });
  return made;
}
