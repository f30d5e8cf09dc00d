import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { type Assets, makeAssets } from './assets.ts';
import { builtinsAtHand } from './builtins-at-hand.ts';
import { declarationsAsData } from './declarations-as-data.ts';
import { definitionsAsFiles } from './definitions-as-files.ts';
import { executionEntries } from './entries.ts';
import { grantedPorts } from './granted-ports.ts';
import { librariesWithoutMaps } from './libraries-without-maps.ts';
import { withManifest } from './manifest-of-assets.ts';
import { withoutFiles } from './without-files.ts';

/** Root of the project. */
export const root = join(import.meta.dirname, '..');

/**
 * Engines in WebAssembly, with what each needs at run time. They stay files of their own beside the bundle, which is what
 * those under the LGPL ask for, so that a user can replace them. Only workers may use them, and GEOS also the functions that do small work in the request.
 */
const filesOfEngines = {
  'geos-wasm': ['LICENSE.md', 'build'],
  lerc: ['LercDecode.es.js', 'LercDecode.js', 'lerc-wasm.wasm', 'README.md'],
  '@jsquash/jpeg': ['LICENSE', 'decode.js', 'meta.js', 'utils.js', 'codec/dec'],
  'gdal3.js': [
    'LICENSE',
    'build/package/gdal3WebAssembly.js',
    'dist/package/gdal3WebAssembly.wasm',
    'dist/package/gdal3WebAssembly.data',
  ],
  '@jsquash/webp': ['LICENSE', 'decode.js', 'utils.js', 'codec/dec'],
} as const;
export const engines = Object.keys(filesOfEngines) as (keyof typeof filesOfEngines)[];

export interface Bundle {
  /** Path of the handler below `functions/` without the extension. */
  readonly entry: string;
  /** Directory that Lambda gets: `index.mjs`, its chunks and the engines that it imports. */
  readonly directory: string;
  readonly metafile: Metafile;
  /** Engines that the code imports, at once or lazily. */
  readonly engines: readonly string[];
}

/** Bundles that are made at the same time: each takes some 100 MB of memory while it is made. */
export const AT_ONCE = 4;

/**
 * Bundles handlers with esbuild, each with all that it needs including the AWS SDK, so that what was tested is
 * what runs. A worker with a `<name>-thread.ts` beside it gets that as `thread.mjs`, and one with a
 * `<name>-helper.ts`, the helpers of that thread, as `helper.mjs`. The same sources make the same files: an unchanged
 * function is not deployed again.
 *
 * @param entries paths of handlers below `functions/` without the extension.
 * @param directory where the bundles are put, a folder for each; what is there is replaced.
 */
export async function makeBundles(
  entries: readonly string[],
  directory: string,
): Promise<Map<string, Bundle>> {
  const assets = await makeAssets(join(directory, 'assets'));
  return makeEach(entries, (entry) => makeBundle(entry, join(directory, entry), assets));
}

/** Makes something of each entry, of a few at the same time. */
export async function makeEach<Made>(
  entries: readonly string[],
  make: (entry: string) => Promise<Made>,
): Promise<Map<string, Made>> {
  const made = new Map<string, Made>();
  const waiting = entries.values();
  const work = async () => {
    for (const entry of waiting) made.set(entry, await make(entry));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

/** The module of a thread of a function. Those that execute in the request have the same one. */
const threadModule = (entry: string, name: string): string =>
  join(
    root,
    'functions',
    executionEntries.includes(entry) ? `in-request/light-${name}.ts` : `${entry}-${name}.ts`,
  );

/** The one function that answers the files of the pages. */
const ASSETS_ENTRY = 'api/get-asset';

async function makeBundle(entry: string, directory: string, assets: Assets): Promise<Bundle> {
  const source = join(root, 'functions', `${entry}.ts`);
  if (!existsSync(source)) throw new Error(`There is no functions/${entry}.ts to bundle`);
  const threads = ['thread', 'helper'].map((name) => [name, threadModule(entry, name)] as const);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: source, ...Object.fromEntries(threads.filter(([, path]) => existsSync(path))) },
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // A process that is loaded when it is needed stays a file of its own: a cold start reads only its own.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    // Names of functions and classes with it: to keep them, each closure would be given its name whenever it is made.
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'linked',
    external: [...engines],
    // Packages in CommonJS call require() for Node's own modules, which ES modules do not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [
      builtinsAtHand,
      librariesWithoutMaps,
      grantedPorts(entry),
      declarationsAsData,
      definitionsAsFiles,
      withManifest(assets.manifest),
      ...(executionEntries.includes(entry) ? [withoutFiles] : []),
    ],
    metafile: true,
    logLevel: 'error',
  });
  if (entry === ASSETS_ENTRY) cpSync(assets.directory, join(directory, 'assets'), { recursive: true });
  const used = findEngines(metafile);
  for (const engine of used) copyEngine(engine, directory);
  return { entry, directory, metafile, engines: used };
}

const findEngines = ({ outputs }: Metafile): (typeof engines)[number][] =>
  engines.filter((engine) =>
    Object.values(outputs).some(({ imports }) =>
      imports.some(({ path, external }) => external && (path === engine || path.startsWith(`${engine}/`))),
    ),
  );

/** Copies what the engine's package needs at run time, with its licence; not its type declarations. */
function copyEngine(engine: keyof typeof filesOfEngines, directory: string): void {
  const from = join(root, 'node_modules', engine);
  const to = join(directory, 'node_modules', engine);
  mkdirSync(to, { recursive: true });
  for (const file of ['package.json', ...filesOfEngines[engine]]) {
    cpSync(join(from, file), join(to, file), { recursive: true, filter: (path) => !path.endsWith('.d.ts') });
  }
  // npm writes members that depend on how it was installed; a stable file keeps the hash of the asset stable.
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, type, main, module, exports, license } = manifest;
  writeFileSync(
    join(to, 'package.json'),
    `${JSON.stringify({ name, version, type, main, module, exports, license }, undefined, 2)}\n`,
  );
}
