import type { Binary, Unary } from './operations.ts';

/** A band of one of the rasters: `A` or `A1` is the first band of the first raster. */
export interface Variable {
  readonly name: string;
  /** Index of the raster, from 0. */
  readonly raster: number;
  /** Number of the band, from 1. */
  readonly band: number;
  readonly position: number;
}

/** An expression, understood. */
export type Syntax =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'unary'; readonly apply: Unary; readonly operand: Syntax }
  | { readonly kind: 'binary'; readonly apply: Binary; readonly left: Syntax; readonly right: Syntax }
  | {
      readonly kind: 'choice';
      readonly condition: Syntax;
      readonly holding: Syntax;
      readonly otherwise: Syntax;
    };

const listOperands = (syntax: Syntax): readonly Syntax[] => {
  switch (syntax.kind) {
    case 'constant':
    case 'variable':
      return [];
    case 'unary':
      return [syntax.operand];
    case 'binary':
      return [syntax.left, syntax.right];
    case 'choice':
      return [syntax.condition, syntax.holding, syntax.otherwise];
  }
};

/** The variables of an expression, each band once, in order of first appearance. */
export function listVariables(syntax: Syntax): Variable[] {
  const found = new Map<string, Variable>();
  const visit = (part: Syntax): void => {
    if (part.kind === 'variable' && !found.has(makeVariableKey(part.variable)))
      found.set(makeVariableKey(part.variable), part.variable);
    for (const operand of listOperands(part)) visit(operand);
  };
  visit(syntax);
  return [...found.values()];
}

/** Constants, variables and operations of an expression together. */
export const countOperations = (syntax: Syntax): number =>
  listOperands(syntax).reduce((count, operand) => count + countOperations(operand), 1);

/** The same for all spellings of a band (`A` and `A1`). */
export const makeVariableKey = ({ raster, band }: Variable): string => `${raster}/${band}`;
