import type { ApiRequest } from '../../core/api/http.ts';
import { Refusal } from '../../core/shared/errors.ts';
import { ExceptionType } from '../../core/shared/uris.ts';

/**
 * Refuses what `If-Match` makes a condition and the resource does not meet (RFC 9110, 13.1.1). The comparison is strong: a tag
 * of a compressed answer, which is weak, matches nothing.
 *
 * @param tag entity tag of what would be answered; undefined where it has none
 * @throws Refusal 412
 */
export function verifyIfMatch(condition: string | undefined, tag: string | undefined): void {
  if (condition === undefined) return;
  const wanted = condition.split(',').map((one) => one.trim());
  if (wanted.some((one) => one === '*' || one === tag)) return;
  throw new Refusal(412, ExceptionType.blank, 'Precondition failed', {
    detail:
      tag === undefined
        ? 'If-Match names an entity tag, but this resource has none. Leave the header out, or send "If-Match: *".'
        : `If-Match does not match the entity tag of this resource, ${tag}.`,
  });
}

/**
 * What changes something, such as the dismissal of a job, has no entity tag: under the condition of one nothing may be done. Nor may
 * anything be deleted only if it is not there (RFC 9110, 13.1.2).
 *
 * @throws Refusal 412
 */
export function verifyConditionsOfChange({ method, headers }: ApiRequest): void {
  if (method === 'GET' || method === 'HEAD') return;
  verifyIfMatch(headers['if-match'], undefined);
  if (method === 'DELETE' && headers['if-none-match']?.trim() === '*')
    throw new Refusal(412, ExceptionType.blank, 'Precondition failed', {
      detail: '"If-None-Match: *" allows this only where there is nothing to delete. Leave the header out.',
    });
}
