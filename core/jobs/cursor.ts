import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidQuery } from '../shared/errors.ts';
import type { SigningKeys } from '../shared/signing-keys.ts';
import type { JobPosition } from './job.ts';
import { parsePositionKey, positionKey } from './position.ts';

/** What a cursor is good for: the same client asking for the same list. */
export interface CursorScope {
  readonly owner: string;
  /** The filter in a form that is equal for equal filters. */
  readonly filter: string;
}

const SIGNATURE_BYTES = 16;

/**
 * An opaque token for a position in the list. It is signed together with its scope, so that it can neither be
 * made up nor be used by another client or for another list.
 */
export function encodeCursor(position: JobPosition, scope: CursorScope, secret: string): string {
  const payload = Buffer.from(positionKey(position), 'utf8');
  return Buffer.concat([signPayload(payload, scope, secret), payload]).toString('base64url');
}

/** The position of a cursor, or undefined when this service did not make it for this scope. */
export function decodeCursor(token: string, scope: CursorScope, secret: string): JobPosition | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Base64 has several spellings of the same bytes; only the one that was handed out is good.
  if (bytes.length <= SIGNATURE_BYTES || bytes.toString('base64url') !== token) return undefined;
  const payload = bytes.subarray(SIGNATURE_BYTES);
  const expected = signPayload(payload, scope, secret);
  if (!timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), expected)) return undefined;
  return parsePositionKey(payload.toString('utf8'));
}

/** The position that a parameter `cursor` names. @throws InvalidQuery */
export function positionAt(
  cursor: string,
  scope: CursorScope,
  { current, previous }: SigningKeys,
): JobPosition {
  const keys = previous === undefined ? [current] : [current, previous];
  const position = keys
    .map((key) => decodeCursor(cursor, scope, key))
    .find((decoded) => decoded !== undefined);
  if (position) return position;
  const detail =
    'was not issued by this service for this list, or before its key was replaced twice. ' +
    'Follow the link "next" unchanged; if you did, begin again with the first page.';
  throw new InvalidQuery([{ pointer: '?cursor', detail }]);
}

function signPayload(payload: Uint8Array, { owner, filter }: CursorScope, secret: string): Buffer {
  const scope = JSON.stringify(['job-list', owner, filter]);
  return createHmac('sha256', secret)
    .update(scope)
    .update('\0')
    .update(payload)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}
