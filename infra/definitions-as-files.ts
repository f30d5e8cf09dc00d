import type { Plugin } from 'esbuild';

type Definitions = typeof import('../functions/openapi/definitions.ts');

const NAMESPACE = 'openapi-definition';

/**
 * Writes the definition of the API when the functions are bundled: each version becomes a file beside the bundle, and the
 * module that computes them one that reads it.
 */
export const definitionsAsFiles: Plugin = {
  name: 'definitions-as-files',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /functions\/openapi\/definitions\.ts$/ }, async ({ path }) => {
      const { definitions } = (await import(path)) as Definitions;
      const versions = Object.keys(definitions);
      return {
        contents: [
          "import { readFileSync } from 'node:fs';",
          ...versions.map((version, index) => `import file${index} from '${NAMESPACE}:${version}.json';`),
          "const read = (file) => () => readFileSync(new URL(file, import.meta.url), 'utf8');",
          `export const definitions = { ${versions.map((version, index) => `'${version}': read(file${index})`)} };`,
        ].join('\n'),
        loader: 'js',
        pluginData: definitions,
      };
    });
    onResolve({ filter: /^openapi-definition:/ }, ({ path, pluginData }) => ({
      path: path.slice(NAMESPACE.length + 1),
      namespace: NAMESPACE,
      pluginData,
    }));
    onLoad({ filter: /./, namespace: NAMESPACE }, ({ path, pluginData }) => {
      const definitions = pluginData as Definitions['definitions'];
      const version = path.replace(/\.json$/, '') as keyof typeof definitions;
      return { contents: definitions[version](), loader: 'file' };
    });
  },
};
