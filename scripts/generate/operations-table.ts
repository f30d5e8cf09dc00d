import { type Operation, operationList } from '../../core/api/operations.ts';

const BEGIN = '<!-- The table is generated from core/api/operations.ts by "npm run generate". -->';
const END = '<!-- End of the table. -->';

/** A document with the table of operations, as they are declared. @throws when it has no place for it */
export function withOperations(document: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('docs/architecture.md has no place for the table of operations');
  return `${before}${BEGIN}\n${renderTable(operationList)}\n${END}${after}`;
}

function renderTable(operations: readonly Operation[]): string {
  const rows = operations.map(
    ({ operationId, method, path, capabilities }) =>
      `| \`${operationId}\` | \`${method} ${path}\` | ${capabilities.map((name) => `\`${name}\``).join(', ') || 'none'} |`,
  );
  return ['', '| Operation | Method and path | Capabilities |', '| --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
}
