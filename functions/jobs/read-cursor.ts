import { type CursorScope, positionAt } from '../../core/jobs/cursor.ts';
import type { JobPosition } from '../../core/jobs/job.ts';
import type { Secrets } from '../../core/ports.ts';
import { InvalidQuery } from '../../core/shared/errors.ts';

/**
 * The position that a parameter `cursor` names. After a rotation, instances of a function learn of the new key one after the other: a
 * cursor that one of them does not know may have been signed by another with a newer one.
 * @throws InvalidQuery
 */
export async function readCursor(cursor: string, scope: CursorScope, secrets: Secrets): Promise<JobPosition> {
  const keys = await secrets.signingKeys();
  try {
    return positionAt(cursor, scope, keys);
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error;
    return positionAt(cursor, scope, await secrets.signingKeys({ anew: true }));
  }
}
