import type { Plugin } from 'esbuild';
import register from '../geo/crs/generated/projjson.json' with { type: 'json' };

const names = (part: Readonly<Record<string, readonly unknown[]>>): string[] =>
  Object.entries(part).map(([code, [name]]) => `${code} ${String(name)}`);

/**
 * The names of all CRSs that the service knows, a line each, as a file beside the scripts: what `import names from
 * 'crs-names.txt'` names. It is taken from the register itself, so that what is offered is what is understood.
 */
export const crsNames: Plugin = {
  name: 'crs-names',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^crs-names\.txt$/ }, ({ path }) => ({ path, namespace: 'crs-names' }));
    onLoad({ filter: /./, namespace: 'crs-names' }, () => ({
      contents: [
        ...names(register.geographic as unknown as Record<string, unknown[]>),
        ...names(register.projected as unknown as Record<string, unknown[]>),
      ].join('\n'),
      loader: 'file',
    }));
  },
};
