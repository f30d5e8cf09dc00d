import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { type Loader, type Plugin, transform } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** A class below another one, as those of errors are. */
const SUBCLASS = /^(?:export )?(?:abstract )?class \w+ extends /m;

/** Libraries that tell their own errors, or a logger that is none, by the names of classes. */
const namedLibraries =
  /[\\/]node_modules[\\/](?:jose[\\/].*[\\/]errors|@smithy[\\/]core[\\/].*[\\/]NoOpLogger)\.js$/;

/**
 * Keeps the names of classes of errors, which reach the log and are how errors are told apart between threads. All other names are
 * made short: to keep them too, each function would be given its name whenever it is made, which took a tenth of a start, and as much of a request to AWS.
 */
export const namesOfErrors: Plugin = {
  name: 'names-of-errors',
  setup({ onLoad }) {
    onLoad({ filter: namedLibraries }, async ({ path }) => named(path, await readFile(path, 'utf8')));
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (/[\\/]node_modules[\\/]/.test(path)) return undefined;
      const source = await readFile(path, 'utf8');
      return SUBCLASS.test(source) ? named(path, source) : undefined;
    });
  },
};

async function named(path: string, source: string) {
  const { code } = await transform(source, {
    loader: extname(path).slice(1) as Loader,
    keepNames: true,
    target: 'node24',
    sourcemap: 'inline',
    sourcesContent: false,
    sourcefile: relative(root, path),
  });
  return { contents: code, loader: 'js' as const };
}
