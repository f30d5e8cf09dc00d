import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { EmscriptenModule } from 'gdal3.js/build/package/gdal3WebAssembly.js';

/** Bytes of the memory of the function beyond which GDAL gets no more; its own limit is 2 GiB. */
const MEMORY_BYTES = 0.6 * Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? 3072) * 1024 * 1024;

/** The types of Node.js leave WebAssembly out. */
const { instantiate } = (
  globalThis as unknown as {
    readonly WebAssembly: {
      readonly instantiate: (bytes: Uint8Array, imports: object) => Promise<{ readonly instance: unknown }>;
    };
  }
).WebAssembly;

export interface LoadedModule {
  readonly module: EmscriptenModule;
  /** Whether it has asked for more memory than it may have. */
  readonly isShortOfMemory: () => boolean;
}

/**
 * Loads GDAL: the module of the package `gdal3.js` itself, without the wrapper around it, which sets global variables and
 * reads its files from paths relative to the process.
 */
export async function loadModule(): Promise<LoadedModule> {
  const { default: make } = await import('gdal3.js/build/package/gdal3WebAssembly.js');
  const locateFile = (name: string) => fileURLToPath(import.meta.resolve(`gdal3.js/dist/package/${name}`));
  const bytes = await readFile(locateFile('gdal3WebAssembly.wasm'));
  let isShort = false;
  let failed: (reason: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    failed = reject;
  });
  const module = await Promise.race([
    failure,
    make({
      locateFile,
      preRun: [
        ({ ENV }) => {
          ENV['PROJ_LIB'] = '/usr/share/proj';
          ENV['PROJ_DATA'] = '/usr/share/proj';
        },
      ],
      print: () => {},
      printErr: () => {},
      instantiateWasm: (imports, done) => {
        const bounded = boundMemory(imports, () => {
          isShort = true;
        });
        instantiate(bytes, bounded).then(({ instance }) => done(instance), failed);
        return {};
      },
    }),
  ]);
  return { module, isShortOfMemory: () => isShort };
}

/** Puts a bound on how far the memory grows. */
function boundMemory(
  imports: Readonly<Record<string, Record<string, unknown>>>,
  refuse: () => void,
): Readonly<Record<string, Record<string, unknown>>> {
  return Object.fromEntries(
    Object.entries(imports).map(([name, members]) => [
      name,
      Object.fromEntries(
        Object.entries(members).map(([id, member]) => [
          id,
          isResize(member) ? bounded(member, refuse) : member,
        ]),
      ),
    ]),
  );
}

type Resize = (bytes: number) => number;

const isResize = (member: unknown): member is Resize =>
  typeof member === 'function' && member.name === '_emscripten_resize_heap';

const bounded =
  (resize: Resize, refuse: () => void): Resize =>
  (bytes) => {
    if (bytes >>> 0 <= MEMORY_BYTES) return resize(bytes);
    refuse();
    return 0;
  };
