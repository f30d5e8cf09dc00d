import { nameFrom, type SyntaxNode } from '../lib/syntax.ts';

interface RuleContext {
  report(found: { node: SyntaxNode; message: string }): void;
}

/** Functions that take as many arguments as they are given. */
const VARIADIC = new Set(
  'push unshift splice toSpliced concat max min hypot fromCharCode fromCodePoint of'.split(' '),
);

/**
 * Functions whose result is an array of any length. The compiler lets such an array be spread only where a function takes
 * any number of arguments, so that the called function need not be known.
 */
const MAKES_ARRAY = new Set(
  'map flatMap filter slice flat from fill keys values entries split sort toSorted reverse toReversed fromAsync all'.split(
    ' ',
  ),
);

const within = (node: SyntaxNode | undefined): SyntaxNode | undefined =>
  node?.type === 'AwaitExpression' || node?.type === 'ParenthesizedExpression'
    ? within((node['argument'] ?? node['expression']) as SyntaxNode)
    : node;

/** What is called: `push` in `list.push(...)`. */
const calledName = (call: SyntaxNode | undefined): string | undefined => {
  const callee = call?.['callee'] as SyntaxNode | undefined;
  return callee?.type === 'MemberExpression' ? nameFrom(callee['property']) : nameFrom(callee);
};

const makesArray = (node: SyntaxNode | undefined): boolean => {
  const made = within(node);
  return made?.type === 'CallExpression' && MAKES_ARRAY.has(calledName(made) ?? '');
};

/** Whether a call is that of a function with any number of arguments by `apply`, as in `Math.max.apply(null, list)`. */
const appliesVariadic = (call: SyntaxNode): boolean => {
  const applied = (call['callee'] as SyntaxNode)['object'] as SyntaxNode | undefined;
  const name = applied?.type === 'MemberExpression' ? nameFrom(applied['property']) : nameFrom(applied);
  return calledName(call) === 'apply' && VARIADIC.has(name ?? '');
};

/**
 * Refuses arrays whose length is open as the arguments of a call: each element takes a place on the stack, and with more
 * than some 120 000 of them the call is a RangeError.
 */
export const spreadIntoCall = {
  create(context: RuleContext) {
    const message =
      'Arguments lie on the stack: above some 120 000 elements this is a RangeError. Use a loop or reduce().';
    const check = (call: SyntaxNode): void => {
      if (appliesVariadic(call)) context.report({ node: call, message });
      for (const argument of call['arguments'] as SyntaxNode[]) {
        if (argument.type !== 'SpreadElement') continue;
        const spread = argument['argument'] as SyntaxNode;
        if (within(spread)?.type === 'ArrayExpression') continue;
        if (VARIADIC.has(calledName(call) ?? '') || makesArray(spread))
          context.report({ node: argument, message });
      }
    };
    return { CallExpression: check, NewExpression: check };
  },
};
