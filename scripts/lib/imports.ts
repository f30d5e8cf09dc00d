import { isNode, lineAt, nameFrom, parseModule, type SyntaxNode, textFrom, walk } from './syntax.ts';

/**
 * How a module names another one. `value` is loaded with the module, `dynamic` later by `import()`, `thread` is the file of
 * a thread, named by `new URL(file, import.meta.url)`, and `type` is gone at run time.
 */
export type ImportKind = 'value' | 'type' | 'dynamic' | 'thread';

/** One place where a module names another one. */
export interface ImportStatement {
  /** As it is written; parts that are only known at run time are `*`. */
  readonly specifier: string;
  readonly kind: ImportKind;
  /** What is taken from the other module, as it is called there; `*` for all of it. */
  readonly names: readonly string[];
  readonly line: number;
}

function takenName(specifier: SyntaxNode): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  return nameFrom(specifier[specifier.type === 'ExportSpecifier' ? 'local' : 'imported']) ?? '*';
}

/** Names that are taken from `await import(...)`: `(await import(...)).name` and `const { name } = await import(...)`. */
function findDynamicNames(ancestors: readonly SyntaxNode[]): string[] {
  const user = ancestors.findLast(
    ({ type }) => type !== 'AwaitExpression' && type !== 'ParenthesizedExpression',
  );
  if (user?.type === 'MemberExpression') return [nameFrom(user['property']) ?? '*'];
  const pattern = user?.type === 'VariableDeclarator' ? user['id'] : undefined;
  if (!isNode(pattern) || pattern.type !== 'ObjectPattern') return ['*'];
  return (pattern['properties'] as SyntaxNode[]).map((property) => nameFrom(property['key']) ?? '*');
}

/** The file of a thread in `new URL(file, base)`. */
function threadFile(node: SyntaxNode): string | undefined {
  const [file, base] = node['arguments'] as SyntaxNode[];
  const path = nameFrom(node['callee']) === 'URL' && base ? textFrom(file) : undefined;
  return path !== undefined && /^\.{1,2}\/.*\.[cm]?[jt]s$/.test(path) ? path : undefined;
}

type Found = Omit<ImportStatement, 'line'>;

function statementFrom(node: SyntaxNode, ancestors: readonly SyntaxNode[]): Found | undefined {
  if (node.type === 'NewExpression') {
    const file = threadFile(node);
    return file === undefined ? undefined : { specifier: file, kind: 'thread', names: ['*'] };
  }
  const specifier = textFrom(node['source']);
  if (specifier === undefined) return undefined;
  const kind = node['importKind'] === 'type' || node['exportKind'] === 'type' ? 'type' : 'value';
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return { specifier, kind, names: (node['specifiers'] as SyntaxNode[]).map(takenName) };
    case 'ExportAllDeclaration':
      return { specifier, kind, names: ['*'] };
    case 'TSImportType':
      return { specifier, kind: 'type', names: [nameFrom(node['qualifier']) ?? '*'] };
    case 'ImportExpression':
      return { specifier, kind: 'dynamic', names: findDynamicNames(ancestors) };
    default:
      return undefined;
  }
}

/**
 * Modules that the text of a module names, by its syntax tree: imports and exports of values and types, `import()` in
 * values and in types, and the files of threads.
 * @throws {SyntaxError} where the text is no TypeScript
 */
export function readImports(file: string, text: string): ImportStatement[] {
  const found: ImportStatement[] = [];
  walk(parseModule(file, text), (node, ancestors) => {
    const statement = statementFrom(node, ancestors);
    if (statement) found.push({ ...statement, line: lineAt(text, node.start) });
  });
  return found;
}
