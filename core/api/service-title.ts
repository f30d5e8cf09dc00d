import { Env, optional } from '../shared/env.ts';

/** What the service is called, by its operator or else by the standard. */
export const serviceTitle = (env: Readonly<Record<string, string | undefined>> = process.env): string =>
  optional(Env.ServiceTitle, env) ?? 'OGC API - Processes';
