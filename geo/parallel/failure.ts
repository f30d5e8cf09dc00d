import { type Fault, InvalidInput, InvalidRequest, LimitExceeded } from '../../core/shared/errors.ts';

/** An error on its way between threads. */
export type Failure =
  | { readonly kind: 'invalid' | 'limit'; readonly faults: readonly Fault[] }
  | { readonly kind: 'unknown'; readonly message: string; readonly stack: string | undefined };

export function failureOf(error: unknown): Failure {
  if (error instanceof InvalidRequest) return { kind: 'invalid', faults: faultsOf(error) };
  if (error instanceof LimitExceeded) return { kind: 'limit', faults: faultsOf(error) };
  if (error instanceof Error) return { kind: 'unknown', message: error.message, stack: error.stack };
  return { kind: 'unknown', message: String(error), stack: undefined };
}

export function errorOf(failure: Failure): Error {
  if (failure.kind === 'unknown') {
    const error = new Error(failure.message);
    if (failure.stack !== undefined) error.stack = failure.stack;
    return error;
  }
  const [first] = failure.faults;
  const { pointer, detail } = first!;
  if (failure.kind === 'limit') return new LimitExceeded(pointer, detail);
  if (failure.faults.length === 1) return new InvalidInput(pointer, detail);
  return new InvalidRequest(failure.faults, 'An input is not valid');
}

const faultsOf = ({ faults }: InvalidRequest | LimitExceeded): Fault[] =>
  faults.map(({ pointer, detail }) => ({ pointer, detail }));

/** Stands for the pointer to a geometry: only who shares the work knows where a layer stands in the request. */
export const placeOf = (index: number, layer = 0): string => `#${layer}/${index}`;

/**
 * The error with real pointers for those that {@link placeOf} has made.
 *
 * @param pointers from the index of a geometry to its pointer, by the number of its layer.
 */
export function withPointers(error: unknown, pointers: readonly ((index: number) => string)[]): unknown {
  const failure = failureOf(error);
  if (failure.kind === 'unknown') return error;
  return errorOf({
    kind: failure.kind,
    faults: failure.faults.map(({ pointer, detail }) => ({
      pointer: realPointer(pointer, pointers),
      detail,
    })),
  });
}

/** A pointer that is none of {@link placeOf} is real. */
export function realPointer(pointer: string, pointers: readonly ((index: number) => string)[]): string {
  const [, layer, index] = /^#(\d+)\/(\d+)$/.exec(pointer) ?? [];
  return pointers[Number(layer)]?.(Number(index)) ?? pointer;
}
