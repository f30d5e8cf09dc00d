import type { EmscriptenModule } from 'gdal3.js/build/package/gdal3WebAssembly.js';
import { FormatError } from '../../core/shared/format-error.ts';
import { type LoadedModule, loadModule } from './load-module.ts';
import { type Message, MessageList } from './messages.ts';

/** Bits of the flags of GDALOpenEx; errors are told always. */
const openFlags = { raster: 0x02, vector: 0x04 } as const;
const TELL_ERRORS = 0x40;

/** What GDAL is set to. Nothing is looked up anywhere, and nothing is written beside what is read. */
const settings: Readonly<Record<string, string>> = {
  GDAL_DATA: '/usr/share/gdal',
  GDAL_CACHEMAX: '64',
  GDAL_PAM_ENABLED: 'NO',
  GDAL_TIFF_INTERNAL_MASK: 'YES',
  GPX_ELE_AS_25D: 'YES',
  GML_SKIP_RESOLVE_ELEMS: 'ALL',
  OGR_GEOJSON_MAX_OBJ_SIZE: '0',
  OSM_USE_CUSTOM_INDEXING: 'NO',
};

/** How a worker is told that memory is short. */
export class MemoryRefused extends Error {}

let loading: Promise<Engine> | undefined;

/**
 * GDAL, compiled to WebAssembly. It is loaded once in a thread, when a file needs it first, and anew after it broke off in
 * the middle of something. It has a file system of its own in memory, with nothing in it but what it is given.
 */
export class Engine {
  readonly #module: EmscriptenModule;
  readonly #messages: MessageList;
  readonly #isShortOfMemory: () => boolean;

  /** The engine of this thread, which is loaded at the first call. */
  static load(): Promise<Engine> {
    loading ??= loadModule().then(
      (loaded) => new Engine(loaded),
      (error) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  }

  private constructor({ module, isShortOfMemory }: LoadedModule) {
    this.#module = module;
    this.#isShortOfMemory = isShortOfMemory;
    this.#messages = new MessageList(module);
    for (const [name, value] of Object.entries(settings))
      this.#call('CPLSetConfigOption', null, ['string', 'string'], [name, value]);
    this.#call('GDALAllRegister', null, [], []);
  }

  get files(): EmscriptenModule['FS'] {
    return this.#module.FS;
  }

  /** What GDAL has said since it was asked last, each sentence once. */
  takeMessages(): Message[] {
    return this.#messages.take();
  }

  /** Short names of the drivers of this build. */
  listDrivers(): string[] {
    const count = this.#call('GDALGetDriverCount', 'number', [], []) as number;
    return Array.from({ length: count }, (_, index) => {
      const driver = this.#call('GDALGetDriver', 'number', ['number'], [index]);
      return this.#call('GDALGetDescription', 'string', ['number'], [driver]) as string;
    });
  }

  /**
   * Opens a file with one of some drivers and lends it.
   *
   * @param options of the drivers, as `NAME=VALUE`
   * @returns undefined where none of the drivers knows it, or the one that does cannot read it; the messages say which
   */
  withDataset<T>(
    path: string,
    kind: keyof typeof openFlags,
    drivers: readonly string[],
    options: readonly string[],
    work: (dataset: number) => T,
  ): T | undefined {
    return this.#withStrings(drivers, (allowed) =>
      this.#withStrings(options, (given) => {
        const dataset = this.#call(
          'GDALOpenEx',
          'number',
          ['string', 'number', 'number', 'number', 'number'],
          [path, openFlags[kind] | TELL_ERRORS, allowed, given, 0],
        ) as number;
        if (dataset === 0) return undefined;
        try {
          return work(dataset);
        } finally {
          this.close(dataset);
        }
      }),
    );
  }

  /** Short name of the driver of a dataset. */
  driverName(dataset: number): string {
    const driver = this.#call('GDALGetDatasetDriver', 'number', ['number'], [dataset]);
    return this.#call('GDALGetDriverShortName', 'string', ['number'], [driver]) as string;
  }

  /** What ogrinfo or gdalinfo tell with `-json`. */
  info(dataset: number, kind: 'raster' | 'vector', options: readonly string[]): unknown {
    const name = kind === 'raster' ? 'GDALInfo' : 'GDALVectorInfo';
    return this.#withOptions(name, ['-json', ...options], (pointer) => {
      const text = this.#call(name, 'string', ['number', 'number'], [dataset, pointer]) as string;
      if (text === '') throw new FormatError('GDAL cannot identify its content');
      return JSON.parse(text) as unknown;
    });
  }

  /**
   * Writes a dataset anew, as ogr2ogr and gdal_translate do.
   *
   * @param options of these programs
   * @returns whether it was written; the messages say why not
   */
  translate(dataset: number, kind: 'raster' | 'vector', path: string, options: readonly string[]): boolean {
    const usage = this.#module._malloc(4);
    const list = this.#module._malloc(4);
    this.#module.HEAPU32[list / 4] = dataset;
    try {
      const written =
        kind === 'vector'
          ? this.#withOptions('GDALVectorTranslate', options, (pointer) =>
              this.#call(
                'GDALVectorTranslate',
                'number',
                ['string', 'number', 'number', 'number', 'number', 'number'],
                [path, 0, 1, list, pointer, usage],
              ),
            )
          : this.#withOptions('GDALTranslate', options, (pointer) =>
              this.#call(
                'GDALTranslate',
                'number',
                ['string', 'number', 'number', 'number'],
                [path, dataset, pointer, usage],
              ),
            );
      if (written !== 0) this.close(written as number);
      return written !== 0;
    } finally {
      this.#module._free(usage);
      this.#module._free(list);
    }
  }

  /** Closes a dataset (`GDALClose`). */
  close(dataset: number): void {
    this.#call('GDALClose', null, ['number'], [dataset]);
  }

  /** Options that GDAL does not know leave a null pointer, with which it would do something else without a word. */
  #withOptions<T>(name: string, options: readonly string[], work: (pointer: number) => T): T {
    return this.#withStrings(options, (strings) => {
      const pointer = this.#call(`${name}OptionsNew`, 'number', ['number', 'number'], [strings, 0]) as number;
      if (pointer === 0) throw new Error(`GDAL does not accept the options ${options.join(' ')}`);
      try {
        return work(pointer);
      } finally {
        this.#call(`${name}OptionsFree`, null, ['number'], [pointer]);
      }
    });
  }

  /** Lends a list of strings as C has it: pointers, the last of which is null. */
  #withStrings<T>(strings: readonly string[], work: (pointer: number) => T): T {
    const pointers = strings.map((text) => {
      const bytes = this.#module.lengthBytesUTF8(text) + 1;
      const pointer = this.#module._malloc(bytes);
      this.#module.stringToUTF8(text, pointer, bytes);
      return pointer;
    });
    const list = this.#module._malloc(4 * (pointers.length + 1));
    this.#module.HEAPU32.set([...pointers, 0], list / 4);
    try {
      return work(list);
    } finally {
      for (const pointer of [...pointers, list]) this.#module._free(pointer);
    }
  }

  /** What breaks off inside GDAL leaves it in a state that nobody knows: it is loaded anew for the next file. */
  #call(name: string, returns: string | null, types: readonly string[], values: readonly unknown[]): unknown {
    try {
      const result = this.#module.ccall(name, returns, types, values);
      if (!this.#isShortOfMemory()) return result;
    } catch (cause) {
      loading = undefined;
      if (this.#isShortOfMemory()) throw new MemoryRefused('GDAL needs more memory', { cause });
      throw new FormatError('GDAL stopped while reading it', { cause });
    }
    // It may have gone on without what it was refused, and say that something else is wrong.
    loading = undefined;
    throw new MemoryRefused('GDAL needs more memory');
  }
}
