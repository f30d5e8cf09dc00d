import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Authorization } from '../../core/api/authorization.ts';
import type { ApiRequest, Operate } from '../../core/api/http.ts';
import type { Operation } from '../../core/api/operations.ts';
import { answerErrors } from './answer-errors.ts';
import { answerInTime } from './answer-in-time.ts';
import { authorizationFromEnvironment } from './authorization-from-environment.ts';
import { compress } from './compress.ts';
import { conditional } from './conditional.ts';
import { fromGateway } from './from-gateway.ts';
import { keptAnswers } from './kept-answers.ts';
import { logRequest } from './log-request.ts';
import { represent } from './represent.ts';
import { serveRanges } from './serve-ranges.ts';
import { toGateway } from './to-gateway.ts';

/**
 * The Lambda handler of an operation: the pipeline that is the same for all, put together here and nowhere else.
 * What is used first is the outermost layer: it sees the event first and the response last. It never throws.
 * @param ports called once per request, as `authorization` is, so that tests can give others.
 */
export const createHandler = <P>(
  operation: Operation,
  operate: Operate<P>,
  ports: () => P,
  authorization: () => Authorization = authorizationFromEnvironment,
) => {
  const kept = keptAnswers(operation);
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>(logRequest(operation))
    .use([...kept.keep, toGateway(operation), compress(), ...serveRanges(operation)])
    .use([conditional(operation), represent(), answerErrors()])
    .use([fromGateway(operation, authorization), ...kept.find])
    .handler(((request: ApiRequest, context: Context) =>
      // middy's types speak of events and results of API Gateway; in between they are requests and responses.
      answerInTime(() => operate(request, ports()), context)) as never);
};
