/** The part of Emscripten's interface that is used of GDAL; the package has no types of its own for it. */
declare module 'gdal3.js/build/package/gdal3WebAssembly.js' {
  export interface EmscriptenFiles {
    readonly filesystems: { readonly NODEFS: unknown };
    mkdir(path: string): void;
    mkdirTree(path: string): void;
    mount(kind: unknown, options: object, path: string): void;
    unmount(path: string): void;
    writeFile(path: string, data: Uint8Array, options?: { readonly canOwn?: boolean }): void;
    unlink(path: string): void;
    rmdir(path: string): void;
    readdir(path: string): string[];
    isDir(mode: number): boolean;
    stat(path: string): { readonly mode: number };
    analyzePath(path: string): { readonly exists: boolean };
  }

  export interface EmscriptenModule {
    readonly ENV: Record<string, string>;
    readonly FS: EmscriptenFiles;
    readonly HEAPU32: Uint32Array;
    ccall(
      name: string,
      returns: string | null,
      types: readonly string[],
      values: readonly unknown[],
    ): unknown;
    addFunction(listener: (...values: number[]) => void, signature: string): number;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, bytes: number): void;
    UTF8ToString(pointer: number): string;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  }

  export interface EmscriptenOptions {
    readonly locateFile: (name: string) => string;
    readonly preRun: readonly ((module: EmscriptenModule) => void)[];
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
    readonly instantiateWasm: (
      imports: Readonly<Record<string, Record<string, unknown>>>,
      done: (instance: unknown) => void,
    ) => object;
  }

  const make: (options: EmscriptenOptions) => Promise<EmscriptenModule>;
  export default make;
}
