import { createHash } from 'node:crypto';
import { Env, optional } from '../shared/env.ts';

/** Field with which the service says in its requests which deployment they come from. */
const FIELD = 'Ogc-Processes-Origin';

/** Characters of the hash: no two deployments share them. */
const LENGTH = 22;

/** Name of this deployment, of which nobody can tell what it is called in its account. */
const deployment = (): string =>
  createHash('sha256')
    .update(optional(Env.JobsTable) ?? '')
    .digest('base64url')
    .slice(0, LENGTH);

/** What requests of the service carry, so that one that comes back to it is recognized. */
export const originField = (): Readonly<Record<string, string>> => ({ [FIELD]: deployment() });

/** Whether this deployment itself has sent a request. @param headers by names in lower case */
export const isFromItself = (headers: Readonly<Record<string, string>>): boolean =>
  (headers[FIELD.toLowerCase()] ?? '').split(',').some((name) => name.trim() === deployment());
