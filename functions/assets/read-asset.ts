import { readFile } from 'node:fs/promises';
import type { Encoding } from './encoding.ts';
import { manifest } from './manifest.ts';

/** A file for pages, as it is stored: compressed by the build where that makes it smaller. */
export interface Asset {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly encoding?: Encoding;
}

/** Reads a file that the manifest names, undefined where it names none so; in the encoding wanted, if there is such a file. */
export type ReadAsset = (name: string, encoding: Encoding | undefined) => Promise<Asset | undefined>;

const suffixes: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** Assets lie beside the bundle of the function that answers them. */
export const readAsset: ReadAsset = async (name, encoding) => {
  const mediaType = Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
  if (mediaType === undefined) return undefined;
  if (encoding !== undefined) {
    const bytes = await readIfThere(`${name}${suffixes[encoding]}`);
    if (bytes) return { bytes, mediaType, encoding };
  }
  const bytes = await readIfThere(name);
  return bytes && { bytes, mediaType };
};

async function readIfThere(name: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(new URL(`assets/${name}`, import.meta.url));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
