import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import type { Definition } from '../geo/crs/definition.ts';
import { findDefinition, findDegreesPerUnit, supportedCodes } from '../geo/crs/definitions.ts';

/** How many codes share a file, so that a page loads some kilobytes for a CRS and not the register. */
const CODES = 200;

/**
 * The register of CRSs for scripts of the pages: `import { blocks, CODES } from 'crs-blocks'` gives a function for each
 * block of codes that loads the definitions in it. It is made of the register that the workers compute with, when the
 * pages' scripts are bundled. `loadProjections` loads the projections that proj4 lacks.
 */
export const crsBlocks: Plugin = {
  name: 'crs-blocks',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^crs-blocks\/projections$/ }, () => ({
      path: join(import.meta.dirname, '..', 'geo', 'crs', 'projections', 'index.ts'),
    }));
    onResolve({ filter: /^crs-blocks(?:\/\d+)?$/ }, ({ path }) => ({ path, namespace: 'crs-blocks' }));
    onLoad({ filter: /^crs-blocks$/, namespace: 'crs-blocks' }, () => {
      const numbers = [...new Set(supportedCodes().map((code) => Math.floor(code / CODES)))];
      const imports = numbers.map((number) => `${number}: () => import('crs-blocks/${number}')`);
      return {
        contents: [
          `export const CODES = ${CODES};`,
          `export const blocks = {${imports.join(',')}};`,
          "export const loadProjections = () => import('crs-blocks/projections');",
        ].join('\n'),
        loader: 'js',
        resolveDir: import.meta.dirname,
      };
    });
    onLoad({ filter: /\/\d+$/, namespace: 'crs-blocks' }, ({ path }) => ({
      contents: JSON.stringify(definitionsIn(Number(path.split('/')[1]))),
      loader: 'json',
    }));
  },
};

function definitionsIn(block: number): Record<string, Definition | undefined> {
  // Maps of the pages have degrees.
  const codes = supportedCodes().filter(
    (code) => Math.floor(code / CODES) === block && findDegreesPerUnit(code) === 1,
  );
  return Object.fromEntries(codes.map((code) => [code, findDefinition(code)]));
}
