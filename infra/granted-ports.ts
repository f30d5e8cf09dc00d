import type { Plugin } from 'esbuild';
import { type Capability, operationList } from '../core/api/operations.ts';
import type { PortModules } from '../functions/aws/port-modules.ts';

type Area = Capability extends `${infer A}:${string}` ? A : never;

/** What is known of a module that makes a port. */
interface PortModule<Export = string> {
  /** What it exports for that. */
  readonly makes: Export;
  /** What the port is for: capabilities before their colon. */
  readonly granted: readonly Area[];
  /** False for what is loaded by the first request that needs it. */
  readonly isMadeAtStart: boolean;
}

type PortTable = {
  readonly [Name in keyof PortModules]: PortModule<keyof Awaited<ReturnType<PortModules[Name]>>>;
};

/** The compiler compares it with the modules: each has a row, and exports what the row says. */
const portTable: PortTable = {
  'job-table': { makes: 'jobTable', granted: ['jobs'], isMadeAtStart: true },
  'usage-table': { makes: 'usageTable', granted: ['usage'], isMadeAtStart: true },
  workflow: { makes: 'workflow', granted: ['workflow'], isMadeAtStart: true },
  line: { makes: 'line', granted: ['line'], isMadeAtStart: true },
  'execution-switch': { makes: 'executionSwitch', granted: ['switch'], isMadeAtStart: true },
  workers: { makes: 'workers', granted: ['workers'], isMadeAtStart: false },
  bucket: { makes: 'bucket', granted: ['storage', 'uploads'], isMadeAtStart: false },
  secrets: { makes: 'secrets', granted: ['secrets'], isMadeAtStart: false },
};

const grantedModules = (capabilities: readonly Capability[]): [name: string, PortModule][] =>
  Object.entries(portTable).filter(([, { granted }]) =>
    capabilities.some((capability) => granted.some((area) => capability.startsWith(`${area}:`))),
  );

/** Modules of the ports that a function makes when it starts. */
export const portsMadeAtStart = (capabilities: readonly Capability[]): readonly string[] =>
  grantedModules(capabilities).flatMap(([name, { isMadeAtStart }]) => (isMadeAtStart ? [name] : []));

/** What the function of an entry may do; undefined for what is not behind the API. */
export const capabilitiesOf = (entry: string): readonly Capability[] | undefined =>
  operationList.find(({ file }) => entry === `api/${file}`)?.capabilities;

/**
 * Gives a function behind the API a table of the ports that it was granted, with those that are made at its start in its index, in which they
 * become one file with it. The source, which is the same for all functions, decides by the environment: each port would be some files more to be read.
 */
export function grantedPorts(entry: string): Plugin {
  const capabilities = capabilitiesOf(entry);
  return {
    name: 'granted-ports',
    setup({ onLoad }) {
      if (!capabilities) return;
      onLoad({ filter: /[\\/]functions[\\/]aws[\\/]port-modules\.ts$/ }, () => ({
        contents: tableModule(capabilities),
        loader: 'js',
      }));
    },
  };
}

function tableModule(capabilities: readonly Capability[]): string {
  const imports: string[] = [];
  const rows = grantedModules(capabilities).map(([name, { makes, isMadeAtStart }], index) => {
    if (!isMadeAtStart) return `'${name}': () => import('./${name}.ts'),`;
    imports.push(`import { ${makes} as port${index} } from './${name}.ts';`);
    return `'${name}': async () => ({ ${makes}: port${index} }),`;
  });
  return `${imports.join('\n')}\nexport const portModules = {\n${rows.join('\n')}\n};\n`;
}
