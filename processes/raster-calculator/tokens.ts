import { InvalidInput } from '../../core/shared/errors.ts';

/** What is wrong with an expression at a place, counted from 0; people count from 1. */
export const expressionError = (position: number, detail: string): InvalidInput =>
  new InvalidInput('/inputs/expression', `${detail} (at character ${position + 1})`);

/** A word of an expression and where it begins, counted from 0. */
export interface Token {
  readonly kind: 'number' | 'name' | 'operator' | 'end';
  readonly text: string;
  readonly position: number;
}

const patterns = [
  { kind: 'number', pattern: /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y },
  { kind: 'name', pattern: /[A-Za-z_][A-Za-z0-9_]*/y },
  { kind: 'operator', pattern: /<=|>=|==|!=|&&|\|\||[-+*/^()<>!,]/y },
] as const;

/** What people write who come from other languages. */
const otherSpellings: Readonly<Record<string, string>> = {
  '=': 'Use "==" to compare.',
  '&': 'Use "&&" for "and".',
  '|': 'Use "||" for "or".',
  '~': 'Use "!" for "not".',
  '%': 'There is no modulo operator.',
};

/** Cuts an expression into words. @throws InvalidInput at the first character that begins none */
export function tokenizeExpression(expression: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < expression.length) {
    if (/\s/.test(expression.charAt(position))) {
      position++;
      continue;
    }
    const token = tokenAt(expression, position);
    const previous = tokens.at(-1);
    if (token.text === '*' && previous?.text === '*' && previous.position === position - 1)
      throw expressionError(position - 1, 'has "**"; use "^" for powers.');
    tokens.push(token);
    position += token.text.length;
  }
  return [...tokens, { kind: 'end', text: '', position }];
}

function tokenAt(expression: string, position: number): Token {
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = position;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined) return { kind, text, position };
  }
  const character = String.fromCodePoint(expression.codePointAt(position) ?? 0);
  const advice = otherSpellings[character];
  throw expressionError(
    position,
    `has "${character}", which is not part of an expression.${advice ? ` ${advice}` : ''}`,
  );
}
