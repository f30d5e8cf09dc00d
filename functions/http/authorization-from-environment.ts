import { type Authorization, parseAuthorization } from '../../core/api/authorization.ts';
import { Env, required } from '../../core/shared/env.ts';

let known: { readonly text: string; readonly authorization: Authorization } | undefined;

/** What the deployment decided. @throws Error where it did not: nothing is open by mistake */
export function authorizationFromEnvironment(): Authorization {
  const text = required(Env.Authorization);
  if (known?.text !== text) known = { text, authorization: parseAuthorization(text) };
  return known.authorization;
}
