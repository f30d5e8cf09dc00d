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
export const workerModule = (ids: readonly string[]): string =>
  `${HEADER}export const runs = {\n${lazily(ids, '../../../processes', 'run.ts')}};\n`;

/** Module with what finds the part of a raster that a process would read, of those that can say it before they run. */
export const partPlansModule = (ids: readonly string[]): string =>
  `${HEADER}import type { PlanPart } from '../../processes/common/part-plan.ts';

export const partPlans: Readonly<Record<string, () => Promise<{ readonly planPart: PlanPart }>>> = {
${lazily(ids, '../../processes', 'plan.ts')}};
`;

const lazily = (ids: readonly string[], folder: string, file: string): string =>
  ids
    .map((id) => `  ${/^\w+$/.test(id) ? id : `'${id}'`}: () => import('${folder}/${id}/${file}'),\n`)
    .join('');
