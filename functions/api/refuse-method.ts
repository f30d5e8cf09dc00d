import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { ApiRequest } from '../../core/api/http.ts';
import {
  allowedMethods,
  type Operation,
  operationList,
  operations,
  servedOperations,
} from '../../core/api/operations.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';
import { MethodNotAllowed, UnknownPath } from '../../core/shared/errors.ts';
import { createHandler } from '../http/handler.ts';

/** What this deployment serves. */
const served = () => servedOperations(isEnabled(Env.QueryExecution));

/** Answers methods that a path does not offer: 405 with those that it does. */
export function refuseMethod({ method, operation }: ApiRequest): never {
  throw new MethodNotAllowed(method, allowedMethods(operation.path, served()));
}

/** Answers paths that nothing is at. */
export function refusePath({ path }: ApiRequest): never {
  throw new UnknownPath(path);
}

/** One function for all paths: the pipeline is made for the path that the request was sent to, if it is one of the service. */
export const handler = (event: APIGatewayProxyEvent, context: Context) => {
  const operation = operationList.find(({ path }) => path === event.resource);
  // What is refused has no representations to choose from, and needs no credentials to be told so.
  const refused: Operation = {
    ...(operation ?? operations.getLandingPage),
    representations: [],
    scope: 'public',
  };
  // Nor does its query matter.
  const bare = { ...event, queryStringParameters: null, multiValueQueryStringParameters: null };
  return createHandler(refused, operation ? refuseMethod : refusePath, () => undefined)(bare, context);
};
