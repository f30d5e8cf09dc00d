import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

let made: DynamoDBClient | undefined;

/** The one client of the table: jobs and what owners have used go over the same connections. */
export function dynamodb(): DynamoDBClient {
  // Nothing is added to its middleware, so that it need not be put together for each request.
  made ??= new DynamoDBClient({ maxAttempts: 4, cacheMiddleware: true });
  return made;
}
