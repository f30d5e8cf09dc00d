import { requirePresent } from '../../core/shared/require-present.ts';
import { type Binary, binaryOperators } from './operations.ts';

/** Applies an operation to two arrays, value by value. */
type Arithmetic = (left: Float64Array, right: Float64Array, result: Float64Array, length: number) => void;

/** The operators that most expressions consist of. Each has a loop of its own: calling a function per value takes longer. */
const loops: Readonly<Record<string, Arithmetic>> = {
  '+': (left, right, result, length) => {
    for (let index = 0; index < length; index++)
      result[index] = (left[index] ?? Number.NaN) + (right[index] ?? Number.NaN);
  },
  '-': (left, right, result, length) => {
    for (let index = 0; index < length; index++)
      result[index] = (left[index] ?? Number.NaN) - (right[index] ?? Number.NaN);
  },
  '*': (left, right, result, length) => {
    for (let index = 0; index < length; index++)
      result[index] = (left[index] ?? Number.NaN) * (right[index] ?? Number.NaN);
  },
  '/': (left, right, result, length) => {
    for (let index = 0; index < length; index++)
      result[index] = (left[index] ?? Number.NaN) / (right[index] ?? Number.NaN);
  },
};

const byOperation = new Map<Binary, Arithmetic>(
  Object.entries(loops).map(([operator, loop]) => [
    requirePresent(binaryOperators.get(operator), 'The operator'),
    loop,
  ]),
);

/** An operation for whole arrays. */
export const findArithmetic = (apply: Binary): Arithmetic =>
  byOperation.get(apply) ??
  ((left, right, result, length) => {
    for (let index = 0; index < length; index++)
      result[index] = apply(left[index] ?? Number.NaN, right[index] ?? Number.NaN);
  });
