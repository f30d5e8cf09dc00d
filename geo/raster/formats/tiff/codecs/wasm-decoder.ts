import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { FormatError } from '../../../../../core/shared/format-error.ts';

/** A picture in four channels: red, green, blue and alpha. */
export interface DecodedPicture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export type Decode = (bytes: ArrayBuffer) => Promise<DecodedPicture>;

/** The types of Node.js leave WebAssembly out. */
const { Module } = (
  globalThis as unknown as { readonly WebAssembly: { readonly Module: new (bytes: Uint8Array) => object } }
).WebAssembly;

/**
 * A decoder in WebAssembly that is loaded when it is needed first, and anew after a picture that it could not decode:
 * what is left of it then is not to be relied on.
 *
 * @param title of the format of the pictures
 * @param load gives the decoder, made of a module
 * @param place of the module
 * @throws FormatError
 */
export function wasmDecoder(
  title: string,
  load: (module: never) => Promise<Decode>,
  place: () => string,
): Decode {
  let decoder: Promise<Decode> | undefined;
  const loaded = async (): Promise<Decode> => {
    // Decoders make pictures of browsers.
    (globalThis as { ImageData?: unknown }).ImageData ??= Picture;
    return load(new Module(await readFile(fileURLToPath(place()))) as never);
  };
  return async (bytes) => {
    decoder ??= loaded();
    const decode = await decoder;
    try {
      return await decode(bytes);
    } catch (cause) {
      decoder = undefined;
      throw new FormatError(`a block of ${title} data is damaged`, { cause });
    }
  };
}

class Picture implements DecodedPicture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}
