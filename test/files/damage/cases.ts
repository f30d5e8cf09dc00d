import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import type { Order } from '../support/product.ts';

const sound = join(root, 'test', 'fixtures', 'files', 'sound');

/** One damaged file and what is done with it: `deflate.tif#17` says both. */
export interface Case {
  readonly file: string;
  readonly number: number;
}

export const formatName = ({ file, number }: Case): string => `${file}#${number}`;

/** All damages, file by file in turn, so that different readers work at the same time. */
export function listCases(perFile: number): Case[] {
  const files = readdirSync(sound).sort();
  return Array.from({ length: perFile }, (_, number) => files.map((file) => ({ file, number }))).flat();
}

export const soundFile = (file: string): Uint8Array => readFileSync(join(sound, file));

const rasterProcesses = ['convert-raster', 'raster-statistics', 'convert-raster', 'raster-info'] as const;
const layerFormats = ['application/geo+json', 'application/flatgeobuf'] as const;

/** What is done with a damaged file. */
export function makeOrder({ file, number }: Case, path: string): Order {
  if (extname(file) === '.tif')
    return { process: rasterProcesses[number % rasterProcesses.length]!, input: 'raster', file: { path } };
  const mediaType = layerFormats[number % layerFormats.length];
  return { process: 'convert-features', input: 'features', file: { path }, mediaType };
}
