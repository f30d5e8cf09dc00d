import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { operationList } from '../../../core/api/operations.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { refuseMethod } from './refuse-method.ts';

/** One function for all paths: the pipeline is made for the path that the request was sent to. */
export const handler = (event: APIGatewayProxyEvent, context: Context) => {
  const operation = operationList.find(({ path }) => path === event.resource) ?? operationList[0]!;
  // An unknown method has no representations to choose from.
  const refused = { ...operation, representations: [] };
  // Nor does its query matter.
  const bare = { ...event, queryStringParameters: null, multiValueQueryStringParameters: null };
  return createHandler(refused, refuseMethod, () => undefined)(bare, context);
};
