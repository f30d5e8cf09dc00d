import { Env, optional } from '../shared/env.ts';
import { isObject } from '../shared/json.ts';

/** Who offers the service, as far as the operator says. */
export interface Provider {
  readonly name?: string;
  /** Of a page about the provider. */
  readonly url?: string;
  /** Address to which users may write. */
  readonly email?: string;
}

/** What the deployment says of its provider; nothing where it says nothing. */
export function providerFromEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Provider {
  const given: unknown = JSON.parse(optional(Env.Provider, env) ?? '{}');
  return isObject(given) ? given : {};
}

/** Whether the operator has said anything. */
export const isNamed = (provider: Provider): boolean => Object.keys(provider).length > 0;
