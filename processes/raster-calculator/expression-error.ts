import { InvalidInput } from '../../core/shared/errors.ts';

/** What is wrong with an expression at a place, counted from 0; people count from 1. */
export const expressionError = (position: number, detail: string): InvalidInput =>
  new InvalidInput('/inputs/expression', `${detail} (at character ${position + 1})`);
