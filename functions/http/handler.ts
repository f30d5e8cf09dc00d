import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Authorization } from '../../core/api/authorization.ts';
import type { ApiRequest, Operate } from '../../core/api/http.ts';
import type { Operation } from '../../core/api/operations.ts';
import { answerErrors } from './answer-errors.ts';
import { answerInTime } from './answer-in-time.ts';
import { authorizationFromEnvironment } from './authorization.ts';
import { compress } from './compress.ts';
import { conditional } from './conditional.ts';
import { fromGateway } from './from-gateway.ts';
import { keptAnswers } from './kept-answers.ts';
import { logRequest } from './log-request.ts';
import { represent } from './represent.ts';
import { isStatic } from './same-for-all.ts';
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
  const kept = isStatic(operation) ? keptAnswers() : undefined;
  return (
    middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
      // An answer in time is answerInTime's, which leaves more of it.
      timeoutEarlyInMillis: 0,
      ...logRequest(operation),
    })
      .use(kept ? [kept.keep] : [])
      .use(toGateway(operation))
      .use(compress())
      .use(operation.isFile ? [serveRanges()] : [])
      .use(conditional(operation))
      .use(represent())
      .use(answerErrors())
      .use(fromGateway(operation, authorization))
      .use(kept ? [kept.find] : [])
      // middy's types speak of events and results of API Gateway; in between they are requests and responses.
      .handler(((request: ApiRequest, context: Context) =>
        answerInTime(() => operate(request, ports()), context)) as never)
  );
};
