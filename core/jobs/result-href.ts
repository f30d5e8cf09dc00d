import { isJobID } from './job.ts';

/** An output of a job that an address names; without an output, the only one of its job. */
export interface ResultAddress {
  readonly jobID: string;
  readonly outputID?: string;
}

/**
 * The result that an address names, or undefined where it leads elsewhere. Only an address below the service's own base
 * is one: scheme, host, port and path must be those, however they are spelled.
 */
export function resultIn(href: string, baseUrl: string): ResultAddress | undefined {
  const url = URL.parse(href);
  const base = URL.parse(baseUrl);
  if (!url || !base || url.origin !== base.origin || url.username || url.password) return undefined;
  const start = `${base.pathname.replace(/\/$/, '')}/jobs/`;
  if (!url.pathname.startsWith(start)) return undefined;
  const [, jobID = '', output] =
    /^([^/]+)\/results(?:\/([^/]+))?\/?$/.exec(url.pathname.slice(start.length)) ?? [];
  if (!isJobID(jobID)) return undefined;
  if (output === undefined) return { jobID };
  const outputID = decoded(output);
  return outputID === undefined ? undefined : { jobID, outputID };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
