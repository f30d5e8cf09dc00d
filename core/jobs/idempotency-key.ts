import { createHash } from 'node:crypto';
import { Refusal } from '../shared/errors.ts';
import { ExceptionType } from '../shared/uris.ts';
import { problemFromFailure } from './failures.ts';
import type { Job } from './job.ts';

/** Seconds that a key stands for the job that was made with it. */
export const KEY_SECONDS = 86_400;

/** A key of a client together with the request that it came with, and the job that it stands for. */
export interface KeyClaim {
  /** Names owner and key; differs for equal keys of different owners. */
  readonly key: string;
  /** Equal for equal requests. */
  readonly fingerprint: string;
  readonly jobID: string;
  /** Second (Unix time) until which the key stands for the job. */
  readonly expires: number;
}

/**
 * Reads the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a string in quotation marks, or bare as most
 * clients send it. @throws Refusal with the status 400 where it is neither
 */
export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const match =
    /^\s*(?:"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]{1,255}))\s*$/.exec(
      header,
    );
  const key = match?.[1] ?? match?.[2];
  if (key !== undefined) return key;
  throw new Refusal(400, ExceptionType.invalidParameterValue, 'The header Idempotency-Key is not valid', {
    detail:
      'Idempotency-Key is one string of 1 to 255 printable ASCII characters, such as a UUID, in quotation marks or without; ' +
      'no backslashes, and no commas without quotation marks.',
  });
}

/** What a client's key claims. @param body of the request, byte by byte, as the process got it */
export function makeClaim(
  key: string,
  {
    owner,
    processID,
    body,
  }: { readonly owner: string; readonly processID: string; readonly body: Uint8Array },
  jobID: string,
  now: Date,
): KeyClaim {
  return {
    key: hash(owner, '\n', key),
    fingerprint: hash(processID, '\n', body),
    jobID,
    expires: Math.floor(now.getTime() / 1000) + KEY_SECONDS,
  };
}

/** Whether a job ended because it could not be started: its client got an error, and may use its key for another attempt. */
export const isUnstarted = ({ status, exception }: Job): boolean =>
  status === 'failed' && exception?.detail === problemFromFailure('unstarted').detail;

/** A key that came before with another request. */
export class KeyReused extends Refusal {
  static override readonly name: string = 'KeyReused';
  constructor() {
    super(422, ExceptionType.idempotencyKeyReused, 'The Idempotency-Key was used for another request', {
      detail:
        'A key identifies one request to one process for 24 hours. Send the same body again, or use another key.',
    });
  }
}

function hash(...parts: readonly (string | Uint8Array)[]): string {
  const sha256 = createHash('sha256');
  for (const part of parts) sha256.update(part);
  return sha256.digest('hex');
}
