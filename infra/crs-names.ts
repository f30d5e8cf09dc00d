import type { Plugin } from 'esbuild';
import areas from '../geo/crs/generated/areas.json' with { type: 'json' };
import register from '../geo/crs/generated/projjson.json' with { type: 'json' };

const names = (part: Readonly<Record<string, readonly unknown[]>>): string[] =>
  Object.entries(part).map(([code, [name]]) => `${code} ${String(name)}`);

/**
 * The names of all CRSs that the service knows, a line each, and where they are meant to be used, as files beside the scripts: what
 * `import names from 'crs-names.txt'` and `import areas from 'crs-areas.json'` name. They are taken from the register itself, so
 * that what is offered is what is understood.
 */
export const crsNames: Plugin = {
  name: 'crs-names',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^crs-names\.txt$/ }, ({ path }) => ({ path, namespace: 'crs-names' }));
    onResolve({ filter: /^crs-areas\.json$/ }, ({ path }) => ({ path, namespace: 'crs-areas' }));
    onLoad({ filter: /./, namespace: 'crs-areas' }, () => ({
      contents: JSON.stringify(areas),
      loader: 'file',
    }));
    onLoad({ filter: /./, namespace: 'crs-names' }, () => ({
      contents: [
        ...names(register.geographic as unknown as Record<string, unknown[]>),
        ...names(register.projected as unknown as Record<string, unknown[]>),
      ].join('\n'),
      loader: 'file',
    }));
  },
};
