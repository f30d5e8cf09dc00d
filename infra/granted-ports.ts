import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { type Capability, operationList } from '../core/api/operations.ts';

interface PortModule {
  /** Name of the module below `functions/aws/`. */
  readonly name: string;
  /** Capabilities that the port is for. */
  readonly granted: RegExp;
  /** False for what is loaded by the first request that needs it. */
  readonly isMadeAtStart: boolean;
}

const portModules: readonly PortModule[] = [
  { name: 'job-table', granted: /^jobs:/, isMadeAtStart: true },
  { name: 'usage-table', granted: /^usage:/, isMadeAtStart: true },
  { name: 'workflow', granted: /^workflow:/, isMadeAtStart: true },
  { name: 'line', granted: /^line:/, isMadeAtStart: true },
  { name: 'execution-switch', granted: /^switch:/, isMadeAtStart: true },
  { name: 'workers', granted: /^workers:/, isMadeAtStart: false },
  { name: 'bucket', granted: /^storage:|^uploads:/, isMadeAtStart: false },
  { name: 'secrets', granted: /^secrets:/, isMadeAtStart: false },
];

const isGranted = ({ granted }: PortModule, capabilities: readonly Capability[]): boolean =>
  capabilities.some((capability) => granted.test(capability));

/** Modules of the ports that a function makes when it starts. */
export const portsMadeAtStart = (capabilities: readonly Capability[]): readonly string[] =>
  portModules
    .filter((module) => module.isMadeAtStart && isGranted(module, capabilities))
    .map(({ name }) => name);

/** What the function of an entry may do; undefined for what is not behind the API. */
export const capabilitiesOf = (entry: string): readonly Capability[] | undefined =>
  operationList.find(({ file }) => entry === `api/${file}`)?.capabilities;

/**
 * Imports the ports that a function behind the API was granted with its index, in which they become one file with it, and leaves those out
 * that it was not. The source, which is the same for all functions, decides by the environment: each port would be some files more to be read.
 */
export function grantedPorts(entry: string): Plugin {
  const capabilities = capabilitiesOf(entry);
  return {
    name: 'granted-ports',
    setup({ onLoad }) {
      if (!capabilities) return;
      onLoad({ filter: /[\\/]functions[\\/]aws[\\/]ports\.ts$/ }, async ({ path }) => ({
        contents: withImports(await readFile(path, 'utf8'), capabilities),
        loader: 'ts',
      }));
    },
  };
}

/** A module that makes no port, which then says that it was not granted. */
const NOTHING = 'new Proxy({}, { get: () => () => undefined })';

function withImports(source: string, capabilities: readonly Capability[]): string {
  const imports: string[] = [];
  const contents = portModules.reduce((text, module, index) => {
    const dynamic = `await import('./${module.name}.ts')`;
    if (!text.includes(dynamic)) throw new Error(`functions/aws/ports.ts does not load ${module.name}`);
    if (!isGranted(module, capabilities)) return text.replace(dynamic, NOTHING);
    if (!module.isMadeAtStart) return text;
    imports.push(`import * as port${index} from './${module.name}.ts';`);
    return text.replace(dynamic, `port${index}`);
  }, source);
  return `${imports.join('\n')}\n${contents}`;
}
