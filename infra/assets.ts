import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, type Metafile, type OutputFile } from 'esbuild';
import type { Manifest, ModuleFiles } from '../functions/assets/manifest.ts';
import { crsBlocks } from './crs-blocks.ts';
import { crsNames } from './crs-names.ts';

/** Root of the project. */
const root = join(import.meta.dirname, '..');

/** What the pages load, built: the manifest of it, and the directory with the files. */
export interface Assets {
  readonly manifest: Manifest;
  readonly directory: string;
}

/** Media types by extension; a file of any other kind is none of a page's. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.fgb': 'application/flatgeobuf',
};
/** What a module may import as a file: `import url from './land.fgb'` is its name beside the script. */
const files = ['.svg', '.webp', '.png', '.wasm', '.fgb', '.topojson'] as const;

/** Where modules of pages, and style sheets that are alone, begin. */
const MODULE = /^web\/([^/]+)\/(?:module\.ts|\1\.css)$/;

/** A compressed file is worth keeping where it has at most so much of the size. */
const WORTH_KEEPING = 0.95;

/**
 * Bundles the modules of `web/` with esbuild. `web/NAME/module.ts` is the module NAME, which a page loads for an element
 * with `data-module="NAME"`; `web/NAME/NAME.css` without a `module.ts` is a style sheet alone. Code that modules share, and
 * what they import when it is wanted, become files of their own. Names have the hash of the content; the same sources make
 * the same files.
 *
 * @param directory where the files are put; what is there is replaced.
 * @param compress whether they are compressed too, which takes most of the time.
 */
export async function makeAssets(directory: string, { compress = true } = {}): Promise<Assets> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: findModules(),
    outdir: directory,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    // What Baseline counts as widely available.
    target: ['chrome120', 'firefox121', 'safari17'],
    plugins: [crsBlocks, crsNames],
    loader: Object.fromEntries(files.map((extension) => [extension, 'file'])),
    tsconfig: join(root, 'web', 'tsconfig.json'),
    minify: true,
    legalComments: 'linked',
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const file of outputFiles) writeWithCompressed(file, directory, compress);
  const pictures = copyPictures(directory);
  return { manifest: makeManifest(metafile, outputFiles, pictures), directory };
}

/** Modules by name. */
function findModules(): Record<string, string> {
  const scripts = globSync('web/*/module.ts', { cwd: root });
  const styles = globSync('web/*/*.css', { cwd: root }).filter(
    (file) => basename(file, '.css') === basename(dirname(file)) && !scripts.includes(moduleBeside(file)),
  );
  const all = [...scripts, ...styles].toSorted();
  return Object.fromEntries(all.map((file) => [basename(dirname(file)), file]));
}

const moduleBeside = (file: string): string => join(dirname(file), 'module.ts');

function writeWithCompressed({ path, contents }: OutputFile, directory: string, compress: boolean): void {
  const target = join(directory, basename(path));
  writeFileSync(target, contents);
  if (!compress) return;
  const compressed = {
    '.br': brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    '.gz': gzipSync(contents, { level: 9 }),
  };
  for (const [suffix, bytes] of Object.entries(compressed))
    if (bytes.length <= contents.length * WORTH_KEEPING) writeFileSync(`${target}${suffix}`, bytes);
}

/** Puts the pictures of the processes there, with their hashes in their names, and says what each is called. */
function copyPictures(directory: string): Record<string, string> {
  const files = globSync('web/pictures/*.webp', { cwd: root }).toSorted();
  return Object.fromEntries(
    files.map((file) => {
      const contents = readFileSync(join(root, file));
      const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8).toUpperCase();
      const name = `${basename(file, '.webp')}-${hash}.webp`;
      writeFileSync(join(directory, name), contents);
      return [basename(file, '.webp'), name];
    }),
  );
}

function makeManifest(
  { outputs }: Metafile,
  written: readonly OutputFile[],
  pictures: Readonly<Record<string, string>>,
): Manifest {
  const modules: Record<string, ModuleFiles> = {};
  for (const [path, output] of Object.entries(outputs)) {
    // What is imported when it is wanted is an entry of esbuild's too, but no module of a page.
    if (output.entryPoint === undefined || !MODULE.test(output.entryPoint)) continue;
    const isStyle = path.endsWith('.css');
    const css = isStyle ? path : output.cssBundle;
    modules[basename(dirname(output.entryPoint))] = {
      ...(isStyle ? {} : { script: basename(path) }),
      styles: css === undefined ? [] : [basename(css)],
      imports: isStyle ? [] : staticImports(path, outputs),
    };
  }
  const names = [
    ...written.map(({ path }) => relative(dirname(path), path)),
    ...Object.values(pictures),
  ].toSorted();
  return {
    modules: Object.fromEntries(Object.entries(modules).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    pictures,
    files: Object.fromEntries(names.map((name) => [name, mediaType(name)])),
  };
}

/** Names of all files that a script loads at once, and these in turn. */
function staticImports(path: string, outputs: Metafile['outputs'], known = new Set<string>()): string[] {
  for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
    if (kind !== 'import-statement' || known.has(imported) || outputs[imported] === undefined) continue;
    known.add(imported);
    staticImports(imported, outputs, known);
  }
  return [...known].map((file) => basename(file));
}

function mediaType(name: string): string {
  if (name.endsWith('.txt')) return 'text/plain; charset=utf-8';
  if (name.endsWith('.topojson')) return 'application/json';
  const found = mediaTypes[extname(name)];
  if (found === undefined) throw new Error(`infra/assets.ts knows no media type of ${name}`);
  return found;
}
