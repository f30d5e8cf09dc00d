import Negotiator from 'negotiator';
import type { ApiRequest } from '../../core/api/http.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';

/** Codings of content that the service writes, the smaller one first. */
export const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * The coding in which a client gets a body (RFC 9110, 12.5.3); undefined: as it is. Neither parts of a file nor HEAD,
 * whose length is that of the file, are compressed; and nothing for clients without `Accept`, to whom some gateways send
 * bytes in base64.
 */
export function encodingWanted({ method, headers }: ApiRequest): Encoding | undefined {
  if (!isEnabled(Env.Compression)) return undefined;
  if (method === 'HEAD' || headers['range'] || !headers['accept']) return undefined;
  const accepted = headers['accept-encoding'];
  if (!accepted) return undefined;
  // Brotli where the client takes both: it is smaller, and clients name gzip first out of habit.
  const taken = new Negotiator({ headers: { 'accept-encoding': accepted } }).encodings([...encodings]);
  return encodings.find((encoding) => taken.includes(encoding));
}
