import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** A source map with one position, which stands for all: esbuild takes one without any for none. */
const ONE = { version: 3, sources: [''], names: [], mappings: 'AAAA' };
const COMMENT = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(ONE)).toString('base64')}`;

/** Libraries that tell their own errors, or a logger that says nothing, by the names of classes. */
const namesClasses = /[\\/](?:jose[\\/].*[\\/]errors|@smithy[\\/]core[\\/].*[\\/]NoOpLogger)\.js$/;

const contents = new Map<string, Promise<string>>();

/**
 * Leaves libraries out of source maps, four fifths of which they were: Node.js reads the map of a module when it loads it, so that every start
 * took a tenth of its time for that.
 */
export const librariesWithoutMaps: Plugin = {
  name: 'libraries-without-maps',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const known = contents.get(path) ?? readLibrary(path);
      contents.set(path, known);
      return {
        contents: `${(await known).replace(/^\/\/# sourceMappingURL=.*$/gm, '')}${COMMENT}`,
        loader: 'js',
      };
    });
  },
};

async function readLibrary(path: string): Promise<string> {
  const source = await readFile(path, 'utf8');
  return namesClasses.test(path) ? (await transform(source, { keepNames: true })).code : source;
}
