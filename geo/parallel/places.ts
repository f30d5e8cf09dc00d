import { describeFaults } from '../../core/shared/errors.ts';
import { decodeError, encodeError } from './errors.ts';

/** Stands for the pointer to a geometry: only who shares the work knows where a layer stands in the request. */
export const placeholderPointer = (index: number, layer = 0): string => `#${layer}/${index}`;

/**
 * The error with real pointers for those that {@link placeholderPointer} has made; its detail too, where that lists the faults.
 *
 * @param pointers from the index of a geometry to its pointer, by the number of its layer.
 */
export function withPointers(error: unknown, pointers: readonly ((index: number) => string)[]): unknown {
  const sent = encodeError(error);
  if (!('refusal' in sent) || !sent.refusal || sent.refusal.faults.length === 0) return error;
  const { refusal } = sent;
  const faults = refusal.faults.map(({ pointer, detail }) => ({
    pointer: realPointer(pointer, pointers),
    detail,
  }));
  if (refusal.detail !== describeFaults(refusal.faults))
    return decodeError({ ...sent, refusal: { ...refusal, faults } });
  const detail = describeFaults(faults);
  return decodeError({ ...sent, message: detail, refusal: { ...refusal, faults, detail } });
}

/** A pointer that is none of {@link placeholderPointer} is real. */
export function realPointer(pointer: string, pointers: readonly ((index: number) => string)[]): string {
  const [, layer, index] = /^#(\d+)\/(\d+)$/.exec(pointer) ?? [];
  return pointers[Number(layer)]?.(Number(index)) ?? pointer;
}
