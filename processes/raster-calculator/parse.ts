import { counted } from '../../core/shared/quote.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import {
  binaryFunctions,
  binaryOperators,
  CHOICE,
  functionNames,
  unaryFunctions,
  unaryOperators,
} from './operations.ts';
import type { Syntax } from './syntax.ts';
import { expressionError, type Token, tokenizeExpression } from './tokens.ts';

/** Expressions inside each other: brackets, functions, signs, powers. */
const DEPTH = 100;

/** Binary operators that bind alike, the loosest first; all bind to the left. Comparisons stand between them. */
const levels = [['||'], ['&&'], ['<', '<=', '>', '>=', '==', '!='], ['+', '-'], ['*', '/']] as const;
const COMPARISONS = 2;

/**
 * Understands an expression: `|| && comparisons + - * / - ! ^`, from loose to tight; the power binds to the right and
 * tighter than a sign before it, so that `-A^2` is `-(A^2)`.
 *
 * @throws InvalidInput at /inputs/expression with the place and what was expected
 */
export function parseExpression(expression: string): Syntax {
  const parser = new Parser(tokenizeExpression(expression));
  return parser.whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Syntax {
    const syntax = this.#binary(0);
    const token = this.#peek();
    if (token.kind !== 'end') {
      const hint =
        token.text === ')' ? ' without a "(" before it' : ' where an operator or the end is expected';
      throw expressionError(token.position, `has "${token.text}"${hint}.`);
    }
    return syntax;
  }

  #peek(): Token {
    return requirePresent(this.#tokens[this.#next], 'The token at the end');
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #takes(text: string): boolean {
    if (this.#peek().kind !== 'operator' || this.#peek().text !== text) return false;
    this.#next++;
    return true;
  }

  #expect(text: string, where: string): void {
    const { kind, text: found, position } = this.#peek();
    if (!this.#takes(text))
      throw expressionError(
        position,
        `lacks "${text}" ${where}${kind === 'end' ? '' : ` before "${found}"`}.`,
      );
  }

  /** Refuses what is nested so deep that nobody wrote it by hand. */
  #nested(parse: () => Syntax): Syntax {
    if (++this.#depth > DEPTH)
      throw expressionError(this.#peek().position, `is nested more than ${DEPTH} deep.`);
    const syntax = parse();
    this.#depth--;
    return syntax;
  }

  #binary(level: number): Syntax {
    const operators: readonly string[] | undefined = levels[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (let count = 1; this.#peek().kind === 'operator' && operators.includes(this.#peek().text); count++) {
      const { text, position } = this.#take();
      if (level === COMPARISONS && count > 1)
        throw expressionError(position, 'compares the result of a comparison; join the two with "&&".');
      const right = this.#binary(level + 1);
      left = {
        kind: 'binary',
        apply: requirePresent(binaryOperators.get(text), 'The operator'),
        left,
        right,
      };
    }
    return left;
  }

  #unary(): Syntax {
    if (this.#takes('+')) return this.#nested(() => this.#unary());
    for (const [text, apply] of unaryOperators) {
      if (!this.#takes(text)) continue;
      return { kind: 'unary', apply, operand: this.#nested(() => this.#unary()) };
    }
    return this.#power();
  }

  #power(): Syntax {
    const left = this.#primary();
    if (!this.#takes('^')) return left;
    // A sign may follow: A^-1.
    const right = this.#nested(() => this.#unary());
    return { kind: 'binary', apply: requirePresent(binaryOperators.get('^'), 'The power'), left, right };
  }

  #primary(): Syntax {
    const token = this.#take();
    if (token.kind === 'number') return this.#number(token);
    if (token.kind === 'name') return this.#named(token);
    if (token.text === '(') {
      const syntax = this.#nested(() => this.#binary(0));
      this.#expect(')', `for the "(" at character ${token.position + 1}`);
      return syntax;
    }
    const found = token.kind === 'end' ? 'ends' : `has "${token.text}"`;
    throw expressionError(token.position, `${found} where a number, a band or a function is expected.`);
  }

  #number({ text, position }: Token): Syntax {
    const { kind, text: following } = this.#peek();
    if ((kind === 'name' || kind === 'number') && this.#peek().position === position + text.length)
      throw expressionError(position, `has "${text}${following}", which is not a number.`);
    const value = Number(text);
    if (!Number.isFinite(value))
      throw expressionError(position, `has "${text}", which is beyond the largest number, 1.8e308.`);
    return { kind: 'constant', value };
  }

  #named(token: Token): Syntax {
    const { text: name, position } = token;
    if (functionNames.includes(name)) return this.#call(token);
    const match = /^([A-Z])(\d{0,5})$/.exec(name);
    if (!match) throw expressionError(position, unknownName(name));
    const [, letter = 'A', digits = ''] = match;
    const band = digits === '' ? 1 : Number(digits);
    if (band === 0) throw expressionError(position, `has "${name}"; bands are counted from 1.`);
    return {
      kind: 'variable',
      variable: { name, raster: letter.charCodeAt(0) - 'A'.charCodeAt(0), band, position },
    };
  }

  #call(token: Token): Syntax {
    const operands = this.#operands(token.text);
    const { text: name, position } = token;
    const given = counted(operands.length, 'argument');
    const need = (count: string) =>
      expressionError(position, `gives ${given} to ${name}, which takes ${count}.`);
    const [first, second, third] = operands;
    const unary = unaryFunctions.get(name);
    if (unary) {
      if (!first || operands.length !== 1) throw need('one');
      return { kind: 'unary', apply: unary, operand: first };
    }
    if (name === CHOICE) {
      if (!first || !second || !third || operands.length > 3)
        throw need('three: a condition, and the values if it is true and if it is false');
      return { kind: 'choice', condition: first, holding: second, otherwise: third };
    }
    const { apply, several } = requirePresent(binaryFunctions.get(name), 'The function');
    if (operands.length < 2 || (operands.length > 2 && !several)) throw need(several ? 'two or more' : 'two');
    return operands.reduce((left, right): Syntax => ({ kind: 'binary', apply, left, right }));
  }

  #operands(name: string): Syntax[] {
    this.#expect('(', `after ${name}`);
    if (this.#takes(')')) return [];
    const operands: Syntax[] = [];
    do operands.push(this.#nested(() => this.#binary(0)));
    while (this.#takes(','));
    this.#expect(')', `after the arguments of ${name}`);
    return operands;
  }
}

function unknownName(name: string): string {
  const lower = functionNames.find((known) => known === name.toLowerCase());
  const advice = lower
    ? `Functions are written in lower case: ${lower}.`
    : /^[a-z]\d*$/.test(name)
      ? `Rasters are written in upper case: ${name.toUpperCase()}.`
      : `Bands are A to Z, or A1, A2 and so on; functions are ${functionNames.join(', ')}.`;
  return `names "${name}", which does not exist. ${advice}`;
}
