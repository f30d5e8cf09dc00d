import type middy from '@middy/core';
import { type Authorization, parseAuthorization } from '../../core/api/authorization.ts';
import { authorize } from '../../core/api/authorize.ts';
import type { Operation } from '../../core/api/operations.ts';
import { Env, required } from '../../core/shared/env.ts';
import { type Exchange, getRequest } from './exchange.ts';

let known: { readonly text: string; readonly authorization: Authorization } | undefined;

/** What the deployment decided. @throws Error where it did not: nothing is open by mistake */
export function authorizationFromEnvironment(): Authorization {
  const text = required(Env.Authorization);
  if (known?.text !== text) known = { text, authorization: parseAuthorization(text) };
  return known.authorization;
}

/** Refuses who may not ask for an operation, before anything is done. */
export const authorizeRequest = (
  operation: Operation,
  authorization: () => Authorization,
): middy.MiddlewareObj => ({
  before: (exchange) => {
    authorize(operation, getRequest(exchange as unknown as Exchange)?.principal, authorization());
  },
});
