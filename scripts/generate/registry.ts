/** `echo` and `EchoProcess` alike as a name of a variable: kebab-case becomes camelCase. */
const variable = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const HEADER = '// Generated from the folders beside it by "npm run generate".\n';

/** Module with the declarations of all processes: what the API functions bundle. */
export function registryModule(ids: readonly string[]): string {
  const imports = ids.map((id) => `import ${variable(id)} from './${id}/process.ts';\n`).join('');
  const entries = ids.map((id) => `  ${variable(id)},\n`).join('');
  return `${HEADER}import type { ProcessDeclaration } from '../core/processes/declaration.ts';
${imports}
export const processes: readonly ProcessDeclaration[] = [
${entries}];
`;
}

/** Module with the algorithms of one compute class, each loaded when it is first run. */
export function workerModule(ids: readonly string[]): string {
  const key = (id: string) => (/^\w+$/.test(id) ? id : `'${id}'`);
  const entries = ids
    .map((id) => `  ${key(id)}: () => import('../../../processes/${id}/run.ts'),\n`)
    .join('');
  return `${HEADER}export const runs = {
${entries}};
`;
}
