import { isNode, nameFrom, type SyntaxNode } from '../lib/syntax.ts';

interface RuleContext {
  readonly sourceCode: { readonly text: string };
  report(found: { node: SyntaxNode; message: string }): void;
}

const functions = new Set(['ArrowFunctionExpression', 'FunctionExpression']);

/** What a declaration exports as functions. */
function* exportedFunctions(declaration: SyntaxNode): Generator<SyntaxNode> {
  if (declaration.type === 'FunctionDeclaration') yield declaration;
  if (declaration.type !== 'VariableDeclaration') return;
  for (const declared of declaration['declarations'] as SyntaxNode[])
    if (isNode(declared['init']) && functions.has(declared['init'].type)) yield declared;
}

/** Requires a docstring right before each exported function: units, CRS, errors, and where the method comes from. */
export const documentedExport = {
  create(context: RuleContext) {
    return {
      ExportNamedDeclaration(node: SyntaxNode): void {
        const { declaration } = node;
        if (!isNode(declaration) || /\*\/\s*$/.test(context.sourceCode.text.slice(0, node.start))) return;
        for (const found of exportedFunctions(declaration))
          context.report({
            node: found,
            message: `${nameFrom(found['id'])} is exported without a docstring.`,
          });
      },
    };
  },
};
