import { InvalidInput, Refusal } from '../../core/shared/errors.ts';
import { UrlRefused } from './exchange.ts';
import { AddressRefused } from './lookup.ts';

const network: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a host name that does not exist.',
  EAI_AGAIN: 'has a host name that cannot be resolved at the moment.',
  ECONNREFUSED: 'has a host that refuses the connection.',
  ECONNRESET: 'has a host that broke off the connection.',
  EHOSTUNREACH: 'has a host that cannot be reached.',
  ENETUNREACH: 'has a host that cannot be reached.',
  ETIMEDOUT: 'has a host that does not answer.',
  CERT_HAS_EXPIRED: 'has a host whose certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a host whose certificate is not trusted.',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a host whose certificate is not trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a host whose certificate is not trusted.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a host whose certificate is for another name.',
};

/**
 * What went wrong on the way to a URL, as an error of the input that has it. What the service knows of addresses
 * behind the URL stays with it. @param signal a run that was ended is ended for the signal's reason.
 */
export function explained(
  error: unknown,
  href: string,
  pointer: string,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof Refusal) return error;
  return new InvalidInput(pointer, `"${href}" ${sentenceOf(error, href)}`);
}

function sentenceOf(error: unknown, href: string): string {
  if (error instanceof UrlRefused) {
    return error.href === href ? error.message : `is redirected to "${error.href}", which ${error.message}`;
  }
  if (error instanceof AddressRefused) return 'has a host that is not in the public internet.';
  const { code } = error as NodeJS.ErrnoException;
  return network[code ?? ''] ?? 'does not answer in time, or not in HTTP.';
}
