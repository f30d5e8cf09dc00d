import { findArithmetic } from './arithmetic.ts';
import { choose } from './operations.ts';
import { makeVariableKey, type Syntax, type Variable } from './syntax.ts';

/** Values of the variables of a block of pixels, by the key of the variable. */
export type Block = ReadonlyMap<string, Float64Array>;

/** Computes an expression for all pixels of a block. The result is overwritten by the next call. */
export type Evaluate = (block: Block, length: number) => Float64Array;

/**
 * Makes an expression computable: each operation runs over a whole block before the next one begins, in an array that it
 * keeps. Nothing of the expression's text is executed.
 *
 * @param capacity greatest length of a block
 */
export function compile(syntax: Syntax, capacity: number): Evaluate {
  switch (syntax.kind) {
    case 'constant': {
      const constant = new Float64Array(capacity).fill(syntax.value);
      return () => constant;
    }
    case 'variable':
      return variableReader(syntax.variable);
    case 'unary': {
      const operand = compile(syntax.operand, capacity);
      const result = new Float64Array(capacity);
      const { apply } = syntax;
      return (block, length) => {
        const values = operand(block, length);
        for (let index = 0; index < length; index++) result[index] = apply(values[index] ?? Number.NaN);
        return result;
      };
    }
    case 'binary': {
      const left = compile(syntax.left, capacity);
      const right = compile(syntax.right, capacity);
      const result = new Float64Array(capacity);
      const compute = findArithmetic(syntax.apply);
      return (block, length) => {
        compute(left(block, length), right(block, length), result, length);
        return result;
      };
    }
    case 'choice': {
      const condition = compile(syntax.condition, capacity);
      const holding = compile(syntax.holding, capacity);
      const otherwise = compile(syntax.otherwise, capacity);
      const result = new Float64Array(capacity);
      return (block, length) => {
        const test = condition(block, length);
        const first = holding(block, length);
        const second = otherwise(block, length);
        for (let index = 0; index < length; index++)
          result[index] = choose(
            test[index] ?? Number.NaN,
            first[index] ?? Number.NaN,
            second[index] ?? Number.NaN,
          );
        return result;
      };
    }
  }
}

function variableReader(variable: Variable): Evaluate {
  const key = makeVariableKey(variable);
  return (block) => {
    const values = block.get(key);
    if (!values) throw new Error(`The block has no values of ${variable.name}.`);
    return values;
  };
}
