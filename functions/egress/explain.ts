import { STATUS_CODES } from 'node:http';
import { InvalidInput, Refusal, RemoteServerFailed } from '../../core/shared/errors.ts';
import { isTimeout, ServerFailure, ShortAnswer, SilentServer } from './failures.ts';
import { UrlRefused } from './follow-redirects.ts';
import { AddressRefused } from './lookup.ts';
import { GaveUp } from './retries.ts';

const network: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a host name that does not exist.',
  EAI_AGAIN: 'has a host name that cannot be resolved at the moment.',
  ECONNREFUSED: 'has a host that refuses the connection.',
  ECONNRESET: 'has a host that closed the connection early.',
  EHOSTUNREACH: 'has a host that cannot be reached.',
  ENETUNREACH: 'has a host that cannot be reached.',
  ETIMEDOUT: 'has a host that does not respond.',
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
  const gaveUp = isTimeout(error) ? new GaveUp(error, 1) : error;
  if (gaveUp instanceof GaveUp) {
    return new RemoteServerFailed(pointer, failureSentence(gaveUp, href), gaveUp.cause);
  }
  const sentence = explainNetworkError(error, href);
  const isInput = pointer.startsWith('/inputs/');
  const advice = isInput && sentence.endsWith('not on the public internet.') ? ` ${OWN_FILES}` : '';
  return new InvalidInput(pointer, `"${href}" ${sentence}${advice}`);
}

/** For whoever has a file on a machine of their own, which the service must not reach. */
const OWN_FILES =
  'Send your own files by POST /uploads; the operator can allow hosts with the setting EGRESS_ALLOW_HOSTS.';

function failureSentence({ cause, attempts }: GaveUp, href: string): string {
  const host = URL.parse(href)?.host ?? 'its host';
  const times = attempts === 1 ? 'once' : `${attempts} times`;
  return `"${href}" cannot be read now: ${explainServerFailure(cause, host)} It was tried ${times}. Neither your request nor this service is at fault; try again later.`;
}

function explainServerFailure(cause: unknown, host: string): string {
  if (cause instanceof ServerFailure) {
    const { status, host: at, retryAfter } = cause;
    const name = STATUS_CODES[status] === undefined ? '' : ` (${STATUS_CODES[status]})`;
    const wait = retryAfter === undefined ? '' : ` and asked to wait for ${retryAfter} s`;
    return `the server ${at} responded with status ${status}${name}${wait}.`;
  }
  if (cause instanceof ShortAnswer) return `the server ${host} sent fewer bytes than it announced.`;
  if (cause instanceof SilentServer) return `the server ${host} sent nothing for ${cause.seconds} s.`;
  const sentence = network[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'does not respond in time.';
  return `${host} ${sentence.replace(/^has a host (name )?that /, '')}`;
}

function explainNetworkError(error: unknown, href: string): string {
  if (error instanceof UrlRefused) {
    return error.href === href ? error.message : `is redirected to "${error.href}", which ${error.message}`;
  }
  if (error instanceof AddressRefused) return 'has a host that is not on the public internet.';
  const { code } = error as NodeJS.ErrnoException;
  return network[code ?? ''] ?? 'does not respond in time, or not in HTTP.';
}
